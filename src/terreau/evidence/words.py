"""The words of evidence on screen and in a dossier, in French and in English: kinds, strengths, opinions, weaknesses."""

from __future__ import annotations

KINDS = {
    "document": ("Document", "Document"),
    "measure": ("Mesure", "Measure"),
    "screenshot": ("Capture d'écran", "Screenshot"),
    "dataset": ("Jeu de données", "Dataset"),
    "statement": ("Déclaration", "Statement"),
    "figure": ("Chiffre de Terreau", "Figure of Terreau"),
    "link": ("Lien", "Link"),
}
CONFIDENTIALITIES = {
    "team": ("Équipe", "Team"),
    "organisation": ("Organisation", "Organisation"),
    "auditor": ("Auditeur", "Auditor"),
    "public": ("Public", "Public"),
}
STRENGTHS = {
    "proves": ("prouve", "proves"),
    "supports": ("appuie", "supports"),
    "mentions": ("mentionne", "mentions"),
}
OPINIONS = {
    "none": ("pas encore relue", "not reviewed yet"),
    "accepted": ("acceptée", "accepted"),
    "questioned": ("questionnée", "questioned"),
    "refused": ("refusée", "refused"),
}
WEAKNESSES = {
    "withdrawn": ("retirée", "withdrawn"),
    "expired": ("périmée", "expired"),
    "not_yet_effective": ("pas encore en vigueur", "not in force yet"),
    "out_of_period": ("hors de la période évaluée", "out of the assessed period"),
    "undated": ("sans date d'effet ni période", "without an effective date or a period"),
    "old": ("ancienne, sans date de fin", "old, without an end date"),
    "part_of_period": ("ne couvre qu'une partie de la période", "covers part of the period only"),
    "partial_scope": ("ne couvre qu'une partie du périmètre", "covers part of the scope only"),
    "statement_only": ("dite par quelqu'un, ni écrite ni mesurée", "said by somebody, neither written nor measured"),
    "nothing_to_open": ("sans fichier, lien ni chiffre", "without a file, a link or a figure"),
}
NAMELESS = ("pièce que vous ne pouvez pas ouvrir", "a piece you may not open")
RANKS = {0: ("dit", "said"), 1: ("écrit", "written"), 2: ("mesuré", "measured")}


def word(words: tuple[str, str], language: str = "fr") -> str:
    """One pair of this module in ``language`` ("en", anything else is French)."""
    return words[1] if language == "en" else words[0]
