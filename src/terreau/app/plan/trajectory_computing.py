"""A trajectory told in plain values: what a worker computes, and keeps, for one criterion. Nothing here knows the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from terreau.app.plan.weighed import kept_outlook
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.footprint import Footprint
    from terreau.kernel.interval import Interval
    from terreau.levers import Lever
    from terreau.plan.changes import Change
    from terreau.plan.trajectory import Outlook, Trajectory

REFERENCE, PLANNED = 0, 1
CAUSES = {"count": "volume", "lifespan": "lifespan", "second_hand": "lifespan", "replace": "mix", "kwh": "electricity",
          "zone": "electricity", "pue": "electricity"}  # fmt: skip
"""What a kind of lever moves, in the words of ``plan.difference``; a second-hand device is one that lives longer."""


def told(footprint: Footprint, inputs: Mapping[str, Any], own_levers: Sequence[Lever] = ()) -> dict[str, Any]:
    """Everything a page says of plans: ``inputs`` are years, criterion, target, doubt and plans, as ``trajectory_reading`` gives them.

    A plan whose levers contradict each other keeps its reference, and says the refusal in both languages.
    """
    criterion, years = inputs["criterion"], inputs["years"]
    made = _simulated(footprint, inputs["plans"], years, own_levers)
    known = criterion in {one.criterion for one in footprint.totals}
    shown: dict[str, Any] = {
        "run": footprint.run, "at": footprint.matched.parameters.at.isoformat(), "criterion": criterion, "years": years, "known": known,
        "categories": _categories(footprint), "plans": [],
    }  # fmt: skip
    for asked, (course, left, refused) in zip(inputs["plans"], made, strict=True):
        one = {"name": asked["name"], "left": left, "refused": refused, "every": _every(course)}
        if known:
            one |= _of_criterion(course, criterion, inputs["target"], doubt=inputs["doubt"])
        shown["plans"].append(one)
    if known:
        shown["between"] = _between([course for course, _left, _refused in made], criterion, years)
    return shown


def _simulated(
    footprint: Footprint, plans: Sequence[Mapping[str, Any]], years: int, own_levers: Sequence[Lever]
) -> list[tuple[Trajectory, list[dict[str, Any]], dict[str, Any] | None]]:
    """Each plan; those that hold the same things true share their draws."""
    outlooks: dict[str, Outlook] = {}
    ready = []
    for asked in plans:
        name = repr((sorted(asked["growth"].items()), asked["backlog"]))
        if name not in outlooks:
            outlooks[name] = kept_outlook(footprint, years, asked["growth"], asked["backlog"])
        ready.append((outlooks[name], *_changes(outlooks[name], asked["moves"], own_levers)))
    found = []
    for outlook, changes, left in ready:
        beside = [one for other, theirs, _left in ready if other is outlook for one in theirs]
        try:
            course, refused = outlook.simulate(changes, among=beside), None
        except TerreauError as refusal:
            course, refused = outlook.simulate((), among=()), _refusal(refusal)
        found.append((course, left, refused))
    return found


def _changes(
    outlook: Outlook, moves: Iterable[Sequence[Any]], own_levers: Sequence[Lever]
) -> tuple[list[Change], list[dict[str, Any]]]:
    """The levers that an engine knows how to follow on this fleet; the others, each with why."""
    from terreau.levers import parse
    from terreau.plan.changes import change_of

    kept: list[Change] = []
    left: list[dict[str, Any]] = []
    for key, text, start in moves:
        try:
            chosen = parse(text, own_levers)
            if chosen.lever.kind != "computed":
                left.append({"key": key, "why": chosen.lever.kind, "refused": None})
                continue
            kept.extend(outlook.ready([change_of(chosen, start=start, key=key)]))
        except TerreauError as refusal:
            left.append({"key": key, "why": "refused", "refused": _refusal(refusal)})
    return kept, left


def _of_criterion(
    course: Trajectory, criterion: str, aimed: Mapping[str, Any] | None, *, doubt: bool
) -> dict[str, Any]:
    """One criterion in detail; doubt: what carries it too, which takes as long as all the rest."""
    from terreau.plan.target import Target, against, carried, gain_of

    years = course.outlook.years
    found: dict[str, Any] = {
        "effects": _effects(course, criterion),
        "without_object": [one.subject for one in course.hypotheses if one.key == "without_object"],
        "gain": _three(gain_of(course, criterion, years)),
        "carried": carried(course, criterion) if doubt else {},
        "overlaps": list(course.overlaps(criterion)),
        "left_out": list(course.left_out(criterion)),
        "bought": {"reference": course.bought(REFERENCE), "plan": course.bought(PLANNED)},
        "hypotheses": [{"key": one.key, "fr": one.sentence("fr"), "en": one.sentence("en")} for one in course.hypotheses],
        "target": None,
    }  # fmt: skip
    if aimed:
        try:
            found["target"] = against(course, Target(**aimed)).as_json()
        except TerreauError as refusal:
            found["target"] = {"refused": _refusal(refusal)}
    return found


def _effects(course: Trajectory, criterion: str) -> dict[str, Any]:
    """Of each change, central gains year by year, year 0 first, of what is spread; and over all the years, of what is bought."""
    years = range(course.outlook.years + 1)
    spread, bought = ([course.gains(criterion, year, reading) for year in years] for reading in ("amortised", "flow"))
    return {
        one.key: {
            "start": one.start,
            "spread": [gains[one.key] for gains in spread],
            "bought": sum(gains[one.key] for gains in bought),
        }
        for one in course.changes
    }


def _every(course: Trajectory) -> dict[str, Any]:
    """Each criterion: both readings, both sides, year by year, and what the plan moves by cause (negative: less impact)."""
    from terreau.plan.yearly import READINGS

    still = replace(course.outlook, growth={}).simulate(()) if course.outlook.growth else None
    years = range(course.outlook.years + 1)
    return {
        key: {
            reading: {
                side: [_list(course.value(key, year, number, reading)) for year in years]
                for side, number in (("reference", REFERENCE), ("plan", PLANNED))
            }
            for reading in READINGS
        } | {"causes": _causes(course, still, key)}
        for key in course.criteria
    }  # fmt: skip


def _causes(course: Trajectory, still: Trajectory | None, key: str) -> dict[str, list[float]]:
    """What each cause adds to year 0: growth is volume, the ageing and renewal of the fleet is lifespan; they add up exactly."""
    years = range(course.outlook.years + 1)
    now = course.value(key, 0, REFERENCE).central
    going = [course.value(key, year, REFERENCE).central for year in years]
    aged = [still.value(key, year, REFERENCE).central for year in years] if still else going
    found = {"volume": [a - b for a, b in zip(going, aged, strict=True)], "mix": [0.0] * len(years),
             "lifespan": [one - now for one in aged], "electricity": [0.0] * len(years)}  # fmt: skip
    for one in course.changes:
        mine = found[CAUSES[one.kind]]
        for year in years:
            mine[year] -= course.gains(key, year)[one.key]
    return found


def _between(courses: Sequence[Trajectory], criterion: str, years: int) -> list[dict[str, Any] | None]:
    """For each plan, what it weighs less in the last year than the first one drawn like it, ``with`` its place; None for that one."""
    from terreau.plan.target import between

    found: list[dict[str, Any] | None] = []
    for place, one in enumerate(courses):
        first = next(n for n, other in enumerate(courses) if other.fleet is one.fleet and other.outlook is one.outlook)
        less = _three(between(courses[first], one, criterion, years)) if first < place else None
        found.append({"with": first, "less": less} if less else None)
    return found


def _categories(footprint: Footprint) -> list[dict[str, Any]]:
    """The kinds of devices of the fleet, the most numerous first, each in both languages."""
    counts: dict[str, float] = {}
    for one in footprint.impacts(("category",)):
        name = one.where["category"]
        counts[name] = max(counts.get(name, 0.0), float(one.quantity))
    known = footprint.matched.factor_set
    return [
        {"key": key, "fr": known.label(key, "fr"), "en": known.label(key, "en"), "quantity": counts[key]}
        for key in sorted(counts, key=lambda name: (-counts[name], name))
    ]


def _refusal(refusal: TerreauError) -> dict[str, Any]:
    return {name: {"what": words.what, "why": words.why, "remedy": words.remedy}
            for name in ("fr", "en") for words in [refusal.words(name)]}  # fmt: skip


def _three(one: Interval) -> dict[str, float]:
    return {"low": one.low, "central": one.central, "high": one.high}


def _list(one: Interval) -> list[float]:
    return [one.low, one.central, one.high]
