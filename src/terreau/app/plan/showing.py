"""What the pages of the plan show of commitments: statuses in words, milestones by year, where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.app.language import language
from terreau.app.plan import knowing, wording
from terreau.indicators.definition import THEMES, Indicator
from terreau.indicators.series import Series
from terreau.kernel.errors import Words
from terreau.kernel.term import figure
from terreau.plan.aims import Aim, Seen
from terreau.plan.commitments import AIMS, Commitment
from terreau.plan.faults import ADVICE, ERROR, WARNING, Fault
from terreau.plan.milestones import Step
from terreau.plan.standing import STATUSES, Standing, standing
from terreau.plan.totals import PlanTotals, shown
from terreau.plan.words import AIMS as AIM_WORDS
from terreau.plan.words import SEVERAL, STEPS, word
from terreau.plan.words import STATUSES as STATUS_WORDS
from terreau.publishing import numbers

CHIPS = {
    "on_track": "ok",
    "kept": "ok",
    "late": "warn",
    "unclear": "info",
    "missed": "bad",
    "missed_answered": "warn",
    "not_started": "info",
}
STEP_CHIPS = {"done": "ok", "done_late": "warn", "missed": "bad", "answered": "warn", "replanned": "info"}
TONES = {ERROR: "bad", WARNING: "", ADVICE: "info"}
URGENT = ("missed", "late")
YEARS_SHOWN = 4
TENTH = Decimal("0.1")
NOTHING: Mapping[str, Indicator] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A word with the look that goes with it: never the look alone."""

    words: str
    css: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One commitment in the table of the plan."""

    url: str
    statement: str
    owner: str
    status: Chip
    due: str
    cells: tuple[tuple[int, str], ...]
    theme: str
    reason: str = ""
    remedy: str = ""


def judged(records: Iterable[Commitment], organisation: Any, today: date) -> list[Standing]:
    """Where each commitment stands today, by due day."""
    held = list(records)
    series = knowing.series(organisation, (aim.indicator for one in held for aim in aims_of(one).values()))
    found = (standing(one, values_of(one, series), on=today) for one in held)
    return sorted(found, key=lambda one: (one.due, one.commitment.statement))


def aims_of(one: Commitment) -> dict[str, Aim]:
    """What a commitment aims at: means and result."""
    return {which: aim for which in AIMS if (aim := one.aim(which)) is not None}


def values_of(one: Commitment, series: Mapping[str, Series]) -> dict[str, tuple[Seen, ...]]:
    """The values seen of what it aims at, by indicator; of the result when both are the same."""
    return {aim.indicator: knowing.seen(aim, series.get(aim.indicator)) for aim in aims_of(one).values()}


def status_chip(status: str, n: int = 1) -> Chip:
    """A status in words; n: of how many commitments it is said."""
    return Chip(words=word(SEVERAL if n > 1 else STATUS_WORDS, status, language()), css=CHIPS.get(status, ""))


def counts(standings: Iterable[Standing]) -> list[tuple[str, Chip, int]]:
    """Each status that some commitment has, with how many; what asks for an answer first."""
    found = [one.status for one in standings]
    order = [*URGENT, *(one for one in STATUSES if one not in URGENT)]
    return [(one, status_chip(one, n), n) for one in order if (n := found.count(one))]


def line(one: Standing, organisation: Any, years: Iterable[int], known: Mapping[str, Indicator] = NOTHING) -> Line:
    """A row of the plan; known: indicators, for the words of the reason."""
    told = one.commitment
    why = in_words(one.reasons[0], told, known) if one.reasons else None
    return Line(
        url=reverse("plan:commitment", args=[organisation.slug, told.key]), statement=told.statement, owner=told.owner,
        status=status_chip(one.status), due=numbers.day(one.due, language()), theme=told.theme,
        cells=tuple((year, _cell(one, year)) for year in years), reason=why.what if why else "", remedy=why.remedy if why else "",
    )  # fmt: skip


def by_theme(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """Lines under the name of their theme, in the order of themes; those of none at the end."""
    held = list(lines)
    known = [*THEMES, *sorted({one.theme for one in held} - {*THEMES, ""}), ""]
    grouped = ((key, [one for one in held if one.theme == key]) for key in known)
    return [(knowing.theme_name(key) if key else _("Sans thème"), found) for key, found in grouped if found]


def years_of(standings: Iterable[Standing], today: date) -> tuple[int, ...]:
    """The calendar years that the plan runs over, four at most, this one among them when it can."""
    held = list(standings)
    if not held:
        return ()
    first, last = min(one.commitment.start.year for one in held), max(one.due.year for one in held)
    if last - first >= YEARS_SHOWN:
        first = max(first, min(today.year - 1, last - YEARS_SHOWN + 1))
    return tuple(range(first, min(last, first + YEARS_SHOWN - 1) + 1))


def _cell(one: Standing, year: int) -> str:
    """What a commitment promises for a year: its milestones, how many are done, its due day."""
    steps = [step for step in one.steps if step.due.year == year]
    told = []
    if steps:
        done = sum(step.state in ("done", "done_late") for step in steps)
        told.append(ngettext("%(n)s jalon", "%(n)s jalons", len(steps)) % {"n": len(steps)})
        if done:
            told.append(ngettext("%(n)s fait", "%(n)s faits", done) % {"n": done})
        if missed := sum(step.state == "missed" for step in steps):
            told.append(ngettext("%(n)s manqué", "%(n)s manqués", missed) % {"n": missed})
    if one.due.year == year:
        told.append(_("échéance"))
    if not told and one.commitment.start.year <= year <= one.due.year:
        told.append(_("en cours"))
    return ", ".join(told) or "–"


def reasons(one: Standing, known: Mapping[str, Indicator]) -> list[tuple[str, Any]]:
    """Why this status, each with its look and its words."""
    return faults_told(one.reasons, one.commitment, known)


def faults_told(faults: Iterable[Fault], told: Commitment, known: Mapping[str, Indicator]) -> list[tuple[str, Any]]:
    """What a check or a judgement says, each with its look and its words: indicators by their name, figures with their unit."""
    return [(TONES[fault.severity], in_words(fault, told, known)) for fault in faults]


def in_words(fault: Fault, told: Commitment, known: Mapping[str, Indicator]) -> Words:
    """One fault of a commitment in words."""
    which = str(fault.facts.get("aim", ""))
    return wording.words_of(fault, told.aim(which) if which else told.result or told.means, known)


def steps_told(one: Standing) -> list[dict[str, Any]]:
    """The milestones of a commitment: what they were promised for, what became of them."""
    return [
        {
            "key": step.milestone.key, "title": step.milestone.title, "step": step,
            "state": Chip(words=word(STEPS, step.state, language()), css=STEP_CHIPS.get(step.state, "")),
            "due": step.due, "first": step.milestone.due if step.milestone.due != step.due else None,
            "missed": [day for day in step.missed if day != step.due], "open": step.milestone.done_on is None,
            "moves": step.milestone.moves, "by": _answered_by(step),
        }
        for step in one.steps
    ]  # fmt: skip


def _answered_by(step: Step) -> str:
    return {
        "review": _("par une revue"), "milestone": _("par un nouveau jalon"), "move": _("par une nouvelle date"),
    }.get(step.by, "")  # fmt: skip


def aims_told(one: Standing, known: Mapping[str, Indicator], organisation: Any) -> list[dict[str, Any]]:
    """Result and means: from where, to where, and the last value."""
    aims = aims_of(one.commitment)
    series = knowing.series(organisation, (aim.indicator for aim in aims.values()))
    return [
        aim_told(aims[which], which, known) | _last_told(aims[which], series, one.on)
        | {"url": knowing.indicator_url(organisation, aims[which].indicator)}
        for which in reversed(AIMS) if which in aims
    ]  # fmt: skip


def _last_told(aim: Aim, series: Mapping[str, Series], on: date) -> dict[str, Any]:
    seen = [each for each in knowing.seen(aim, series.get(aim.indicator)) if each.on <= on]
    last = max(seen, key=lambda each: each.on, default=None)
    if last is None:
        return {"last": "", "last_between": "", "last_on": None, "comparable": True}
    return {"last": knowing.measured(last.value, aim.unit), "last_between": _between(last), "last_on": last.on,
            "comparable": last.comparable}  # fmt: skip


def _between(seen: Seen) -> str:
    """What the measure allows, in the unit of the value beside it; '' when it says nothing."""
    if seen.low is None or seen.high is None or seen.low == seen.high:
        return ""
    told = {
        "low": figure(knowing.rounded(seen.low), language()),
        "high": figure(knowing.rounded(seen.high), language()),
    }
    return _("de %(low)s à %(high)s") % told


def aim_told(aim: Aim, which: str, known: Mapping[str, Indicator]) -> dict[str, Any]:
    """One aim in words."""
    definition, start = known.get(aim.indicator), aim.baseline
    return {
        "which": which, "kind": _("Résultat") if which == "result" else _("Moyens"), "article": word(AIM_WORDS, which, language()),
        "name": definition.name.in_(language()) if definition else str(wording.LOST),
        "start": knowing.measured(start.value, aim.unit) if start else "", "start_on": start.on if start else None,
        "method": start.method if start else "", "target": knowing.told(aim.target, aim.unit) if aim.target is not None else "",
        "target_on": aim.target_on, "unit": knowing.unit_words(aim.unit),
    }  # fmt: skip


def missed_of(one: Standing) -> list[tuple[str, str]]:
    """The milestones that nobody answered yet, for a list of choices."""
    return [
        (step.milestone.key, f"{step.milestone.title} ({numbers.day(step.due, language())})")
        for step in one.steps if step.state == "missed"
    ]  # fmt: skip


def money(amount: Decimal | None) -> str:
    """An amount in euros, to the euro."""
    if amount is None:
        return _("pas estimé")
    told = numbers.count(float(amount), language())
    return f"{told}{numbers.NBSP}€" if language() == "fr" else f"€{told}"


def days(amount: Decimal | None) -> str:
    """Person-days, to the tenth when they are not whole."""
    if amount is None:
        return _("pas estimé")
    told = amount.quantize(TENTH)
    whole = told == told.to_integral()
    return numbers.count(float(told), language()) if whole else numbers.decimal(float(told), language())


def totals_told(found: PlanTotals, records: Iterable[Commitment]) -> dict[str, Any]:
    """Money and days by year, in words, that add up to the total read below them; what is not counted is said."""
    euros = shown([one.budget for one in found.years], Decimal(1))
    spent = shown([one.person_days for one in found.years], TENTH)
    return {
        "rows": [(one.year, money(part), days(time)) for one, part, time in zip(found.years, euros, spent, strict=True)],
        "budget": money(sum(euros, Decimal(0))), "days": days(sum(spent, Decimal(0))),
        "unknown_budget": len(found.without_budget), "unknown_days": len(found.without_days),
        "released": money(found.released[0]) if found.released[0] else "",
        "drafts": money(found.drafts[0]) if found.drafts[0] else "",
        "linked": len(found.linked),
        "none": not any(one.adopted_on for one in records),
    }  # fmt: skip
