"""The mapping screen: what it shows of a received grid, and what a person sends back."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from terreau.app.referentials.models import ReceivedGrid
from terreau.app.referentials.showing import figure, language
from terreau.kernel.text import normal
from terreau.referentials.grids.grid import FATES, WHY_ASIDE
from terreau.referentials.grids.vocabulary import NAMES

SHOWN_REMARKS = 6
_SHARE = re.compile(r"\d{1,6}(?:[.,]\d{1,6})?(?: ?%|/\d{1,6})?")  # no power of ten: a few letters would fill the memory
MOST_COLUMNS = 16


def page(draft: ReceivedGrid, wanted: str) -> dict[str, Any]:
    """Everything the screen shows: the frame, one sheet at a time, the first criteria, the fate of lines."""
    told, lang = draft.understood, language()
    sheets = told["sheets"]
    shown = next((one for one in sheets if one["name"] == wanted), None) or next(
        (one for one in sheets if one["used"]), sheets[0]
    )
    columns = [one | {"word": NAMES[one["role"]].in_(lang) if one["role"] else ""} for one in shown["columns"]]
    return {
        "draft": draft, "mapping": draft.mapping, "sheet": shown, "columns": columns[:MOST_COLUMNS],
        "sheets": [(one["name"], one["used"], one["name"] == shown["name"]) for one in sheets],
        "roles": [words.in_(lang) for words in NAMES.values()],
        "themes": [(key, label, key == draft.mapping["themes"]) for key, label in themes()],
        "depths": [(depth, label, depth == draft.mapping["depth"]) for depth, label in depths()],
        "words": [(rank, word, _shares().get(share, share)) for rank, (word, share) in enumerate(dict(draft.mapping["words"]).items())],
        "shares": [label for value, label in _shares().items() if value], "more": max(0, len(columns) - MOST_COLUMNS),
        "levels": "\n".join(f"{one['title']} ; {one['points']}".rstrip(" ;") for one in draft.mapping["levels"]),
        "first": [one | {"points": figure(Fraction(one["points"]) if one["points"] else None)} for one in told["first"]],
        "criteria": told["criteria"], "points": figure(Fraction(told["points"]) or None),
        "fates": [(label, told["fates"].get(key, 0)) for key, label in fates() if told["fates"].get(key)],
        "remarks": remarks(told, lang),
    }  # fmt: skip


def themes() -> list[tuple[str, str]]:
    """Where themes may be."""
    return [("banner", _("dans des lignes de titre")), ("column", _("dans une colonne")), ("sheet", _("une feuille par thème")),
            ("none", _("il n'y en a pas"))]  # fmt: skip


def depths() -> list[tuple[int, str]]:
    """What the number of a criterion looks like."""
    return [(0, _("peu importe")), (1, "1, 2, 3 / A, B, C"), (2, "1.1, 1.2 / A.1"), (3, "1.1.1, 1.1.2"), (4, "1.1.1.1")]


def fates() -> list[tuple[str, str]]:
    """What may become of a line."""
    return [("criterion", _("critères")), ("theme", _("titres de thème")), ("rubric", _("titres de rubrique")),
            ("heading", _("titres de colonnes")), ("blank", _("vides")), ("aside", _("mises de côté"))]  # fmt: skip


def remarks(told: Mapping[str, Any], lang: str) -> list[dict[str, Any]]:
    """One of each kind, with how many others there are."""
    made: dict[str, dict[str, Any]] = {}
    for sheet, line, french, english, code in told["remarks"]:
        one = made.setdefault(
            code, {"sheet": sheet, "line": line, "words": english if lang == "en" else french, "more": -1}
        )
        one["more"] += 1
    return list(made.values())[:SHOWN_REMARKS]


def lines(told: Mapping[str, Any]) -> list[dict[str, str]]:
    """Every line of the workbook and its fate, in words."""
    lang = language()
    return [
        {"sheet": sheet, "line": line or "–", "fate": FATES[fate].in_(lang), "text": text, "key": key,
         "reason": WHY_ASIDE[reason].in_(lang) if reason else ""}
        for sheet, line, fate, text, key, reason in told["lines"] if fate != "blank"
    ]  # fmt: skip


def corrected(draft: ReceivedGrid, sent: Mapping[str, str]) -> dict[str, Any]:
    """The mapping as a person corrected it; what was not sent stays."""
    made: dict[str, Any] = copy.deepcopy(draft.mapping)
    for name, most in (("title", 300), ("version", 40), ("authority", 200)):
        made[name] = sent.get(name, made[name]).strip()[:most]
    made["concerns"] = "service" if sent.get("concerns") == "service" else "organisation"
    made["themes"] = sent.get("themes", made["themes"])
    made["depth"] = _whole(sent.get("depth", ""), made["depth"])
    made["words"] = [
        [word, _share_of(sent[f"word-{rank}"]) or "" if f"word-{rank}" in sent else share]
        for rank, (word, share) in enumerate(dict(made["words"]).items())
    ]
    made["levels"] = [_level(line) for line in sent.get("levels", "").splitlines() if line.strip()][:12]
    shown = next((one for one in draft.understood["sheets"] if one["name"] == sent.get("sheet")), None)
    if shown is not None:
        _sheet(made, draft, shown, sent)
    return made


def unknown(draft: ReceivedGrid, sent: Mapping[str, str]) -> list[tuple[str, str]]:
    """(field, text) of the columns and words whose meaning is not one we know."""
    known = _known()
    sent_words = ((f"word-{rank}", sent.get(f"word-{rank}", "")) for rank in range(len(draft.mapping["words"])))
    words = [(name, text) for name, text in sent_words if _share_of(text) is None]
    fields = ((f"role-{one['place']}", sent.get(f"role-{one['place']}", "")) for sheet in draft.understood["sheets"]
              if sheet["name"] == sent.get("sheet") for one in sheet["columns"])  # fmt: skip
    return words + [(name, text) for name, text in fields if text.strip() and normal(text) not in known]


def _sheet(made: dict[str, Any], draft: ReceivedGrid, shown: Mapping[str, Any], sent: Mapping[str, str]) -> None:
    """The columns of the sheet shown, and of its twins: sheets with the very same headings."""
    known, columns = _known(), {}
    for one in shown["columns"]:
        text = sent.get(f"role-{one['place']}")
        role = one["role"] if text is None else known.get(normal(text), "")
        if role and role not in columns:
            columns[role] = one["place"]
    first = _whole(sent.get("first", ""), shown["first"] + 1) - 1
    used = bool(sent.get("used"))
    twins = {
        one["name"] for one in draft.understood["sheets"] if shown["headings"] and one["headings"] == shown["headings"]
    }
    held = {one["sheet"]: one for one in made["sheets"]}
    for name in {shown["name"], *(twins & set(held))}:
        own = first if name == shown["name"] else held[name]["first"]
        held[name] = {
            "sheet": name,
            "first": max(own, 0),
            "columns": dict(columns),
            "headings": list(shown["headings"]),
        }
    if not used:
        held.pop(shown["name"], None)
    order = [one["name"] for one in draft.understood["sheets"]]
    made["sheets"] = sorted(held.values(), key=lambda one: order.index(one["sheet"]))


def _known() -> dict[str, str]:
    """What a person may type for a role, in both languages."""
    return {normal(words): role for role, both in NAMES.items() for words in (both.fr, both.en)}


def _level(line: str) -> dict[str, str]:
    title, _sign, points = line.partition(";")
    return {"title": title.strip()[:60], "points": points.strip().lower().removesuffix("points").strip()[:12]}


def _shares() -> dict[str, str]:
    """What an allowed word may mean."""
    return {"": "", "0": _("rien (0)"), "1/4": _("un quart"), "1/3": _("un tiers"), "1/2": _("la moitié"), "2/3": _("deux tiers"),
            "3/4": _("trois quarts"), "1": _("tout (1)"), "na": _("ne s'applique pas"), "untested": _("pas encore évalué")}  # fmt: skip


def _whole(text: str, kept: int) -> int:
    """The whole number a person typed, ``kept`` when it is none or longer than any sheet."""
    return int(text) if text.isdecimal() and len(text) <= 7 else kept


def _share_of(text: str) -> str | None:
    """The share a person typed: words of the list, a fraction, a percentage; None when it is none of them."""
    told = normal(text)
    found = next((value for value, label in _shares().items() if normal(label) == told), None)
    if found is not None:
        return found
    if not _SHARE.fullmatch(told):
        return None
    try:
        share = Fraction(told.removesuffix("%").strip().replace(",", ".")) / (100 if told.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        return None
    return str(share) if 0 <= share <= 1 else None
