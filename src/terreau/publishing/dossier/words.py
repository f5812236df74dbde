"""The words of a dossier, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from terreau.diagnosis import words as diagnosis_words
from terreau.publishing import numbers

REASONS = {
    "withheld": ("retenue : réservée à l’organisation", "withheld: kept inside the organisation"),
    "withdrawn": ("retirée", "withdrawn"),
    "withdrawn_since": ("retirée depuis le gel", "withdrawn since the freeze"),
    "missing": ("fichier introuvable au moment du montage", "file not found when the dossier was made"),
    "damaged": (
        "fichier abîmé : ses octets ne sont plus ceux reçus",
        "file damaged: its bytes are no longer those received",
    ),
    "no_file": ("sans fichier à joindre", "without a file to include"),
}
AUDIENCES = {
    "auditor": ("l’auditeur", "the auditor"),
    "organisation": ("l’organisation elle-même", "the organisation itself"),
    "public": ("tout le monde", "everyone"),
}
FACETS = {key: (french.capitalize(), english.capitalize()) for key, (french, english) in diagnosis_words.FACETS.items()}
STATES = {
    "draft": ("brouillon", "draft"),
    "submitted": ("soumise", "submitted"),
    "changes_asked": ("à reprendre", "changes asked"),
    "accepted": ("acceptée", "accepted"),
}


def say(language: str, french: str, english: str) -> str:
    """The words in the language asked for."""
    return english if language == "en" else french


def word(table: Mapping[str, tuple[str, str]], key: str, language: str) -> str:
    """One word of a table; its key when it is one of a received grid."""
    return table.get(key, (key, key))[language == "en"]


def day(value: date | None, language: str) -> str:
    """A day as people read it; a dash for none."""
    return numbers.day(value, language) if value else "–"


def span(period: tuple[date, date] | None, language: str) -> str:
    """First and last day."""
    if not period:
        return "–"
    return say(language, "du {} au {}", "{} to {}").format(day(period[0], language), day(period[1], language))


def size(count: int, language: str) -> str:
    """Bytes as people read them."""
    if count < 1024:
        return say(language, f"{count} octets", f"{count} bytes")
    shown = f"{count / (1 << 20):.1f}" if count >= 1 << 20 else f"{count / 1024:.0f}"
    unit = say(language, "Mo ko", "MB kB").split()[0 if count >= 1 << 20 else 1]
    return (shown.replace(".", ",") if language != "en" else shown) + numbers.NBSP + unit
