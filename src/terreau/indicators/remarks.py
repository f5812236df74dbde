"""A remark on a value, a series or a line of a file (remarque): a finding whose facts are written as each language does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from terreau.kernel.errors import Words, words_of
from terreau.kernel.term import figure
from terreau.tables.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark(Finding):
    """A finding whose facts may be days, numbers or words in both languages; ``line`` 0 when no file is concerned.

    facts: text, whole numbers, floats, days, anything with ``in_(language)``, or tuples of these
    """

    line: int = 0
    column: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    def words(self, language: str = "fr") -> Words:
        """What, why and remedy in ``language``, days and numbers written as it writes them."""
        return words_of(self.code, {name: said(fact, language) for name, fact in self.facts.items()}, language)


def remark(code: str, *, line: int = 0, column: str = "", **facts: object) -> Remark:
    """The remark ``indicators.<code>``."""
    return Remark(line=line, column=column, code=f"indicators.{code}", facts=facts)


def said(fact: object, language: str = "fr") -> str:
    """One fact as a sentence holds it: 31/12/2025 and 12,5 in French, 2025-12-31 and 12.5 in English."""
    if isinstance(fact, tuple):
        return ", ".join(said(one, language) for one in fact) or "–"
    if isinstance(fact, date):
        return fact.isoformat() if language == "en" else f"{fact:%d/%m/%Y}"
    if isinstance(fact, float):
        return figure(fact, language)
    return str(fact.in_(language)) if hasattr(fact, "in_") else str(fact)
