"""A factor set: every pack of a list, read once, answering one question at a time (jeu de facteurs assemblé)."""

from __future__ import annotations

from collections.abc import Iterable

from terreau.factors import zones
from terreau.factors.criteria import criterion
from terreau.factors.items import Item
from terreau.factors.models import Models
from terreau.factors.pack import Pack
from terreau.factors.recipes import Recipes
from terreau.factors.records import Assumed, Boundary, Factor, Match
from terreau.factors.references import together
from terreau.factors.rows import Row
from terreau.factors.shelves import Shelves
from terreau.kernel.errors import TerreauError
from terreau.kernel.interval import Interval
from terreau.kernel.source import Source

SAME_SCALE = {"ademe_ratio": "ademe"}
"""Families whose figures may stand in one ranking: a ratio of an ADEME value is on ADEME's scale."""


class FactorSet:
    """Factors, mixes, lifespans, energies and boundaries of an ordered list of packs; the first that speaks decides.

    ``absent``: packs of the list whose folder was removed. ``digest`` changes with any figure or paper.
    ``references``: item types and matching models of the packs.
    """

    def __init__(self, key: str, digest: str, packs: tuple[Pack, ...], absent: tuple[str, ...] = ()) -> None:
        self.key = key
        self.digest = digest
        self.packs = packs
        self.absent = absent
        self._shelves = Shelves(packs)
        self._models = Models(self._shelves)
        self._recipes = Recipes(self._shelves)
        self._sources = {name: source for pack in reversed(packs) for name, source in pack.sources.items()}
        self._found: dict[tuple[str, str], tuple[Factor, ...]] = {}
        self.references = together(pack.references for pack in packs)

    def match(self, category: str | None, size_class: str | None, size_known: bool, model_key: str | None) -> Match:
        """The item of a line. Levels: exact, alias (a model of a pack), size, category, fallback, missing."""
        base, level = self._shelves.item_of(category, size_class, size_known)
        name, how = self._models.find(model_key or "")
        item = f"model:{name}@{base}" if base else f"model:{name}"
        # Without category nor lifespan, its making cannot be spread over years: it waits to be settled.
        if name and self._assumed("lifespan", item):
            return Match(item, how)
        return Match(base, level)

    def exact_models(self) -> frozenset[str]:
        """Normal names of the models that have factors of their own."""
        return self._models.names

    def models_among(self, model_keys: Iterable[str]) -> dict[str, str]:
        """Of these model keys, those that have their own factors, with their level (exact or alias)."""
        return {key: level for key in model_keys for name, level in [self._models.find(key)] if name}

    def items(self) -> tuple[str, ...]:
        """Keys of the items, ``category/size_class``, in the order of the packs."""
        return tuple(self._shelves.items)

    def named(self, name: str) -> str:
        """The key of the item that a reference calls ``name``: an item of ours by key or label, else ``model:…``."""
        return self._shelves.place(name)

    def item(self, key: str) -> Item | None:
        """The item behind a key (also behind ``model:…@category/size_class``), with its labels; None for a bare model."""
        return self._shelves.items.get(_base(key))

    def stage_factors(self, item: str, criterion_key: str) -> tuple[Factor, ...]:
        """Factors of every stage but use, from one source; empty when missing. KeyError for an unknown criterion."""
        asked = (item, criterion_key)
        if asked not in self._found:
            criterion(criterion_key)
            self._found[asked] = self._stage_factors(item, criterion_key)
        return self._found[asked]

    def _stage_factors(self, item: str, criterion_key: str) -> tuple[Factor, ...]:
        if not item.startswith("model:"):
            return self._recipes.factors(item, criterion_key)
        own = self._models.factors(item, criterion_key, self._recipes.family(_base(item)))
        return own or self._recipes.lent(_base(item), criterion_key)

    def family(self, item: str, criterion_key: str) -> str:
        """The family of studies an item's figure is on the scale of; "" when missing. Two in a ranking: say so."""
        found = self.stage_factors(item, criterion_key)
        return SAME_SCALE.get(found[0].method, found[0].method) if found else ""

    def lifespan(self, item: str) -> Assumed:
        """Years an item is kept, for want of observed exits and of a policy."""
        found = self._assumed("lifespan", item)
        if found is None:
            raise TerreauError("factors.no_lifespan", item=item)
        return found

    def kwh(self, item: str) -> Assumed | None:
        """Electricity of one item in one year, before PUE [kWh/year]; None when unknown."""
        return self._assumed("energy", item)

    def _assumed(self, kind: str, item: str) -> Assumed | None:
        names = [item.partition("@")[0], _base(item)] if item.startswith("model:") else [item]
        for name in names:
            found = self._shelves.plain.get((kind, name))
            if found:
                return _assumed(*found)
        return None

    def pue_applies(self, item: str) -> str:
        """ "yes", "no" or "by_location" (only when the device stands in a machine room)."""
        found = self.item(item)
        return found.pue_applies if found else "no"

    def pue(self) -> Assumed:
        """Power usage effectiveness of a room nobody measured, without unit."""
        found = self._shelves.plain.get(("pue", "datacentre"))
        if found is None:
            raise TerreauError("factors.no_pue")
        return _assumed(*found)

    def mix(self, zone: str, criterion_key: str) -> Factor | None:
        """Impact of one kWh used in ``zone`` (alpha-3), location-based; None when the zone lacks the criterion."""
        if criterion_key == "electricity":
            return _one_kwh(zone)
        found = self._shelves.mixes.get((zone, criterion_key))
        return _mix(*found) if found else None

    def zones(self) -> tuple[str, ...]:
        """Zones with at least one figure, alpha-3, sorted."""
        return tuple(sorted({zone for zone, _ in self._shelves.mixes}))

    def zone_of(self, text: str) -> str | None:
        """Alpha-3 code of a country as people write it; None when unknown."""
        return zones.zone_of(text)

    def zone_label(self, zone: str, language: str = "fr") -> str:
        """Name of a zone in ``language``."""
        return zones.zone_label(zone, language)

    def boundary(self, criterion_key: str) -> Boundary | None:
        """Yearly share of one person; None when there is no boundary (land use, flows)."""
        return self._shelves.boundary(criterion_key)

    def source(self, key: str) -> Source:
        """The papers of a source; TerreauError when no pack of this set has it."""
        if key not in self._sources:
            raise TerreauError("factors.unknown_source", source=key, set=self.key)
        return self._sources[key]

    def sources(self) -> tuple[Source, ...]:
        """Every paper of the set, sorted by key."""
        return tuple(self._sources[key] for key in sorted(self._sources))

    def label(self, category_or_item: str, language: str = "fr") -> str:
        """The name a person reads for a category, an item or a model."""
        if category_or_item.startswith("model:"):
            return self._models.label(category_or_item)
        return self._shelves.label(category_or_item, language)


def _base(item: str) -> str:
    return item.rpartition("@")[2] if item.startswith("model:") else item


def _assumed(pack: Pack, row: Row) -> Assumed:
    return Assumed(
        value=row.value, unit=row.unit, source_key=row.sources[0], note_fr=row.note_fr, note_en=row.note_en,
        pack=pack.key, sources=row.sources, masked=row.masked,
    )  # fmt: skip


def _mix(pack: Pack, row: Row) -> Factor:
    return Factor(
        key=f"electricity#{row.subject}:{row.criterion}", item_or_zone=row.subject, criterion=row.criterion,
        stage="electricity", unit=row.unit, value=row.value, own_range=row.own_range, family="mix",
        method=row.method, source_key=row.sources[0], sources=row.sources, pack=pack.key,
        masked=row.masked, note=";".join(row.flags),
    )  # fmt: skip


def _one_kwh(zone: str) -> Factor:
    return Factor(
        key="electricity#one_kwh", item_or_zone=zone, criterion="electricity", stage="electricity", unit="kWh",
        value=Interval.exact(1.0), own_range=True, family="mix", method="by_definition",
        source_key="TERREAU-ITEMS", sources=("TERREAU-ITEMS",), pack="terreau-items", note="by_definition",
    )  # fmt: skip
