"""The papers of one figure: formula in words, heaviest inputs, factors, sources, assumptions, what is left out (pourquoi).

Explaining is the same sums, narrower: nothing is read again, and the parts add up to the figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from terreau.factors.criteria import criterion as criterion_of
from terreau.factors.flags import sentences
from terreau.footprint.assumptions import Assumption, assumptions
from terreau.footprint.axes import WIDE, asked_stages, chosen
from terreau.footprint.coverage import Coverage, Missing, coverages, missing
from terreau.footprint.figures import KEYS, STAGES, UNITS
from terreau.footprint.ingredients import Ingredient, ingredients
from terreau.footprint.measuring import whole
from terreau.footprint.result import Footprint, plain
from terreau.footprint.sentences import formula_sentences
from terreau.kernel.errors import TerreauError
from terreau.kernel.interval import Interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from terreau.factors.catalogue import Factor
    from terreau.footprint.matched import Matched
    from terreau.kernel.source import Source

HEAVIEST = 12
"""Inputs listed one by one; the others are told together."""


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why this figure. ``share``: part of the fleet's central value; ``ingredients``: heaviest first, all of them."""

    result: Footprint
    criterion: str
    where: dict[str, str]
    value: Interval
    quantity: float
    share: float
    coverage: Coverage
    ingredients: tuple[Ingredient, ...]
    factors: tuple[Factor, ...]
    sources: tuple[Source, ...]
    assumptions: tuple[Assumption, ...]
    missing: tuple[Missing, ...]

    @property
    def unit(self) -> str:
        """Unit of the figure."""
        return UNITS[self.criterion]

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """The public shape of ``terreau explain --json``."""
        listed, others = self.ingredients[:HEAVIEST], self.ingredients[HEAVIEST:]
        rest = sum(one.value for one in others)
        return {
            "criterion": self.criterion,
            "label": criterion_of(self.criterion).label(language),
            "unit": self.unit,
            "where": self.where,
            "low": self.value.low,
            "central": self.value.central,
            "high": self.value.high,
            "quantity": plain(self.quantity),
            "share_of_total": self.share,
            "at_least": self.coverage.partial,
            "coverage": self.coverage.as_json(),
            "formulas": self._formulas(language),
            "inputs": [one.as_json(language) for one in listed],
            "others": {"count": len(others), "central": rest, "share": rest / (self.value.central or 1.0)},
            "factors": [_factor_json(one, language) for one in self.factors],
            "sources": [self._source_json(one, language) for one in self.sources],
            "assumptions": [one.as_json(language) for one in self.assumptions],
            "missing": [
                {"category": one.category, "quantity": plain(one.quantity), "why": one.why} for one in self.missing
            ],
            "run": self.result.run,
            "rules": self.result.rules,
            "factor_set": self.result.factor_set,
            "decided_by": self.result.decided_by,
        }

    def rows(self, language: str = "fr") -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """The same as one flat table: its headings and its rows, for a CSV."""
        unit = self.unit
        told: list[tuple[object, ...]] = [
            ("figure", self.criterion, criterion_of(self.criterion).label(language), self.value.low,
             self.value.central, self.value.high, unit, self.share, "", ""),
        ]  # fmt: skip
        for sentence in self._formulas(language):
            told.append(("formula", sentence["stage"], sentence["words"], "", "", "", "", "", "", ""))
        for one in self.ingredients:
            words = one.as_json(language)
            told.append(("input", f"{one.item}/{one.stage}", words["figures"], "", one.value, "", unit,
                         one.share, one.factor, one.match))  # fmt: skip
        for factor in self.factors:
            three = _masked_three(factor)
            told.append(("factor", factor.key, factor.item_or_zone, *three, factor.unit, "", factor.source_key, ""))
        for source in self.sources:
            told.append(("source", source.key, f"{source.publisher}, {source.title}, {source.version}", "", "", "", "",
                         "", source.licence, source.checked_on.isoformat()))  # fmt: skip
        for held in self.assumptions:
            said = ("", "", "") if held.masked else (held.low or "", held.value, held.high or "")
            told.append(("assumption", held.key, held.sentence(language), *said, held.unit,
                         held.share.get(self.criterion, ""), held.option, ""))  # fmt: skip
        for left in self.missing:
            told.append(("missing", left.category, left.why, "", left.quantity, "", "", "", "", ""))
        decided = self.result.decided_by
        told += [("run", key, str(decided[key]), "", "", "", "", "", "", "") for key in sorted(decided)]
        return ("part", "key", "text", "low", "central", "high", "unit", "share", "source", "match"), told

    def _formulas(self, language: str) -> list[dict[str, str]]:
        numecoeval = self.result.matched.rules.conventions is not None
        return formula_sentences({one.stage for one in self.ingredients}, language, numecoeval=numecoeval)

    def _source_json(self, source: Source, language: str) -> dict[str, object]:
        at = self.result.matched.parameters.at
        return {
            **source.papers(),
            "age_days": (at - source.checked_on).days,
            "stale": source.stale(at),
            "notes": source.note(language),
        }


def place_of(criterion: str) -> int:
    """Where a criterion stands among all; TerreauError footprint.unknown_criterion."""
    if criterion not in KEYS:
        raise TerreauError("footprint.unknown_criterion", criterion=criterion, known=", ".join(KEYS))
    return KEYS.index(criterion)


def explain(result: Footprint, criterion: str, where: Mapping[str, str]) -> Explanation:
    """The papers of ``criterion`` over the part of the fleet that ``where`` names ({} for the whole)."""
    c = place_of(criterion)
    matched = result.wide if set(where) & set(WIDE) else result.matched
    stages, kept = asked_stages(where), chosen(matched, where)
    quantity = float(np.rint(matched.grain.quantity[kept] * 1e6).sum()) / 1e6
    said = ", ".join(f"{axis}={value}" for axis, value in where.items())
    if not quantity:
        raise TerreauError("footprint.nothing_to_explain" if where else "footprint.nothing_counted", where=said)
    value = _value(matched, kept, stages, c)
    parts = ingredients(matched, kept, c, stages)
    if not parts:
        raise TerreauError("footprint.nothing_known", criterion=criterion, where=said or "–", quantity=plain(quantity))
    total = result.total(criterion)
    factors = list({(f.key, f.stage, f.item_or_zone): f for one in parts for f in one.factors}.values())
    return Explanation(
        result=result,
        criterion=criterion,
        where=dict(where),
        value=value,
        quantity=quantity,
        share=value.central / total.value.central if total and total.value.central else 0.0,
        coverage=coverages(matched, kept)[criterion],
        ingredients=parts,
        factors=tuple(factors),
        sources=_sources(matched, factors, parts),
        assumptions=_assumptions(matched, kept, stages, criterion),
        missing=_missing(matched, kept, stages, criterion),
    )


def _value(matched: Matched, kept: NDArray[np.bool_], stages: tuple[str, ...], c: int) -> Interval:
    """The interval of the figure; of one stage when one is asked."""
    by_stage = len(stages) == 1
    found = whole(matched, kept, by_stage=by_stage)
    row = STAGES.index(stages[0]) if by_stage else 0
    return Interval(float(found.low[row, c]), float(found.central[row, c]), float(found.high[row, c]))


def _assumptions(
    matched: Matched, kept: NDArray[np.bool_], stages: tuple[str, ...], criterion: str
) -> tuple[Assumption, ...]:
    """Assumptions that carry a part of this figure, the heaviest first."""
    found = [one for one in assumptions(matched, kept, stages) if one.share.get(criterion)]
    return tuple(sorted(found, key=lambda one: -one.share[criterion]))


def _missing(matched: Matched, kept: NDArray[np.bool_], stages: tuple[str, ...], criterion: str) -> tuple[Missing, ...]:
    """What is left out of this figure; what only another stage lacks is not told."""
    silent = {"no_making"} if stages == ("use",) else {"no_energy", "no_mix"} if "use" not in stages else set()
    return tuple(one for one in missing(matched, kept) if one.criterion == criterion and one.why not in silent)


def _sources(matched: Matched, factors: list[Factor], parts: tuple[Ingredient, ...]) -> tuple[Source, ...]:
    """Papers of the factors, then of the lifespans and consumptions that served."""
    keys: dict[str, None] = {}
    for factor in factors:
        keys.update(dict.fromkeys(factor.sources))
    for one in parts:
        if one.lifespan_origin in ("category", "hypothesis"):
            keys.update(dict.fromkeys(matched.factor_set.lifespan(one.item).sources))
        if one.kwh_origin == "category" and (kwh := matched.factor_set.kwh(one.item)):
            keys.update(dict.fromkeys(kwh.sources))
    return tuple(matched.factor_set.source(key) for key in keys)


def _factor_json(factor: Factor, language: str) -> dict[str, object]:
    low, central, high = _masked_three(factor)
    return {
        "key": factor.key,
        "item_or_zone": factor.item_or_zone,
        "stage": factor.stage,
        "low": low,
        "central": central,
        "high": high,
        "unit": factor.unit,
        "own_range": factor.own_range,
        "method": factor.method,
        "composite": factor.composite,
        "masked": factor.masked,
        "pack": factor.pack,
        "source": factor.source_key,
        "sources": list(factor.sources),
        "notes": list(sentences(factor.note, language)),
    }


def _masked_three(factor: Factor) -> tuple[float | None, float | None, float | None]:
    """Low, central and high; nothing when the licence of its pack asks for a mask, no range when it has none."""
    if factor.masked:
        return None, None, None
    value = factor.value
    return (value.low, value.central, value.high) if factor.own_range else (None, value.central, None)
