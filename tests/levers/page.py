"""The tables of docs/reference/leviers.md, drawn from the data; ``python -m tests.levers.page`` writes them again."""

from __future__ import annotations

import re
from collections.abc import Callable

from terreau import levers
from terreau.levers.generic import FORMS
from terreau.levers.numbers import shown
from terreau.levers.records import Lever, Paper
from terreau.levers.second_hand import second_hand_words
from terreau.levers.sources import papers
from tests.house.rules import REPO

PAGE = REPO / "docs/reference/leviers.md"
KIND = {"computed": "calculé", "study_mean": "étude", "enabler": "facilitateur"}
HOW = {"set": "fixe", "add": "ajoute", "multiply": "multiplie"}
SEEN = {"read": "lu", "ran": "exécuté", "computed": "calculé", "inferred": "jugé", "recalled": "de mémoire, à confirmer",
        "common_practice": "usage"}  # fmt: skip


def number(value: float | str | None) -> str:
    return "" if value is None else value if isinstance(value, str) else shown(value, "fr")


def keys(sources: tuple[Paper, ...]) -> str:
    return ", ".join(paper.key for paper in sources) or "–"


def setting(lever: Lever) -> str:
    """ "fixe 6 (de 2 à 12 ans)"; nothing for a lever that is not computed."""
    if lever.parameter is None:
        return ""
    bounds = f" (de {number(lever.low)} à {number(lever.high)})" if lever.low is not None else ""
    return f"{HOW[lever.operator]} {number(lever.value)}{bounds}"


def gain(lever: Lever) -> str:
    told = lever.published_gain
    return f"{number(told.value)} {told.unit.fr}" if told else "–"


def lever_rows() -> list[tuple[str, ...]]:
    return [
        (f"`{one.key}`", one.title.fr, KIND[one.kind], f"`{one.parameter}`" if one.parameter else "–", setting(one) or "–",
         gain(one), keys(one.sources))
        for one in levers.levers()
    ]  # fmt: skip


def form_rows() -> list[tuple[str, ...]]:
    return [
        (f"`{form}:…`", one.title.fr.format(category="…", other="…"), f"`{one.family}:…`",
         f"{HOW[one.operator]} {number(one.value)}", one.unit.fr)
        for form, one in FORMS.items()
    ]  # fmt: skip


def ratio_rows() -> list[tuple[str, ...]]:
    found = []
    for category in levers.second_hand_categories():
        low, central, high, source = levers.second_hand_ratio(category)
        found.append(
            (f"`{category}`", number(low), number(central), number(high), source.key, second_hand_words(category).fr)
        )
    return found


def path_rows() -> list[tuple[str, ...]]:
    return [
        (
            path.title.fr,
            str(rank),
            step.title.fr,
            ", ".join(step.levers),
            ", ".join(step.indicators),
            step.first_action.fr,
        )
        for path in levers.paths()
        for rank, step in enumerate(path.steps, 1)
    ]


def rule_rows() -> list[tuple[str, ...]]:
    return [
        (f"`{one.key}`", one.title.fr, f"`{one.condition}`", one.reason.fr, one.basis.fr, keys(one.sources))
        for one in levers.rules()
    ]


def paper_rows() -> list[tuple[str, ...]]:
    return [
        (
            f"`{key}`",
            f"[{one.title}]({one.url})" if one.url else one.title,
            one.publisher,
            one.year,
            SEEN[one.verification],
        )
        for key, one in sorted(papers().items())
    ]


TABLES: dict[str, tuple[tuple[str, ...], Callable[[], list[tuple[str, ...]]]]] = {
    "leviers": (("Clé", "Levier", "Genre", "Paramètre", "Réglage", "Gain publié", "Sources"), lever_rows),
    "formes": (("Forme", "Levier", "Paramètre", "Réglage de départ", "Unité"), form_rows),
    "reconditionne": (("Catégorie", "Bas", "Centre", "Haut", "Source", "Comment il est obtenu"), ratio_rows),
    "parcours": (("Parcours", "Étape", "Quoi", "Leviers", "Indicateurs", "Première action"), path_rows),
    "regles": (("Clé", "Règle", "Condition", "Raison", "D’où elle vient", "Sources"), rule_rows),
    "sources": (("Clé", "Document", "Éditeur", "Année", "Comment nous l’avons vu"), paper_rows),
}


def drawn(name: str) -> str:
    """One table in Markdown, between its two marks."""
    headings, rows = TABLES[name]
    lines = [f"| {' | '.join(headings)} |", f"|{' --- |' * len(headings)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows()]
    return "\n".join([f"<!-- table:{name} -->", *lines, f"<!-- fin:{name} -->"])


def rewritten(page: str) -> str:
    """The page with each of its tables drawn again."""
    for name in TABLES:
        page = re.sub(
            rf"<!-- table:{name} -->.*?<!-- fin:{name} -->", lambda _, n=name: drawn(n), page, flags=re.DOTALL
        )
    return page


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
