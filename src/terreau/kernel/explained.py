"""An explained value: a figure that never travels without its unit, its formula and its sources (valeur expliquée)."""

from __future__ import annotations

from dataclasses import dataclass

from terreau.kernel.interval import Interval
from terreau.kernel.term import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One figure: ``value`` in ``unit``, the ``formula`` that made it, the keys of its sources, and the run it pins."""

    key: str
    value: Interval
    unit: str
    formula: Term
    sources: tuple[str, ...] = ()
    run: str = ""

    def sentence(self, language: str = "fr") -> str:
        """The formula in words, then in figures."""
        return f"{self.formula.sentence(language)} = {self.formula.figures(language)}"
