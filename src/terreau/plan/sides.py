"""Two fleets side by side: what the causes of their difference may be exchanged for, one by one (les deux côtés).

A side is a fleet (0: before, 1: after), read with the factors of one side or the other and the rules of one or the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.figures import KEYS
from terreau.footprint.matched import Matched
from terreau.footprint.matching import match
from terreau.footprint.result import Footprint
from terreau.footprint.rules import Rules
from terreau.kernel.errors import TerreauError
from terreau.plan.readings import Reading, kinds_of, reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PARTS = ("volume", "mix", "lifespan", "electricity", "factors", "method")
"""The six causes, in the order of the bits of a coalition."""
SAME = 1e-12
"""Two figures closer than this, relatively, differ by the order of a sum only: they are the same."""
BOTH = (0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A fleet told per device: how many device·years in all, share of each kind, and per device·year of each kind.

    lives: lives spent; making [kind, criterion] of one device; using [kind, criterion] per device·year
    """

    present: float
    share: Floats
    lives: Floats
    making: Floats
    using: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """readings and units by (fleet, factors, rules), each 0 for before and 1 for after."""

    readings: dict[tuple[int, int, int], Reading]
    units: dict[tuple[int, int, int], Unit]

    def own(self, side: int) -> Reading:
        """A fleet with its own factors and its own rules."""
        return self.readings[side, side, side]

    def worth(self, coalition: int) -> Floats:
        """[criterion]: the footprint when the causes whose bit is set are those of after, the others those of before."""
        volume, mix, lifespan, electricity, factors, method = (coalition >> bit & 1 for bit in range(len(PARTS)))
        shared = self.units[mix, factors, method]
        per_device = (
            self.units[lifespan, factors, method].lives[:, None] * shared.making
            + self.units[electricity, factors, method].using
        )
        total: Floats = self.units[volume, factors, method].present * (shared.share @ per_device)
        return total


def sides_of(
    before: Footprint, after: Footprint, before_as_after: Footprint | None, after_as_before: Footprint | None
) -> Sides:
    """Every reading of the two fleets that a coalition may ask for; see ``difference.difference``."""
    rules = (before.matched.rules, after.matched.rules)
    apart = (rules[0].conventions is None) != (rules[1].conventions is None)
    fleets = _crossed(before, after, before_as_after, after_as_before) if apart else _rematched(before, after, rules)
    sets = (before.matched.known, after.matched.known)
    matched = {
        (side, factors, rule): one if one.known.digest == sets[factors].digest else match(
            one.weights, sets[factors], one.rules, one.parameters
        )
        for (side, rule), one in fleets.items()
        for factors in BOTH
    }  # fmt: skip
    readings = _readings(matched, by_item=not apart)
    return Sides(readings=readings, units=_units(readings))


def _rematched(before: Footprint, after: Footprint, rules: tuple[Rules, Rules]) -> dict[tuple[int, int], Matched]:
    """Each fleet under each rule set: the same weights serve both."""
    return {
        (side, rule): one.matched if one.matched.rules.digest == rules[rule].digest else match(
            one.matched.weights, one.matched.known, rules[rule], one.matched.parameters
        )
        for side, one in enumerate((before, after))
        for rule in BOTH
    }  # fmt: skip


def _crossed(
    before: Footprint, after: Footprint, before_as_after: Footprint | None, after_as_before: Footprint | None
) -> dict[tuple[int, int], Matched]:
    """Each fleet under each rule set, as given: the two are weighed apart and cannot be made from one another."""
    given = {(0, 0): before, (0, 1): before_as_after, (1, 0): after_as_before, (1, 1): after}
    found = {}
    for (side, rule), one in given.items():
        if one is None or one.rules != (before, after)[rule].rules:
            raise TerreauError("plan.methods_differ", before=before.rules, after=after.rules)
        found[side, rule] = one.matched
    return found


def _readings(matched: dict[tuple[int, int, int], Matched], *, by_item: bool) -> dict[tuple[int, int, int], Reading]:
    """The small tables, all with the same kinds in the same order."""
    kinds = {}
    for side, rule in {(side, rule) for side, _, rule in matched}:
        rows = [matched[side, f, r] for r in (BOTH if by_item else (rule,)) for f in BOTH]
        kinds[side, rule] = kinds_of(rows, by_item=by_item)
    names = sorted({kind for told in kinds.values() for kind in told})
    place = {kind: n for n, kind in enumerate(names)}
    numbers = {key: np.array([place[kind] for kind in told], dtype=np.int64) for key, told in kinds.items()}
    return {key: reading(one, numbers[key[0], key[2]], len(names)) for key, one in matched.items()}


def _units(readings: dict[tuple[int, int, int], Reading]) -> dict[tuple[int, int, int], Unit]:
    """Readings told per device, what one side lacks being borrowed from the other, rounding apart made equal."""
    found = {}
    for factors in BOTH:
        for rule in BOTH:
            first, second = (_unit(readings[side, factors, rule]) for side in BOTH)
            found[0, factors, rule], found[1, factors, rule] = _level(first, second), _level(second, first)
    return found


def _unit(one: Reading) -> Unit:
    """NaN where no device can tell."""
    present = float(one.present.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        return Unit(
            present=present,
            share=one.present / present,
            lives=one.lives / one.present,
            making=np.where((one.lives > 0)[:, None], one.making, np.nan),
            using=np.asarray(one.using / one.present[:, None]).reshape(-1, len(KEYS)),
        )


def _level(mine: Unit, other: Unit) -> Unit:
    """``mine`` where it tells, else ``other``; what rounding alone sets apart takes the greater of the two on both sides."""
    return Unit(
        present=float(_same(np.array(mine.present), np.array(other.present))),
        share=_same(mine.share, other.share),
        lives=_same(mine.lives, other.lives),
        making=_same(mine.making, other.making),
        using=_same(mine.using, other.using),
    )


def _same(mine: Floats, other: Floats) -> Floats:
    told = np.where(np.isnan(mine), other, mine)
    counter = np.where(np.isnan(other), mine, other)
    close = np.abs(told - counter) <= SAME * np.maximum(np.abs(told), np.abs(counter))
    return np.nan_to_num(np.where(close, np.maximum(told, counter), told))
