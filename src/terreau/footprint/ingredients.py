"""What a figure is made of, kind of device by kind of device, heaviest first (ingrédients d'un chiffre)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from terreau.factors.criteria import CRITERIA
from terreau.footprint.axes import cut
from terreau.footprint.cells import Cells, cells
from terreau.footprint.figures import EMBODIED, KEYS, STAGES
from terreau.footprint.lifespans import ORIGINS
from terreau.footprint.matched import Matched
from terreau.footprint.result import plain
from terreau.footprint.sentences import making_term, using_term
from terreau.kernel.term import Term

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from terreau.factors.catalogue import Factor

AXES = ("category", "item", "zone", "match")
MEAN_OF_LINES = ("dates", "planned", "type")
"""Origins of lifespans that differ from line to line: their mean over the lives spent is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredient:
    """One product of the sum. ``term`` is the formula run on its figures: its value is ``value``.

    basis: lives spent (making) or kWh before PUE (use); lifespan [year], kwh [kWh per device and year] and their
    origins where they apply (no value when its pack masks it). zone, pue: of a use. share: part of the figure explained.
    """

    category: str
    item: str
    label: tuple[str, str]
    stage: str
    match: str
    quantity: float
    value: float
    share: float
    basis: float
    lifespan: float | None = None
    lifespan_origin: str = ""
    kwh: float | None = None
    kwh_origin: str = ""
    zone: str = ""
    pue: float | None = None
    term: Term
    factors: tuple[Factor, ...]

    @property
    def factor(self) -> str:
        """Key of its factor."""
        return self.factors[0].key if self.factors else ""

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """The public shape; a masked factor shows no value."""
        one = self.factors[0] if self.factors else None
        return {
            "category": self.category,
            "item": self.item,
            "label": self.label[language == "en"],
            "stage": self.stage,
            "match": self.match,
            "quantity": plain(self.quantity),
            "central": self.value,
            "share": self.share,
            "lives" if self.stage in EMBODIED else "energy": self.basis,
            "lifespan": self.lifespan,
            "lifespan_origin": self.lifespan_origin,
            "kwh": self.kwh,
            "kwh_origin": self.kwh_origin,
            "zone": self.zone,
            "pue": self.pue,
            "factor": self.factor,
            "factor_value": one.value.central if one and not one.masked else None,
            "factor_unit": one.unit if one else "",
            "words": self.term.sentence(language),
            "figures": self.term.figures(language),
        }


def ingredients(
    matched: Matched, kept: NDArray[np.bool_], criterion: int, stages: Collection[str] = STAGES
) -> tuple[Ingredient, ...]:
    """Ingredients of the rows ``kept`` for one criterion (its place in ``figures.KEYS``), heaviest first."""
    pieces = cut(matched, AXES)
    some = cells(matched, pieces.of, kept)
    made = [s for s, name in enumerate(EMBODIED) if name in stages]
    whole = float(np.nansum(some.making[:, made, criterion]))
    whole = (whole + (float(np.nansum(some.using[:, criterion])) if "use" in stages else 0.0)) or 1.0
    words = [dict(zip(pieces.axes, pieces.words[label], strict=True)) for label in some.label]
    found = [*_makings(some, words, criterion, whole), *_uses(some, words, criterion, whole)]
    found = [one for one in found if one.stage in stages]
    return tuple(sorted(found, key=lambda one: (-one.value, one.category, one.item, one.stage, one.zone, one.match)))


def _makings(some: Cells, words: list[dict[str, str]], c: int, whole: float) -> Iterator[Ingredient]:
    """Zones, rooms and consumptions told together: making does not depend on them."""
    matched, figures = some.matched, some.matched.figures
    alike: dict[tuple[str, int, str, int], list[int]] = {}
    for cell in np.flatnonzero(some.spread):
        said = words[cell]
        alike.setdefault((said["category"], int(some.item[cell]), said["match"], int(some.life_key[cell])), []).append(
            int(cell)
        )
    for (category, item, match, life_key), mine in alike.items():
        lives, quantity = float(some.lives[1][mine].sum()), float(some.quantity[mine].sum())
        row = int(np.flatnonzero((matched.item == item) & (matched.life_key == life_key))[0])
        key, origin = figures.items[item], ORIGINS[matched.life_origin[row]]
        life = float(matched.kinds.life[matched.kinds.of[row], 1])
        if origin in MEAN_OF_LINES:
            life = float(some.present[mine].sum()) / lives if lives else 0.0
        hidden = origin == "category" and matched.factor_set.lifespan(key).masked
        for factor in matched.factor_set.stage_factors(key, KEYS[c]):
            unit_impact = float(figures.stage.central[item, EMBODIED.index(factor.stage), c])
            told = making_term(lives, factor.stage, unit_impact, unit=_unit(c), masked=factor.masked)
            yield Ingredient(
                category=category,
                item=key,
                label=_label(matched, key),
                stage=factor.stage,
                match=match,
                quantity=quantity,
                value=told.value,
                share=told.value / whole,
                basis=lives,
                lifespan=None if hidden else life,
                lifespan_origin=origin,
                term=told,
                factors=(factor,),
            )


def _uses(some: Cells, words: list[dict[str, str]], c: int, whole: float) -> Iterator[Ingredient]:
    matched, figures = some.matched, some.matched.figures
    alike: dict[tuple[str, int, str, int, int, bool], list[int]] = {}
    for cell in np.flatnonzero(some.using_known[:, c]):
        own, said = bool(some.own[cell]), words[cell]
        place = int(some.zone[cell]), int(some.pue[cell]), own
        match = "measured" if own else said["match"]
        alike.setdefault((said["category"], int(some.item[cell]), match, *place), []).append(int(cell))
    for (category, item, match, zone, room, own), mine in alike.items():
        energy, quantity = float(some.energy[mine].sum()), float(some.quantity[mine].sum())
        pue = float(matched.pue_values(np.array(room)))
        assumed = matched.factor_set.kwh(figures.items[item])
        hidden = assumed is not None and assumed.masked
        factor = matched.factor_set.mix(figures.zones[zone], KEYS[c])
        mix, masked = float(figures.mix.central[zone, c]), bool(factor and factor.masked)
        told = using_term(energy, pue, mix, unit=_unit(c), masked=masked)
        yield Ingredient(
            category=category,
            item=figures.items[item],
            label=_label(matched, figures.items[item]),
            stage="use",
            match=match,
            quantity=quantity,
            value=told.value,
            share=told.value / whole,
            basis=energy,
            kwh=None if own or hidden else float(figures.kwh.central[item]),
            kwh_origin="line" if own else "category",
            zone=figures.zones[zone],
            pue=pue,
            term=told,
            factors=(factor,) if factor else (),
        )


def _unit(criterion: int) -> tuple[str, str]:
    one = CRITERIA[criterion]
    return one.printed_unit("fr"), one.printed_unit("en")


def _label(matched: Matched, item: str) -> tuple[str, str]:
    return matched.factor_set.label(item, "fr"), matched.factor_set.label(item, "en")
