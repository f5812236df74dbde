"""The fleet as the trajectory takes it: rows of the footprint, their devices by age, and rows that levers may fill (parc)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from terreau.footprint.figures import Figures, figures_of
from terreau.footprint.matched import NO_PUE, RUN_PUE, Matched
from terreau.footprint.weights import Weights, summed
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohorts:
    """Devices of one row and one age, living the same life.

    row; age [month]; mass [device]; lag: months before which it is not renewed (0: none).
    """

    row: Ints
    age: Ints
    mass: Floats
    lag: Ints


@dataclass(frozen=True, kw_only=True)
class Fleet:
    """Rows of the footprint with a factor, then *twins*: empty rows for what a renewal may buy instead.

    at: row of ``matched`` behind each row; category: its name; present [device·year of the footprint]; number: devices
    there on its last day; own_rate: own kWh per device·year; life: [row, (low, central, high)] years; root: first of the rows that grow and shrink as one.
    bought: devices bought in the year of the footprint. twins: (from, to) with the rows left and the rows filled.
    figures: factors of every row, and of the zones that levers may ask for.
    """

    matched: Matched
    figures: Figures
    at: Ints
    category: NDArray[np.str_]
    item: Ints
    zone: Ints
    pue: Ints
    own: Flags
    life_key: Ints
    life: Floats
    present: Floats
    number: Floats
    own_rate: Floats
    bought: Floats
    root: Ints
    twins: tuple[tuple[str, str, Ints, Ints], ...]
    cohorts: Cohorts

    def __len__(self) -> int:
        return len(self.at)

    @property
    def late(self) -> float:
        """Devices past their lifespan at the end of the footprint's year."""
        return self.late_among(np.ones(len(self.cohorts.row), dtype=bool))

    def late_among(self, some: Flags) -> float:
        """Devices past their lifespan among some cohorts."""
        past = self.cohorts.age > months_of(self.life[:, 1])[self.cohorts.row]
        return float(self.cohorts.mass[past & some].sum())

    def only(self, kept: Ints) -> Fleet:
        """The fleet of some rows; with a row go its twins."""
        place = np.full(len(self), -1)
        place[kept] = np.arange(len(kept))
        mine = place[self.cohorts.row] >= 0
        some: dict[str, Any] = {name: getattr(self, name)[kept] for name in _BY_ROW}
        cohorts = Cohorts(
            row=place[self.cohorts.row[mine]], age=self.cohorts.age[mine], mass=self.cohorts.mass[mine],
            lag=self.cohorts.lag[mine],
        )  # fmt: skip
        twins = tuple(
            (left, to, place[rows[place[rows] >= 0]], place[filled[place[rows] >= 0]])
            for left, to, rows, filled in self.twins
            if (place[rows] >= 0).any()
        )
        return replace(self, root=place[self.root[kept]], cohorts=cohorts, twins=twins, **some)


_BY_ROW = (
    "at", "category", "item", "zone", "pue", "own", "life_key", "life", "present", "number", "own_rate", "bought",
)  # fmt: skip


def fleet_of(
    matched: Matched, *, backlog: float | None, moves: Sequence[tuple[str, str]] = (), zones: Sequence[str] = ()
) -> Fleet:
    """The rows of ``matched`` that have a factor, with the twins of ``moves`` and the figures of more ``zones``.

    backlog: years over which devices past their lifespan are renewed; None is the lifespan of each.
    """
    mine = np.flatnonzero((matched.item >= 0) & (matched.present > 0))
    if not len(mine):
        raise TerreauError("plan.nothing_to_project")
    words = np.array([*matched.weights.words["category"], ""], dtype=np.str_)
    life = matched.kinds.life[matched.kinds.of][mine]
    cohorts = _cohorts(matched, mine, life, backlog)
    base = Fleet(
        matched=matched,
        figures=matched.figures,
        at=mine,
        category=words[matched.grain.codes["category"][mine]],
        item=matched.item[mine],
        zone=matched.zone[mine],
        pue=matched.pue[mine],
        own=matched.own[mine],
        life_key=matched.life_key[mine],
        life=life,
        present=matched.present[mine],
        number=summed(cohorts.row, cohorts.mass, len(mine)),
        own_rate=matched.own_energy[mine] / matched.present[mine],
        bought=_bought(matched, mine, life),
        root=_roots(matched, mine),
        twins=(),
        cohorts=cohorts,
    )
    return _with_twins(base, sorted(set(moves)), tuple(zones))


def months_of(life: Floats) -> Ints:
    """Age in whole months at which a device is renewed: the first month begun that reaches its lifespan."""
    return np.maximum(np.ceil(life * 12 - 1e-9), 1).astype(np.int64)


def _roots(matched: Matched, mine: Ints) -> Ints:
    """The first row of each kind: whether a line gives its date or its status does not make another kind of device."""
    told = (
        matched.grain.codes["category"], matched.item, matched.zone, matched.own, matched.pue, matched.life_key,
    )  # fmt: skip
    _, first, of = np.unique(np.stack([one[mine] for one in told]), axis=1, return_index=True, return_inverse=True)
    result: Ints = first[of.reshape(-1)]
    return result


def _bought(matched: Matched, mine: Ints, life: Floats) -> Floats:
    """Devices that entered in the period by their dates; of those without a date, one year's worth of renewals."""
    weights, rows = matched.weights, len(matched.grain)
    new = (weights.months >= 0) & (weights.months <= 12)
    dated = summed(_row_of(weights), np.where(new, weights.quantity, 0.0), rows)[mine]
    unknown = matched.grain.months < 0
    undated = summed(matched.grain.of, np.where(unknown, matched.grain.days, 0.0), rows)[mine]
    result: Floats = dated + undated / weights.period.days * np.minimum(12 / months_of(life[:, 1]), 1.0)
    return result


def _row_of(weights: Weights) -> Ints:
    """The row of each group of the weights, their keys being in order."""
    starts = np.zeros(len(weights), dtype=bool)
    starts[:1] = True
    for name in weights.narrow_keys:
        starts[1:] |= np.diff(weights.codes[name]) != 0
    return np.cumsum(starts) - 1


def _staying(matched: Matched) -> tuple[Ints, Ints, Floats]:
    """Row, age (-1 unknown) and number of devices still there on the last day; without a date, their mean presence.

    Exits are known by kind and age: they are taken from the groups of that kind and age whose presence is not whole.
    """
    weights, exits = matched.weights, matched.weights.exits
    row, age = _row_of(weights), weights.months
    present = weights.quantity_days / weights.period.days
    span = max(int(age.max(initial=0)), int(exits.months.max(initial=0))) + 1
    gone = summed(
        matched.kinds.of_exit * span + exits.months, np.where(exits.in_period == 1, exits.quantity, 0.0), 0
    )  # fmt: skip
    place = matched.kinds.of[row] * span + np.maximum(age, 0)
    short = np.where(age >= 0, np.maximum(weights.quantity - present, 0.0), 0.0)
    whole = summed(place, short, len(gone))
    gone = np.concatenate([gone, np.zeros(len(whole) - len(gone))])
    left = np.minimum(gone[place] * short / np.where(whole > 0, whole, 1.0)[place], weights.quantity)
    return row, age, np.where(age >= 0, weights.quantity - left, present)


def _cohorts(matched: Matched, mine: Ints, life: Floats, backlog: float | None) -> Cohorts:
    """Known ages as they are; unknown ones spread evenly; those past their lifespan with a lag each."""
    place = np.full(len(matched.grain), -1)
    place[mine] = np.arange(len(mine))
    row, age, mass = _staying(matched)
    row = place[row]
    ages = int(age.max(initial=0)) + 2
    kept = (row >= 0) & (mass > 0)
    distinct, of = np.unique(row[kept] * ages + age[kept] + 1, return_inverse=True)
    row, age, mass = distinct // ages, distinct % ages - 1, summed(of.astype(np.int64), mass[kept], len(distinct))
    months = months_of(life[:, 1])
    late = age > months[row]
    usual = (age >= 0) & ~late
    parts = [(row[usual], age[usual], mass[usual], np.zeros(int(usual.sum()), dtype=np.int64))]
    for r in np.unique(row[age < 0]):
        ages_told = np.arange(1, months[r] + 1)
        whole = float(mass[(row == r) & (age < 0)].sum())
        many = len(ages_told)
        parts.append((np.full(many, r), ages_told, np.full(many, whole / many), np.zeros(many, dtype=np.int64)))
    for r in np.unique(row[late]):
        here = late & (row == r)
        slots = int(months[r]) if backlog is None else int(months_of(np.array([backlog]))[0])
        parts.append(_late(int(r), age[here], mass[here], slots))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Cohorts(row=columns[0], age=columns[1], mass=columns[2], lag=columns[3])


def _late(row: int, age: Ints, mass: Floats, slots: int) -> tuple[Ints, Ints, Floats, Ints]:
    """Devices past their lifespan, renewed evenly over ``slots`` months, the oldest first."""
    order = np.argsort(-age, kind="stable")
    upto = np.cumsum(mass[order])
    whole = float(upto[-1])
    cuts = np.unique(np.concatenate([upto, whole * np.arange(1, slots) / slots]))
    cuts = cuts[cuts <= whole]
    middle = (cuts + np.concatenate([[0.0], cuts[:-1]])) / 2
    which = np.minimum(np.searchsorted(upto, middle), len(upto) - 1)
    lag = np.minimum((middle * slots / whole).astype(np.int64), slots - 1)
    return np.full(len(cuts), row), age[order][which], np.diff(cuts, prepend=0.0), lag


def _with_twins(base: Fleet, moves: Sequence[tuple[str, str]], zones: tuple[str, ...]) -> Fleet:
    """Rows added after the others: what each device of ``from`` would be if renewed as a ``to``."""
    matched, known = base.matched, base.matched.factor_set
    moves = [one for one in moves if (base.category == one[0]).any()]
    there = [np.flatnonzero(base.category == left) for left, _ in moves]
    wanted: list[str] = []
    for _, to in moves:
        found = known.match(to, None, False, "").item
        if not found:
            raise TerreauError("plan.no_factor", category=to)
        wanted.append(found)
    items = tuple(dict.fromkeys((*base.figures.items, *wanted)))
    every = tuple(dict.fromkeys((*base.figures.zones, *zones)))
    figures = base.figures
    if items != figures.items or every != figures.zones:
        figures = figures_of(known, items, every, matched.rules)
    columns = {name: [getattr(base, name)] for name in _BY_ROW}
    roots, twins, size = [base.root], [], len(base)
    for (left, to), rows, item in zip(moves, there, wanted, strict=True):
        number, many = items.index(item), len(rows)
        settled = matched.settled.get(to)
        life = np.array([settled.low, settled.central, settled.high]) if settled else figures.lifespan[number]
        in_room = matched.grain.codes["in_datacentre"][base.at[rows]] == 1
        policy = figures.pue[number]
        made = {
            "at": base.at[rows], "category": np.array([to] * many, dtype=np.str_), "item": np.full(many, number), "zone": base.zone[rows],
            "pue": np.where((policy == 2) | ((policy == 1) & in_room),
                            np.where(base.pue[rows] == NO_PUE, RUN_PUE, base.pue[rows]), NO_PUE),
            "own": np.zeros(many, dtype=bool),
            "life_key": np.full(many, len(matched.figures.items) + len(matched.weights.words["category"]) + number),
            "life": np.tile(life, (many, 1)), "present": np.zeros(many), "number": np.zeros(many), "own_rate": np.zeros(many),
            "bought": np.zeros(many),
        }  # fmt: skip
        for name, column in made.items():
            columns[name].append(column)
        roots.append(base.root[rows])
        twins.append((left, to, rows, np.arange(size, size + many)))
        size += many
    whole: dict[str, Any] = {name: np.concatenate(parts) for name, parts in columns.items()}
    return replace(base, figures=figures, root=np.concatenate(roots), twins=tuple(twins), **whole)
