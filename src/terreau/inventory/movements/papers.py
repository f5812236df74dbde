"""The papers of each meter (pièces): what is above, what is below, what is left out, in both languages."""

from __future__ import annotations

from terreau.inventory.movements.records import LifespanAtExit, Movements
from terreau.inventory.movements.reuse import ReuseCounts, reuse_counts, target
from terreau.kernel.meter import PaperRow


def row(role: str, fr: str, en: str, value: float | None = None, unit: str = "count") -> PaperRow:
    """One row of papers."""
    return PaperRow(role=role, fr=fr, en=en, value=value, unit=unit)


def purchase_papers(told: Movements) -> tuple[PaperRow, ...]:
    """Papers of the purchases."""
    return (
        row("numerator", "Nouveaux, entrés entre les deux dates", "New, entered between the two days",
            told.total("purchased")),
        row("context", "dont datés à l'année ou au mois seulement", "of which dated to the year or month only",
            told.told["year_only"]),
        row("between", "Nouveaux, sans date", "New, undated", told.total("discovered_undated")),
        row("between", "Ajoutés à un lot, sans date", "Added to a lot, undated", told.total("added_to_lot")),
        row("excluded", "Nouveaux dans la liste, mais plus anciens", "New in the list, but older",
            told.total("discovered_older")),
        row("excluded", "Revenus au parc après une sortie", "Back in the fleet after an exit", told.total("returned")),
        row("excluded", "Venus d'une source non comparée, ou qui étaient personnels",
            "From a source that is not compared, or personal before", told.total("moved_in", "joined")),
    )  # fmt: skip


def exit_papers(told: Movements) -> tuple[PaperRow, ...]:
    """Papers of the exits."""
    return (
        row("numerator", "Sortis avec un statut ou une date", "Left with a status or a date", told.total("exit")),
        row("context", "dont destination connue", "of which destination known",
            told.by_destination("donated", "sold", "recycled", "lost")),
        row("between", "Disparus de la liste, destination inconnue", "Gone from the list, destination unknown",
            told.total("gone")),
        row("between", "Retirés d'un lot, sans date", "Taken from a lot, undated", told.total("taken_from_lot")),
        row("excluded", "Passés dans une source non comparée", "Moved to a source that is not compared",
            told.total("moved_out")),
        row("excluded", "Devenus personnels", "Became personal", told.total("set_apart")),
        row("excluded", "Déjà sortis au premier inventaire, encore listés", "Already out on the first day, still listed",
            told.told["still_out"]),
        row("excluded", "Vus pour la première fois déjà sortis", "First seen already out", told.told["seen_out"]),
    )  # fmt: skip


def renewal_papers(told: Movements, mean: float) -> tuple[PaperRow, ...]:
    """Papers of the renewal rate."""
    return (
        row("numerator", "Achats", "Purchases", told.total("purchased")),
        row("between", "Nouveaux sans date, ou ajoutés à un lot", "New and undated, or added to a lot",
            told.total("discovered_undated", "added_to_lot")),
        row("denominator", "Parc moyen des deux dates", "Mean fleet of the two days", mean),
        row("context", "Durée de la période", "Length of the period", told.period.days, "day"),
    )  # fmt: skip


def life_papers(one: LifespanAtExit) -> tuple[PaperRow, ...]:
    """Papers of a lifespan at exit."""
    return (
        row("denominator", "Sorties dont les deux dates sont connues", "Exits with both dates known", one.dated),
        row("context", "dont entrée connue à l'année ou au mois seulement",
            "of which entry known to the year or month only", one.year_only),
        row("excluded", "Sorties sans date d'entrée ou de sortie", "Exits without a date of entry or exit",
            one.exits - one.dated),
        row("context", "Médiane", "Median", one.median, "year"),
        row("context", "La plus courte", "Shortest", one.shortest, "year"),
        row("context", "La plus longue", "Longest", one.longest, "year"),
    )  # fmt: skip


def reuse_papers(told: Movements, counts: ReuseCounts) -> tuple[PaperRow, ...]:
    """Papers of the legal reuse rate: the reading of the decree, row by row."""
    stock = reuse_counts(told.retired_before)
    return (
        row("numerator", "Donnés", "Given", counts.sure.donated + counts.unsure.donated),
        row("numerator", "Vendus ou cédés : à ne compter que si le preneur s'engage à les réemployer",
            "Sold or handed over: counts only when the taker commits to reuse", counts.sold),
        row("denominator", "Sortis et concernés", "Left and concerned", counts.retired),
        row("between", "dont destination inconnue", "of which destination unknown", counts.unknown),
        row("between", "dont âge trop mal connu pour dire s'ils ont plus de dix ans",
            "of which age too little known to tell whether over ten years", counts.unsure_age),
        row("between", "dont catégorie inconnue ou à la limite du décret",
            "of which category unknown or at the edge of the decree", counts.unsure_category),
        row("excluded", "Plus de dix ans à la sortie", "Over ten years at exit", counts.excluded["over_ten"]),
        row("excluded", "Perdus ou volés", "Lost or stolen", counts.excluded["lost"]),
        row("excluded", "En location : ils n'étaient pas à nous", "Leased: they were not ours",
            counts.excluded["leased"]),
        row("excluded", "Gros équipements, hors du décret (serveurs en baie, copieurs…)",
            "Large equipment, outside the decree (rack servers, copiers…)", counts.excluded["out_of_scope"]),
        row("excluded", "Supports classifiés ou soumis à une obligation de sécurité : l'inventaire ne le dit pas",
            "Classified media, or under a security obligation: the inventory does not tell"),
        row("context", "Objectif de l'année", "Target of the year", target(told.at_after.year), "share"),
        row("context", "À la lettre du décret : réformés déjà là au début, encore listés ou non",
            "By the letter of the decree: retired and already there at the start, still listed or not", stock.retired),
        row("context", "dont donnés ou vendus dans l'année", "of which given or sold during the year", stock.reused),
    )  # fmt: skip
