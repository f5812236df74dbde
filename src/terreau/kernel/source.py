"""The papers of a figure: who published it, when, under which licence (source)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Papers of one document. ``best_before`` is the day after which it must be reread (DLUO)."""

    key: str
    publisher: str
    title: str
    version: str
    licence: str
    link: str
    checked_on: date
    best_before: date
    redistribution: str = "certain"  # or "to_confirm", "private"
    notes: str = ""
    notes_en: str = ""

    def note(self, language: str = "fr") -> str:
        """The notes in ``language``; the French ones when there is no English."""
        return self.notes_en if language == "en" and self.notes_en else self.notes

    def papers(self) -> dict[str, object]:
        """The papers as plain words, for JSON; the notes are added by whoever knows the language."""
        return {
            "key": self.key,
            "publisher": self.publisher,
            "title": self.title,
            "version": self.version,
            "licence": self.licence,
            "redistribution": self.redistribution,
            "link": self.link,
            "checked_on": self.checked_on.isoformat(),
            "best_before": self.best_before.isoformat(),
        }

    def stale(self, today: date) -> bool:
        """True when the source should be reread before it is trusted again."""
        return today > self.best_before
