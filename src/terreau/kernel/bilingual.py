"""The same words in French and in English: what every piece of knowledge is told with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The same words in French and in English."""

    fr: str
    en: str

    def in_(self, language: str) -> str:
        """The words in ``language`` ("en", anything else is French)."""
        return self.en if language == "en" else self.fr

    def __bool__(self) -> bool:
        return bool(self.fr or self.en)


NO_WORDS = Words(fr="", en="")
