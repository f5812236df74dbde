"""What changes make of each row in each year: lifespans, numbers, purchases, electricity (scénario)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.matched import NO_PUE, PUE_SCALE, RUN_PUE
from terreau.footprint.weights import summed
from terreau.kernel.interval import Interval
from terreau.plan.changes import EVERYTHING, Change
from terreau.plan.fleet import Cohorts, Fleet, months_of
from terreau.plan.renewal import Course, Flows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

LEAST_LIFE, MOST_LIFE = 0.5, 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """The electricity of each row in each year, [row, year]: consumption against today's, zone, PUE code."""

    kwh: Floats
    zone: Ints
    pue: Ints


def course_of(fleet: Fleet, changes: Sequence[Change], years: int, growth: Mapping[str, float]) -> Course:
    """The course of every row under ``changes``; ``growth``: % a year by category, ``*`` for the others."""
    rows = len(fleet)
    life = np.repeat(fleet.life[:, None, :], years, axis=1)
    number, second = np.zeros((rows, years)), np.zeros((rows, years))
    rank, whole = np.arange(1, years + 1), summed(fleet.root, fleet.number, rows)
    at_root = np.where(fleet.root == np.arange(rows), whole, 0.0)
    for category in np.unique(fleet.category):
        mine = fleet.category == category
        told = [one for one in changes if one.category == category]
        percent = growth.get(str(category), growth.get(EVERYTHING, 0.0))
        follow = (1 + percent / 100) ** rank
        for one in (one for one in told if one.kind == "count"):
            follow = follow * np.where(rank >= one.start, one.number, 1.0)
        number[mine] = at_root[mine, None] * follow
        second[mine] = _largest(told, "second_hand", years)
        life[mine] = _life(life[mine], told, years, fleet.matched.rules.policy_spread)
    moves = tuple(
        (here, twins, np.broadcast_to(_largest([c for c in changes if (c.category, c.other) == (left, to)], "replace", years), (len(here), years)))
        for left, to, here, twins in fleet.twins
    )  # fmt: skip
    portion = fleet.number / np.where(whole > 0, whole, 1.0)[fleet.root]
    turn = months_of(fleet.life[fleet.root, 1])
    return Course(life=life, number=number, second=second, root=fleet.root, portion=portion, turn=turn, moves=moves)


def supply_of(fleet: Fleet, changes: Sequence[Change], years: int) -> Supply:
    """What changes make of consumptions, zones and PUE; a room already better than the PUE asked stays as it is."""
    rows, rank = len(fleet), np.arange(1, years + 1)
    kwh = np.ones((rows, years))
    zone = np.repeat(fleet.zone[:, None], years, axis=1)
    pue = np.repeat(fleet.pue[:, None], years, axis=1)
    for one in sorted(changes, key=lambda one: (one.category != EVERYTHING, one.start, one.key)):
        from_then = (rank >= one.start)[None, :]
        mine = np.ones(rows, dtype=bool) if one.category == EVERYTHING else fleet.category == one.category
        here = mine[:, None] & from_then
        if one.kind == "kwh":
            kwh = np.where(here, kwh * one.number, kwh)
        elif one.kind == "zone":
            zone = np.where(here, fleet.figures.zones.index(str(one.value)), zone)
        elif one.kind == "pue":
            code = int(round(one.number * PUE_SCALE))
            known = np.where(pue == RUN_PUE, fleet.matched.pue_slopes[0] * PUE_SCALE, pue)
            pue = np.where(here & (pue != NO_PUE) & (code < known), code, pue)
    return Supply(kwh=kwh, zone=zone, pue=pue)


def together(courses: Sequence[Course]) -> Course:
    """Several courses of the same rows, side by side: one walk for all."""
    rows = len(courses[0].root)

    def moved(n: int) -> list[tuple[Ints, Ints, Floats]]:
        return [(left + n * rows, twins + n * rows, share) for left, twins, share in courses[n].moves]

    made = [moved(n) for n in range(len(courses))]
    moves = tuple(
        tuple(np.concatenate([one[m][part] for one in made]) for part in range(3)) for m in range(len(made[0]))
    )
    return Course(
        life=np.concatenate([one.life for one in courses]),
        number=np.concatenate([one.number for one in courses]),
        second=np.concatenate([one.second for one in courses]),
        root=np.concatenate([one.root + n * rows for n, one in enumerate(courses)]),
        portion=np.concatenate([one.portion for one in courses]),
        turn=np.concatenate([one.turn for one in courses]),
        moves=moves,  # type: ignore[arg-type]
    )


def repeated(start: Cohorts, rows: int, times: int) -> Cohorts:
    """The same devices once for each of ``times`` courses."""
    shift = np.repeat(np.arange(times) * rows, len(start.row))
    return Cohorts(
        row=np.tile(start.row, times) + shift, age=np.tile(start.age, times), mass=np.tile(start.mass, times),
        lag=np.tile(start.lag, times),
    )  # fmt: skip


def apart(flows: Flows, times: int) -> list[Flows]:
    """The flows of each course again."""
    rows = len(flows.present) // times
    cuts = [slice(n * rows, (n + 1) * rows) for n in range(times)]
    return [
        Flows(
            present=flows.present[cut], lives=flows.lives[:, cut], second=flows.second[:, cut], bought=flows.bought[cut],
            bought_second=flows.bought_second[cut],
        )
        for cut in cuts
    ]  # fmt: skip


def ratios_of(fleet: Fleet, ratios: Mapping[str, Interval]) -> Floats:
    """[row, (low, central, high)]: making of a second-hand device over that of a new one, 1 where nobody said."""
    told = [ratios.get(str(category)) for category in fleet.category]
    return np.array([(one.low, one.central, one.high) if one else (1.0, 1.0, 1.0) for one in told]).reshape(-1, 3)


def _largest(told: Sequence[Change], kind: str, years: int) -> Floats:
    """The largest share asked for, year by year: two wishes of one kind are not added."""
    rank, found = np.arange(1, years + 1), np.zeros(years)
    for one in told:
        if one.kind == kind:
            found = np.maximum(found, np.where(rank >= one.start, one.number, 0.0))
    return found


def _life(life: Floats, told: Sequence[Change], years: int, spread: float) -> Floats:
    """Lifespans [row, year, 3]: the longest asked for, within ``spread`` of it; then what is added, alike on each side."""
    rank = np.arange(1, years + 1)
    asked = np.zeros(years)
    for one in told:
        if one.kind == "lifespan" and one.operator == "set":
            asked = np.maximum(asked, np.where(rank >= one.start, one.number, 0.0))
    said = asked[:, None] * np.array([1 - spread, 1.0, 1 + spread])
    result = np.where((asked > 0)[None, :, None], said[None], life)
    for one in told:
        if one.kind == "lifespan" and one.operator == "add":
            result = result + np.where(rank >= one.start, one.number, 0.0)[None, :, None]
    changed = result != life
    bounded: Floats = np.where(changed, np.clip(result, LEAST_LIFE, MOST_LIFE), life)
    return bounded
