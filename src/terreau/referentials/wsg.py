"""The Web Sustainability Guidelines as a private edition: none is shipped, the W3C file is brought by the person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from terreau.kernel.errors import TerreauError
from terreau.referentials.edition import Edition
from terreau.referentials.loading import edition_from
from terreau.referentials.official import OfficialText, read_official

LINK = "https://www.w3.org/TR/web-sustainability-guidelines/"
_SCALE = [
    {"key": "none", "share": "0", "label": {"fr": "Non", "en": "No"}},
    {"key": "partial", "share": "1/2", "label": {"fr": "En partie", "en": "Partly"}},
    {"key": "yes", "share": "1", "label": {"fr": "Oui", "en": "Yes"}},
]


def wsg_edition(path: Path, *, key: str = "wsg") -> Edition:
    """The edition of a WSG file, its English words as they are; TerreauError when the file is another one."""
    text = read_official(path)
    if text.referential != "wsg":
        raise TerreauError("referentials.official_unknown", where=path.name)
    return edition_of(text, path.name, key=key)


def edition_of(text: OfficialText, where: str, *, key: str = "wsg") -> Edition:
    """Categories become themes, guidelines rubrics, success criteria criteria with a single verdict."""
    themes: dict[str, dict[str, Any]] = {}
    for number, entry in text.entries.items():
        theme = themes.setdefault(entry.extra["category"], {"rubrics": {}})
        rubric = theme["rubrics"].setdefault(entry.extra["id"], {"title": entry.extra["guideline"], "criteria": []})
        rubric["criteria"].append(
            {
                "key": number,
                "question": entry.question,
                "why": entry.goal,
                "expects": {"verdict": entry.how},
                "link": f"{LINK}#{entry.extra['id']}",
            }
        )
    document = {
        "key": "wsg",
        "version": text.version,
        "title": text.title,
        "summary": {
            "fr": "Projet de note du W3C, pas une norme ; texte anglais d’origine, importé par vous.",
            "en": "A W3C group note draft, not a standard; original English text, imported by you.",
        },
        "authority": text.publisher,
        "link": LINK,
        "concerns": ["service"],
        "mode": "single",
        "wording": {"licence": text.licence, "note": {"fr": "Texte du W3C, inchangé.", "en": "W3C text, unchanged."}},
        "scale": _SCALE,
        "scoring": ["rgesn-conforming-1"],
        "themes": [
            {
                "key": str(rank),
                "title": name,
                "rubrics": [
                    {"key": slug[:80], "title": rubric["title"], "criteria": rubric["criteria"]}
                    for slug, rubric in theme["rubrics"].items()
                ],
            }
            for rank, (name, theme) in enumerate(themes.items(), 1)
        ],
    }
    return edition_from(document, where, key=key)
