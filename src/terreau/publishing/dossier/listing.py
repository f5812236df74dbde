"""The small texts of a dossier: the list in each criterion's folder, and the first file one opens."""

from __future__ import annotations

from terreau.evidence import words as evidence_words
from terreau.publishing.blocks import plain
from terreau.publishing.dossier.held import Held
from terreau.publishing.dossier.layout import Place
from terreau.publishing.dossier.records import DossierPackage
from terreau.publishing.dossier.words import FACETS, day, say, word


def listing(place: Place, package: DossierPackage, held: Held) -> str:
    """What one criterion rests on: each piece, where it is, where to look in it, what it shows."""
    lang = package.language
    lines = [f"{place.number} {place.title}", ""]
    for link in place.links:
        one = package.told.evidence.get(link.evidence)
        if one is None:
            lines.append(f"- {link.evidence} : {say(lang, 'pièce inconnue du gel', 'piece unknown to the freeze')}")
            continue
        facet = word(FACETS, link.facet, lang)
        strength = word(evidence_words.STRENGTHS, link.strength, lang)
        lines.append(f"- {_one_line(one.title)}")
        lines.append(f"  {facet}, {strength}" + (f" : {_one_line(link.proves)}" if link.proves else ""))
        if link.locator:
            lines.append(f"  {say(lang, 'Où regarder', 'Where to look')} : {_one_line(link.locator)}")
        lines.append(f"  {say(lang, 'Date', 'Date')} : {day(one.effective_on, lang)}")
        lines.append(f"  {say(lang, 'Fichier', 'File')} : {held.where(one, lang)}")
    return plain("\n".join(lines)) + "\n"


def first_read(package: DossierPackage, title: str) -> str:
    """``LISEZMOI.txt``: what is here, and how to verify it."""
    lang = package.language
    about = [
        title,
        package.organisation.name,
        "",
        say(lang, "dossier.pdf : à lire en premier.", "dossier.pdf: read it first."),
        say(lang, "criteres/ : un dossier par critère, avec la liste de ses preuves (_preuves.txt).",
            "criteres/: one folder a criterion, with the list of its evidence (_preuves.txt)."),
        say(lang, "Une pièce qui sert plusieurs critères est rangée une seule fois, et citée partout où elle sert.",
            "A piece that serves several criteria is kept once, and named wherever it serves."),
        say(lang, "grille.xlsx (ou la grille reçue, dans son format) : remplie, une ligne par critère.", "grille.xlsx (or the received grid, in its own form): filled in, one row a criterion."),
        say(lang, "earl.jsonld : les verdicts, pour un autre outil (EARL 1.0).", "earl.jsonld: the verdicts, for another tool (EARL 1.0)."),
        say(lang, "_manifeste/ : empreinte SHA-256 de chaque fichier, liens, pièces absentes et leur raison, contenu gelé.",
            "_manifeste/: SHA-256 of every file, links, absent pieces with the reason, frozen content."),
        "",
        say(lang, "Vérifier que rien n'a changé : terreau dossier verify DOSSIER",
            "Verify that nothing changed: terreau dossier verify FOLDER"),
    ]  # fmt: skip
    return "\n".join(about) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())
