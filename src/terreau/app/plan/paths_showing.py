"""Starter paths told from the organisation's own data: what is done, promised or measured, and the one first action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from terreau.app.language import language
from terreau.app.plan import knowing
from terreau.app.plan import levers_showing as showing
from terreau.app.plan import showing as commitments
from terreau.app.plan.standing_now import standings
from terreau.kernel.errors import TerreauError
from terreau.plan.standing import Standing

if TYPE_CHECKING:
    from terreau.indicators.definition import Indicator
    from terreau.kernel.meter import Measured
    from terreau.levers import Lever, StarterPath, Step

DONE, PROMISED, MEASURED, TO_DO = STATES = ("done", "promised", "measured", "to_do")
CHIPS = {DONE: "ok", PROMISED: "info", MEASURED: "warn", TO_DO: ""}
Valued = tuple[str, str, str, str, bool | None]
OPEN = ("not_started", "on_track", "unclear", "late", "missed", "missed_answered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One step with what the organisation's own data say of it.

    promises: (statement, address, chip of its status); values: (indicator, « 5,2 ans », day in words, reaches its usual target or None)
    """

    title: str
    why: str
    first_action: str
    state: str
    chip: str
    words: str
    promises: tuple[tuple[str, str, Any], ...]
    values: tuple[tuple[str, str, str, bool | None], ...]
    levers: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    commit: str


def states() -> dict[str, str]:
    """What each state means."""
    return {DONE: _("fait"), PROMISED: _("engagé"), MEASURED: _("mesuré, sans engagement"), TO_DO: _("à commencer")}


def told(path: StarterPath, organisation: Any) -> list[Told]:
    """Every step of a path."""
    known = _Known(organisation, {key for one in path.steps for key in one.indicators}, timezone.localdate())
    return [_step(one, organisation, standings(organisation), known) for one in path.steps]


def first(steps: Iterable[Told]) -> Told | None:
    """The step to begin with: the first one neither done nor promised."""
    return next((one for one in steps if one.state not in (DONE, PROMISED)), None)


class _Known:
    """What is known of some indicators: the last value signed, else what a meter says today; each room is asked once, when needed."""

    def __init__(self, organisation: Any, keys: Iterable[str], today: date) -> None:
        self.organisation, self.today = organisation, today
        self.names = knowing.definitions(organisation)
        self.held = knowing.series(organisation, keys)
        self.measured: dict[str, Sequence[Measured]] = {}

    def last(self, one: Indicator) -> tuple[float, date] | None:
        """Its value and the day it speaks of."""
        from terreau.indicators.meters import measured_for

        point = self.held[one.key].latest(self.today) if one.key in self.held else None
        if point is not None and point.used.value is not None:
            return point.used.value, point.on
        told = measured_for(one, self._of(one.meter.key.partition(".")[0])) if one.meter else None
        return None if told is None or told.value is None else (told.value, told.period.end)

    def _of(self, room: str) -> Sequence[Measured]:
        from terreau.app.footprint import door as footprint
        from terreau.app.inventory import door as inventory
        from terreau.app.training import door as training

        rooms = {"fleet": inventory, "footprint": footprint, "training": training}
        if room not in self.measured:
            try:
                self.measured[room] = rooms[room].measures(self.organisation) if room in rooms else ()
            except TerreauError:
                self.measured[room] = ()
        return self.measured[room]


def _step(one: Step, organisation: Any, standings: Iterable[Standing], known: _Known) -> Told:
    held = [each for each in standings if _keys(each.commitment.levers) & set(one.levers)]
    values = _values(one.indicators, known)
    state = _state(held, values)
    levers, names = _levers(one.levers), known.names
    seen = {key for key, *_rest in values}
    return Told(
        title=one.title.in_(language()), why=one.why.in_(language()), first_action=one.first_action.in_(language()), state=state,
        chip=CHIPS[state], words=states()[state],
        promises=tuple((each.commitment.statement, _url(each, organisation), commitments.status_chip(each.status)) for each in held),
        values=tuple((name, value, day, good) for _key, name, value, day, good in values),
        levers=tuple((lever.title.in_(language()), showing.lever_url(organisation.slug, key)) for key, lever in levers.items()),
        missing=tuple(names[key].name.in_(language()) for key in one.indicators if key in names and key not in seen),
        commit=showing.commit_url(organisation.slug, next(iter(levers), ""), None),
    )  # fmt: skip


def _state(held: Sequence[Standing], values: Sequence[Valued]) -> str:
    """What was promised and kept is done, unless what is measured of it says otherwise; a level reached is, whoever promised."""
    statuses = {each.status for each in held}
    judged = [good for *_rest, good in values if good is not None]
    if all(judged) and (judged or "kept" in statuses):
        return DONE
    if statuses & {*OPEN, "kept"}:
        return PROMISED
    return MEASURED if values else TO_DO


def _values(keys: Iterable[str], known: _Known) -> list[Valued]:
    """Key, name, value, day and whether it reaches its usual target."""
    found: list[Valued] = []
    for one in (known.names[key] for key in keys if key in known.names):
        last = known.last(one)
        if last is not None:
            value, on = last
            words = knowing.told(_short(value), one.unit), showing.numbers.day(on, language())
            found.append((one.key, one.name.in_(language()), *words, _reaches(one, value)))
    return found


def _reaches(one: Indicator, value: float) -> bool | None:
    """None: no figure is usually aimed at for it, or one that its value alone does not tell (a share of where it started)."""
    target = one.typical_target
    if target is None or target.value is None or target.bound not in ("at_least", "at_most"):
        return None
    return value >= target.value if target.bound == "at_least" else value <= target.value


def _levers(keys: Iterable[str]) -> Mapping[str, Lever]:
    from terreau.levers import lever

    return {key: lever(key) for key in keys}


def _keys(levers: Iterable[str]) -> set[str]:
    """Keys of levers as commitments write them: "LV01=6" is LV01."""
    return {one.partition("=")[0].strip() for one in levers}


def _url(one: Standing, organisation: Any) -> str:
    from django.urls import reverse

    return reverse("plan:commitment", args=[organisation.slug, one.commitment.key])


def _short(value: float) -> float:
    """Three digits are enough of a measure."""
    return float(f"{value:.3g}")
