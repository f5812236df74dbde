"""A factor set as the NumEcoEval rules read it: its item types, its matching models, the hypotheses (référentiel)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from terreau.factors.records import Assumed, Factor
from terreau.footprint.rules import Conventions
from terreau.kernel.errors import TerreauError
from terreau.kernel.interval import Interval
from terreau.kernel.source import Source

if TYPE_CHECKING:
    from terreau.factors.catalogue import FactorSet

NO_ITEM = ""
"""The item of a line that no reference describes, but whose own consumption is known: its use is counted."""
SOURCE = Source(
    key="NUMECOEVAL-2.2",
    publisher="Ministère de la transition écologique",
    title="NumEcoEval, hypothèses de calcul",
    version="2.2.1",
    licence="Apache-2.0",
    link="",
    checked_on=date(2026, 11, 21),
    best_before=date(2028, 11, 21),
    notes="Relevées dans les documents et les résultats enregistrés de G4IT, qui s’en sert.",
    notes_en="Read in the documents and the stored results of G4IT, which uses them.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The item of a line, how it was found, its default lifespan [year], who says it, and whether it is a server."""

    item: str | None
    level: str
    life: Interval
    origin: str
    server: bool


class Reading:
    """A factor set whose unsaid lifespans and PUE are the hypotheses of the rules; anything else is the set's own."""

    def __init__(self, factor_set: FactorSet, conventions: Conventions) -> None:
        self.factor_set, self.conventions = factor_set, conventions

    def __getattr__(self, name: str) -> Any:
        return getattr(self.factor_set, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reading) and (self.factor_set, self.conventions.pue) == (
            other.factor_set,
            other.conventions.pue,
        )

    def __hash__(self) -> int:
        return hash(id(self.factor_set))

    def resolve(self, category: str, size: str, size_known: bool, model_key: str, type_word: str, model: str) -> Resolved:  # fmt: skip
        """What the reference says of a line: its model, else the default item of its type, else nothing.

        A set without references (ours) answers from its own items: model, category and size.
        """
        references = self.factor_set.references
        if not references:
            return self._ours(category, size, size_known, model_key)
        kind = references.type_of(type_word)
        server = bool(kind and kind.server)
        life, origin = self._hypothesis, "hypothesis"
        if kind and kind.lifespan:
            life, origin = Interval.exact(kind.lifespan), "type"
        name = references.models.get(model) or (kind.item if kind else "")
        level = "exact" if model in references.models else "category"
        if not name:
            return Resolved(item=None, level="missing", life=life, origin=origin, server=server)
        return Resolved(item=self.factor_set.named(name), level=level, life=life, origin=origin, server=server)

    def _ours(self, category: str, size: str, size_known: bool, model_key: str) -> Resolved:
        found = self.factor_set.match(category or None, size or None, size_known, model_key)
        if not found.item:
            return Resolved(
                item=None, level="missing", life=self._hypothesis, origin="hypothesis", server=False
            )  # fmt: skip
        life, origin = self.lifespan(found.item), "category"
        if life.source_key == SOURCE.key:
            origin = "hypothesis"
        server = self.factor_set.pue_applies(found.item) == "yes"
        return Resolved(item=found.item, level=found.level, life=life.value, origin=origin, server=server)

    @property
    def _hypothesis(self) -> Interval:
        return Interval.exact(self.conventions.default_life)

    def stage_factors(self, item: str, criterion_key: str) -> tuple[Factor, ...]:
        """Factors of every stage but use; none for a line that nothing describes."""
        return () if item == NO_ITEM else self.factor_set.stage_factors(item, criterion_key)

    def kwh(self, item: str) -> Assumed | None:
        """Electricity of one item in one year; None for a line that nothing describes."""
        return None if item == NO_ITEM else self.factor_set.kwh(item)

    def pue_applies(self, item: str) -> str:
        """As the set says of its own items; the reference's flag decides here."""
        return "no" if item == NO_ITEM else self.factor_set.pue_applies(item)

    def lifespan(self, item: str) -> Assumed:
        """Years an item is kept; the hypothesis when the set does not say."""
        try:
            if item != NO_ITEM:
                return self.factor_set.lifespan(item)
        except TerreauError as refused:
            if refused.code != "factors.no_lifespan":
                raise
        return self._assumed(self._hypothesis, "year")

    def pue(self) -> Assumed:
        """The PUE of a room that does not tell its own."""
        return self._assumed(Interval.exact(self.conventions.pue), "1")

    def source(self, key: str) -> Source:
        """The papers of a source of the set, or of the hypotheses."""
        return SOURCE if key == SOURCE.key else self.factor_set.source(key)

    def label(self, item: str, language: str = "fr") -> str:
        """The name of an item, and of the one that nothing describes."""
        if item == NO_ITEM:
            return "Sans équipement de référence" if language == "fr" else "Without a reference item"
        return self.factor_set.label(item, language)

    @staticmethod
    def _assumed(value: Interval, unit: str) -> Assumed:
        return Assumed(
            value=value, unit=unit, source_key=SOURCE.key, note_fr="Hypothèse NumEcoEval",
            note_en="NumEcoEval hypothesis", sources=(SOURCE.key,),
        )  # fmt: skip
