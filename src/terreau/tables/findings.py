"""What a check saw, where, and how to mend it (constat)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from terreau.kernel.errors import Words, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark on one place of a file. ``line`` is counted as a text editor does, 0 for the whole file."""

    line: int
    column: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def words(self, language: str = "fr") -> Words:
        """What, why and remedy in ``language``."""
        return words_of(self.code, dict(self.facts), language)

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """The public shape: line, column, code, what, why, remedy."""
        words = self.words(language)
        return {"line": self.line, "column": self.column, "code": self.code,
                "what": words.what, "why": words.why, "remedy": words.remedy}  # fmt: skip
