"""The document of a private edition, put together while a received grid is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from terreau.kernel.text import normal
from terreau.referentials.grids.mapping import Mapping
from terreau.referentials.grids.numbering import split_number
from terreau.referentials.grids.vocabulary import EXPECTS, FACETS, NA, TICKS, UNDECIDED, UNTESTED, USUAL

_SAFE = re.compile(r"[^a-z0-9]+")
_SCALES = {
    "single": (("none", "0", "Non", "No"), ("partial", "1/2", "En partie", "Partly"), ("yes", "1", "Oui", "Yes")),
    "dmr": (("none", "0", "Rien", "None"), ("partial", "1/2", "En partie", "Partly"), ("yes", "1", "Oui", "Yes")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One criterion as the grid gives it."""

    key: str
    number: str
    text: str
    why: str = ""
    expected: str = ""
    points: Fraction | None = None
    level: str = ""
    expects: dict[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class _Part:
    number: str
    title: str
    parts: list[Any] = field(default_factory=list)


@dataclass(kw_only=True)
class Draft:
    """Themes > rubrics > questions, in the order of the grid."""

    themes: list[_Part] = field(default_factory=list)
    criteria: list[Question] = field(default_factory=list)
    theme: _Part | None = None
    rubric: _Part | None = None

    def close(self) -> None:
        """What comes next belongs to no theme known yet."""
        self.theme = self.rubric = None

    def open_theme(self, number: str, title: str) -> None:
        """A new theme begins."""
        self.theme, self.rubric = _Part(number=number, title=title), None
        self.themes.append(self.theme)

    def theme_called(self, title: str) -> None:
        """The theme of a column: the one already met under this title, or a new one; its number is taken apart."""
        number, title = split_number(title)
        if self.theme is not None and normal(self.theme.title) == normal(title):
            return
        met = next((one for one in self.themes if normal(one.title) == normal(title)), None)
        if met is None:
            self.open_theme(number, title)
        else:
            self.theme, self.rubric = met, None

    def open_rubric(self, number: str, title: str, otherwise: str) -> None:
        """A new rubric begins, in the theme that is open."""
        if self.theme is None:
            self.open_theme("", otherwise)
        assert self.theme is not None
        self.rubric = _Part(number=number, title=title)
        self.theme.parts.append(self.rubric)

    def rubric_called(self, title: str, otherwise: str) -> None:
        """The rubric of a column, met already in this theme or new."""
        if self.theme is None:
            self.open_theme("", otherwise)
        assert self.theme is not None
        number, title = split_number(title)
        met = next((one for one in self.theme.parts if normal(one.title) == normal(title)), None)
        if met is None:
            self.open_rubric(number, title, otherwise)
        else:
            self.rubric = met

    def add(self, question: Question, otherwise: str) -> None:
        """One more question, where we are; a theme without rubrics is its own rubric."""
        if self.rubric is None:
            if self.theme is None:
                self.open_theme("", otherwise)
            assert self.theme is not None
            self.open_rubric(self.theme.number, self.theme.title, otherwise)
        assert self.rubric is not None
        self.rubric.parts.append(question)
        self.criteria.append(question)


def words_of(mapping: Mapping) -> tuple[dict[str, str], str]:
    """(verdict key -> word of the grid, word for "not applicable"); usual keys where the shares are the usual ones."""
    made: dict[str, str] = {}
    away = ""
    for word, share in mapping.words.items():
        if share == NA:
            away = away or word
        else:
            key = USUAL.get(share, "untested" if share in (UNTESTED, UNDECIDED) else "v" + _SAFE.sub("-", share))
            made[key if key not in made else f"{key}-{len(made)}"] = word
    return made, away


def document_of(draft: Draft, mapping: Mapping) -> dict[str, Any]:
    """What ``loading.edition_from`` reads: a private edition in the words of its publisher."""
    mode = "dmr" if any(mapping.has(role) for role in (*FACETS, *EXPECTS)) else "single"
    pointed = any(question.points is not None for question in draft.criteria)
    levels = _levels(mapping)
    return {
        "key": slug(mapping.title),
        "version": mapping.version.strip(),
        "title": mapping.title.strip(),
        "authority": mapping.authority.strip() or "–",
        "concerns": [mapping.concerns],
        "mode": mode,
        "wording": {
            "licence": "LicenseRef-Received",
            "note": {
                "fr": "Grille reçue : ses mots sont ceux de son éditeur, pour votre usage.",
                "en": "Received grid: its words are its publisher’s, for your own use.",
            },
        },
        "scale": _scale(mapping, mode),
        "scoring": ["points-1", "nr-terreau-1"] if pointed else ["nr-terreau-1"],
        "levels": [_kept(level) for level in levels.values()],
        "themes": _themes(draft, mode, {title: level["key"] for title, level in levels.items()}, _best(mapping)),
    }


def slug(title: str) -> str:
    """A key of our own from a title: "Label Exemple 2026" is label-exemple-2026."""
    return _SAFE.sub("-", normal(title)).strip("-")[:60].strip("-") or "grille"


def _scale(mapping: Mapping, mode: str) -> list[dict[str, Any]]:
    words, _away = words_of(mapping)
    shares = {word: share for word, share in mapping.words.items() if share not in (NA, UNDECIDED, UNTESTED)}
    boxes = any(mapping.has(role) for role in TICKS)
    if len(set(shares.values())) < 2:  # one share says nothing: the usual scale, whose words go to free cells
        kept = [step for step in _SCALES[mode] if step[0] != "partial" or not boxes or mapping.has("tick_partial")]
        return [{"key": key, "share": share, "label": {"fr": fr, "en": en}} for key, share, fr, en in kept]
    told = [{"key": key, "share": shares.get(word), "label": word} for key, word in words.items()]
    return sorted(told, key=lambda one: Fraction(-1) if one["share"] is None else Fraction(one["share"]))


def _best(mapping: Mapping) -> str:
    """The verdict that earns everything."""
    words, _away = words_of(mapping)
    shares = {
        key: Fraction(mapping.words[word])
        for key, word in words.items()
        if mapping.words[word] not in (UNTESTED, UNDECIDED)
    }
    return max(shares, key=lambda key: shares[key]) if len(set(shares.values())) > 1 else "yes"


def _levels(mapping: Mapping) -> dict[str, dict[str, Any]]:
    """Title -> level, each with a key of its own."""
    made: dict[str, dict[str, Any]] = {}
    for rank, level in enumerate(mapping.levels, 1):
        key = slug(level.title)
        taken = {one["key"] for one in made.values()}
        made[level.title] = {
            "key": f"{key}-{rank}" if key in taken else key,
            "title": level.title,
            "points": level.points.replace(",", ".").replace(" ", "") or None,
        }
    return made


def _themes(draft: Draft, mode: str, levels: dict[str, str], best: str) -> list[dict[str, Any]]:
    themes, rubrics = set[str](), set[str]()
    made = []
    for rank, theme in enumerate((one for one in draft.themes if any(part.parts for part in one.parts)), 1):
        key = _free(theme.number or str(rank), themes)
        inner = []
        for place, rubric in enumerate((one for one in theme.parts if one.parts), 1):
            inner.append({
                "key": _free(rubric.number or f"{key}-{place}", rubrics), "title": rubric.title[:400],
                "criteria": [_criterion(question, mode, levels, best) for question in rubric.parts],
            })  # fmt: skip
        made.append({"key": key, "title": theme.title[:400], "rubrics": inner})
    return made


def _criterion(question: Question, mode: str, levels: dict[str, str], best: str) -> dict[str, Any]:
    facets = ("verdict",) if mode == "single" else FACETS
    asked = tuple(facet for facet in facets if question.expects.get(facet)) or facets
    expects = {facet: question.expects.get(facet) or _ASKED[facet] for facet in asked} if mode == "dmr" else {}
    level = levels.get(question.level)
    return _kept({
        "key": question.key, "number": question.number, "question": question.text, "why": question.why,
        "good_evidence": question.expected, "expects": expects,
        "points": None if question.points is None else str(question.points),
        "thresholds": {level: dict.fromkeys(asked, best)} if level else {},
    })  # fmt: skip


_ASKED = {
    "documents": {"fr": "Ce qui est écrit.", "en": "What is written down."},
    "means": {"fr": "Ce qui est mis en œuvre.", "en": "What is put in place."},
    "results": {"fr": "Ce qui est mesuré.", "en": "What is measured."},
}


def _free(wanted: str, taken: set[str]) -> str:
    """A key the loader accepts, not taken yet."""
    key = re.sub(r"[^A-Za-z0-9._-]+", "-", wanted).strip("-._")[:60] or "1"
    fresh = key if key not in taken else next(f"{key}-{n}" for n in range(2, 3_000) if f"{key}-{n}" not in taken)
    taken.add(fresh)
    return fresh


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", {}, [])}
