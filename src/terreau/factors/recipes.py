"""Recipes: for one item and one criterion, the one published figure that gives every stage but use (recettes).

Climate takes the harmonised figure when there is one, so that a ranking keeps one family of studies. Minerals
have their own figure when one beats the multi-criteria base. A proxy is multiplied by the ratio of climates.
"""

from __future__ import annotations

from dataclasses import replace

from terreau.factors.items import Item
from terreau.factors.records import Factor
from terreau.factors.shelves import Placed, Shelves
from terreau.kernel.interval import Interval

CLIMATE = "climate_change"
MINERALS = "resource_use_minerals_metals"
WATER = "water_withdrawal"


class Recipes:
    """Factors of items, following each item's recipe; an item's own rows in a pack come before its recipe."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def family(self, item_key: str) -> str:
        """The class of devices an item belongs to; "other" for an unknown one."""
        item = self._shelves.items.get(item_key)
        return item.family if item else "other"

    def factors(self, item_key: str, criterion_key: str) -> tuple[Factor, ...]:
        """Stage factors of an item; empty when the criterion is missing."""
        item = self._shelves.items.get(item_key)
        direct = self._shelves.impacts.get((item_key, criterion_key), ())
        if direct:
            return self._taken(direct, item_key, criterion_key)
        if item is None or criterion_key == "electricity":
            return ()
        if criterion_key == CLIMATE:
            return self._climate(item)
        reference, scaled = self._recipe(item, criterion_key)
        taken = self._taken(self._shelves.impacts.get((reference, criterion_key), ()), item_key, criterion_key)
        if scaled:
            taken = self._scaled(item, reference, taken)
        return self._marked(item, taken)

    def lent(self, item_key: str, criterion_key: str) -> tuple[Factor, ...]:
        """The item's factors, lent to a model whose own pack is silent on this criterion."""
        return tuple(
            replace(factor, composite=True, note=_with(factor.note, "of_the_item"))
            for factor in self.factors(item_key, criterion_key)
        )

    def _recipe(self, item: Item, criterion_key: str) -> tuple[str, bool]:
        if criterion_key == WATER:
            return item.water, False
        if criterion_key == MINERALS and item.minerals and item.minerals != item.others:
            return item.minerals, False
        return item.others, item.others_scaling == "ratio_cc"

    def _climate(self, item: Item) -> tuple[Factor, ...]:
        reference = item.climate_harmonised or item.climate
        taken = self._taken(self._shelves.impacts.get((reference, CLIMATE), ()), item.key, CLIMATE)
        spread = self._shelves.ranges.get(item.key)
        if spread is None:
            return taken
        range_ = spread[1].value
        scaled = abs(sum(factor.value.central for factor in taken) / range_.central - 1) > 1e-3
        marks = ("item_range", "range_scaled") if scaled else ("item_range",)
        return tuple(
            replace(
                factor, key=f"{factor.key}@{item.key}", own_range=True, note=_with(factor.note, *marks),
                value=_spread(factor.value.central, range_),
                sources=(*factor.sources, *(key for key in spread[1].sources if key not in factor.sources)),
            )
            for factor in taken
        )  # fmt: skip

    def _scaled(self, item: Item, reference: str, taken: tuple[Factor, ...]) -> tuple[Factor, ...]:
        """A proxy's figures, times the climate retained for the item over the climate of the proxy."""
        proxy = sum(row.value.central for _, row in self._shelves.impacts.get((reference, CLIMATE), ()))
        retained = self.factors(item.key, CLIMATE)
        if not retained or proxy <= 0:
            return ()
        ratio = sum(factor.value.central for factor in retained) / proxy
        return tuple(
            replace(
                factor, key=f"{factor.key}@{item.key}", value=factor.value.times(ratio), composite=True,
                # A masked climate could be read back from a figure that follows it.
                masked=factor.masked or any(one.masked for one in retained),
                method=factor.method if factor.method.endswith("_ratio") else f"{factor.method}_ratio",
                sources=(*factor.sources, *(key for key in retained[0].sources if key not in factor.sources)),
                note=_with(factor.note, "ratio_to_climate"),
            )
            for factor in taken
        )  # fmt: skip

    def _marked(self, item: Item, taken: tuple[Factor, ...]) -> tuple[Factor, ...]:
        """Flag as composite what another source than the climate's says of the item."""
        climate = self.factors(item.key, CLIMATE)
        same = bool(climate) and bool(taken) and climate[0].source_key == taken[0].source_key
        return taken if same else tuple(replace(factor, composite=True) for factor in taken)

    def _taken(self, placed: tuple[Placed, ...], item_key: str, criterion_key: str) -> tuple[Factor, ...]:
        return tuple(
            Factor(
                key=f"{row.subject}:{criterion_key}", item_or_zone=item_key, criterion=criterion_key, stage=row.stage,
                unit=row.unit, value=row.value, own_range=row.own_range, family=self.family(item_key),
                method=row.method, source_key=row.sources[0], sources=row.sources, pack=pack.key,
                composite=len(row.sources) > 1, masked=row.masked, note=";".join(row.flags),
            )
            for pack, row in placed
        )  # fmt: skip


def _spread(central: float, range_: Interval) -> Interval:
    """A stage, or a figure of another family, carries the range of the item in proportion."""
    low = min(central * range_.low / range_.central, central)
    return Interval(low, central, max(central * range_.high / range_.central, central))


def _with(note: str, *marks: str) -> str:
    return ";".join([flag for flag in note.split(";") if flag] + list(marks))
