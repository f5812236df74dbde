"""The words of movements in both languages (mots)."""

from __future__ import annotations

_KINDS = {
    "before": ("Parc au premier inventaire", "Fleet on the first day"),
    "purchased": ("Achats", "Purchases"),
    "discovered_older": ("Découverts, plus anciens que la période", "Discovered, older than the period"),
    "discovered_undated": ("Découverts, sans date", "Discovered, undated"),
    "added_to_lot": ("Ajoutés à un lot", "Added to a lot"),
    "returned": ("Revenus au parc", "Back in the fleet"),
    "joined": ("Étaient personnels", "Were personal"),
    "moved_in": ("Venus d'une source non comparée", "From a source that is not compared"),
    "exit": ("Sorties dites par un statut ou une date", "Exits told by a status or a date"),
    "gone": ("Disparus de la liste", "Gone from the list"),
    "taken_from_lot": ("Retirés d'un lot", "Taken from a lot"),
    "moved_out": ("Passés dans une source non comparée", "Moved to a source that is not compared"),
    "set_apart": ("Devenus personnels", "Became personal"),
    "after": ("Parc au second inventaire", "Fleet on the second day"),
}
_DESTINATIONS = {
    "donated": ("Donnés", "Given"),
    "sold": ("Vendus", "Sold"),
    "recycled": ("Recyclés", "Recycled"),
    "lost": ("Perdus ou volés", "Lost or stolen"),
    "retired": ("Réformés, sans plus", "Retired, no more said"),
    "gone": ("Disparus de la liste", "Gone from the list"),
    "taken_from_lot": ("Retirés d'un lot", "Taken from a lot"),
}


def kind_words(kind: str, language: str = "fr") -> str:
    """A way in or out, in words."""
    return _KINDS[kind][language == "en"]


def destination_words(destination: str, language: str = "fr") -> str:
    """Where an exit went, in words."""
    return _DESTINATIONS[destination][language == "en"]
