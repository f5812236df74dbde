"""Official files that become a private edition, because none is shipped: the WSG, and the RGESN version 1."""

from __future__ import annotations

from typing import Any

from terreau.kernel.errors import TerreauError
from terreau.referentials.edition import Edition
from terreau.referentials.loading import edition_from
from terreau.referentials.official import OfficialEntry, OfficialText

_YES_NO = [
    {"key": "non_conforming", "share": "0", "label": {"fr": "Non conforme", "en": "Fails"}},
    {"key": "conforming", "share": "1", "label": {"fr": "Conforme", "en": "Passes"}},
]
_LINKS = {
    "wsg": "https://www.w3.org/TR/web-sustainability-guidelines/",
    "rgesn-2022": "https://ecoresponsable.numerique.gouv.fr/publications/referentiel-general-ecoconception/",
}
_SUMMARIES = {
    "wsg": {
        "fr": "Projet de note du W3C, pas une norme ; texte anglais d’origine, importé par vous.",
        "en": "A W3C group note draft, not a standard; original English text, imported by you.",
    },
    "rgesn-2022": {
        "fr": "Première version, remplacée en 2024 ; texte officiel, importé par vous.",
        "en": "First version, superseded in 2024; official French text, imported by you.",
    },
}


def becomes_an_edition(text: OfficialText) -> bool:
    """True when this official text is offered as a private edition; the others stand beside our shipped one."""
    return text.part == "criteria" and text.referential in _LINKS


def private_edition(text: OfficialText, where: str, *, key: str | None = None) -> Edition:
    """The official words as an edition with one verdict a criterion; ``key`` names it ("org:<uuid>/wsg")."""
    if not becomes_an_edition(text):
        raise TerreauError("referentials.official_unknown", where=where)
    document = {
        "key": text.referential,
        "version": text.version,
        "title": text.title,
        "summary": _SUMMARIES[text.referential],
        "authority": text.publisher,
        "link": _LINKS[text.referential],
        "concerns": ["service"],
        "mode": "single",
        "wording": {
            "licence": text.licence,
            "note": {"fr": "Texte de l’éditeur, inchangé.", "en": "The publisher’s text, unchanged."},
        },
        "scale": _YES_NO,
        "scoring": ["rgesn-conforming-1"],
        "themes": _themes(text),
    }
    return edition_from(document, where, key=key)


def _themes(text: OfficialText) -> list[dict[str, Any]]:
    """Categories (or themes) > guidelines (or the theme again) > criteria, in the order of the file."""
    held: dict[str, dict[str, list[Any]]] = {}
    slugs: dict[str, str] = {}
    for entry in text.entries.values():
        theme = entry.extra.get("category") or entry.extra["thematique"]
        rubric = entry.extra.get("guideline") or theme
        slugs[rubric] = entry.extra.get("id") or entry.number.partition(".")[0]
        held.setdefault(theme, {}).setdefault(rubric, []).append(_criterion(entry, text.referential))
    return [
        {
            "key": str(rank),
            "title": theme,
            "rubrics": [
                {"key": slugs[name][:80], "title": name, "criteria": criteria} for name, criteria in rubrics.items()
            ],
        }
        for rank, (theme, rubrics) in enumerate(held.items(), 1)
    ]


def _criterion(entry: OfficialEntry, referential: str) -> dict[str, Any]:
    made: dict[str, Any] = {"key": entry.number, "question": entry.question}
    if entry.goal:
        made["why"] = entry.goal
    if entry.how:
        made["expects"] = {"verdict": entry.how}
    if referential == "wsg":
        made["link"] = f"{_LINKS['wsg']}#{entry.extra['id']}"
    elif "url" in entry.extra:
        made["link"] = entry.extra["url"]
    return made
