"""What a check says of one criterion: a code with facts, its words beside (``errors.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from terreau.diagnosis.words import fact_word
from terreau.kernel import canonical
from terreau.kernel.errors import Words, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One remark (constat).

    code: ``diagnosis.unanswered``, …; criterion: its full key, '' when it is about an evidence or the whole
    facts: what fills the words (facets, evidence, dates, counts)
    """

    code: str
    criterion: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def words(self, language: str = "fr") -> Words:
        """What, why and remedy in ``language``."""
        facts = {name: fact_word(name, value, language) for name, value in self.facts.items()}
        return words_of(self.code, {"criterion": self.criterion.rpartition(":")[2], **facts}, language)

    def as_json(self, language: str = "fr") -> dict[str, Any]:
        """Plain values: code, criterion, facts as text, what, why, remedy."""
        words = self.words(language)
        return {"code": self.code, "criterion": self.criterion, "facts": canonical.plain(self.facts), "what": words.what, "why": words.why,
                "remedy": words.remedy}  # fmt: skip
