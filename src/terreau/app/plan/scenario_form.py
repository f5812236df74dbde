"""A scenario as an address or a form writes it: levers ticked with their setting and first year, hypotheses, presets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from terreau.app.language import language
from terreau.app.plan import levers_showing
from terreau.app.plan.models_scenarios import Scenario
from terreau.app.plan.trajectory_asking import MOST_YEARS, USUAL_YEARS, Asked, Move
from terreau.kernel.errors import TerreauError
from terreau.kernel.term import figure
from terreau.levers.numbers import number

if TYPE_CHECKING:
    from django.http import QueryDict

    from terreau.levers import Lever

MOST_LEVERS, MOST_TEXT = 20, 80
SHOWN = 14
"""Levers a page offers unless all are asked: those chosen, then those of the least effort."""
PRESETS = {
    "durer": (_lazy("Faire durer"), _lazy("Garder et réparer plus longtemps ce que l’on a."), ("lifespan",), 2),
    "moins": (_lazy("Acheter moins, acheter d’occasion"), _lazy("Moins d’appareils par personne, et du reconditionné."),
              ("count", "second_hand"), 3),
    "electricite": (_lazy("Électricité et salles machine"), _lazy("Consommer moins, mieux refroidir, changer d’électricité."),
                    ("kwh", "pue", "zone"), 3),
    "ensemble": (_lazy("Tout ce qui ne coûte que des mois"), _lazy("Les leviers dont l’effort se compte en semaines ou en mois."),
                 ("lifespan", "count", "second_hand", "kwh", "pue"), 2),
}  # fmt: skip
"""Key: name, words, families of levers, greatest effort."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One lever of the form: what was typed for it, and what is wrong with it."""

    lever: Lever
    title: str
    unit: str
    on: bool
    value: str
    year: str
    error: str = ""


@dataclass(slots=True, kw_only=True)
class Tried:
    """What somebody asks to try. errors: (id of a field, words)."""

    years: int = USUAL_YEARS
    growth: Mapping[str, float] = field(default_factory=dict)
    backlog: float | None = None
    chosen: dict[str, tuple[str, str]] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    typed: dict[str, str] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> Asked:
        """The plan to be simulated."""
        return Asked(name="tried", moves=self.moves, growth=self.growth, backlog=self.backlog)

    @property
    def hidden(self) -> list[tuple[str, str, str]]:
        """Each lever with its setting and first year, as a form sends them again."""
        return [(key, *told) for key, told in self.chosen.items()]

    def levers(self, at: date) -> list[dict[str, Any]]:
        """As a scenario keeps them: with the calendar year they start."""
        return [{"text": one.text, "year": at.year + one.start} for one in self.moves]


def read(given: QueryDict, at: date, known: Mapping[str, Lever], own: Sequence[Lever], held: Any) -> Tried:
    """What an address or a form says; ``held``: the hypotheses of the organisation, where it says nothing."""
    told = Tried(years=held.years, growth=dict(held.growth), backlog=held.backlog)
    told.typed = {name: given.get(name, "").strip()[:20] for name in ("annees", "croissance", "rattrapage")}
    if given.get("essai"):
        _years(told)
        _growth(told)
        _backlog(told)
    keys = list(dict.fromkeys(key[:MOST_TEXT] for key in given.getlist("levier")))[:MOST_LEVERS]
    told.chosen = {
        key: (given.get(f"valeur-{key}", "").strip()[:20], given.get(f"annee-{key}", "").strip()[:6]) for key in keys
    }
    found = [_move(told, key, at, known, own) for key in keys]
    told.moves = tuple(one for one in found if one is not None)
    return told


def of_levers(levers: Iterable[tuple[str, int]], at: date, held: Any, own: Sequence[Lever]) -> Tried:
    """A trial from levers as typed ("LV01=6") and the year each starts; one that is gone is said."""
    from terreau.levers import parse

    told = Tried(years=held.years, growth=dict(held.growth), backlog=held.backlog)
    moves = []
    for text, start in levers:
        try:
            chosen = parse(text, own)
        except TerreauError as refused:
            words = refused.words(language())
            told.errors.append(("leviers", f"{words.what} {words.remedy}"))
            continue
        if chosen.lever.kind == "computed" and start <= told.years:
            told.chosen[chosen.lever.key] = (_shown(chosen), str(at.year + start))
            moves.append(Move(key=chosen.lever.key, text=str(chosen), start=start))
    told.moves = tuple(moves)
    return told


def preset(key: str, levers: Iterable[Lever], categories: Iterable[str]) -> list[tuple[str, int]]:
    """The levers of a preset, as typed, from the first year; of two lifespans of one category, the least demanding."""
    _name, _words, families, effort = PRESETS[key]
    found: dict[str, Lever] = {}
    for one in offered(levers, categories):
        if one.family in families and one.effort <= effort and one.parameter:
            found.setdefault(one.parameter, one)
    return [(one.key, 1) for one in found.values()]


def offered(levers: Iterable[Lever], categories: Iterable[str]) -> list[Lever]:
    """The computed levers that touch the kinds of devices of the fleet."""
    present = {*categories, "", "*"}
    return [one for one in levers if one.kind == "computed" and one.category in present]


def lines(told: Tried, levers: Sequence[Lever], at: date, *, all_of_them: bool = False) -> list[Line]:
    """The levers offered, in the order of the catalogue, then those chosen that are not usually offered."""
    keys = {one.key for one in levers}
    chosen = [one for one in levers if one.key in told.chosen]
    easy = sorted((one for one in levers if one.key not in told.chosen), key=lambda one: one.effort)
    shown = {one.key for one in [*chosen, *(easy if all_of_them else easy[: max(SHOWN - len(chosen), 0)])]}
    more = [levers_showing.found(key, {}) for key in told.chosen if key not in keys and key not in told.wrong]
    return [_line(told, one, at) for one in [*(one for one in levers if one.key in shown), *more]]


def written(value: float | None) -> str:
    """A number as its field writes it, '' for none."""
    return "" if value is None else figure(float(value), language())


def kept(row: Scenario, at: date) -> list[tuple[str, int]]:
    """The levers of a scenario, on today's inventory."""
    return [(one["text"], max(int(one["year"]) - at.year, 1)) for one in row.levers]


def _line(told: Tried, one: Lever, at: date) -> Line:
    value, year = told.chosen.get(one.key, (_shown(one), str(at.year + 1)))
    return Line(lever=one, title=one.title.in_(language()), unit=one.unit.in_(language()), on=one.key in told.chosen, value=value,
                year=year, error=told.wrong.get(one.key, ""))  # fmt: skip


def _move(told: Tried, key: str, at: date, known: Mapping[str, Lever], own: Sequence[Lever]) -> Move | None:
    """One lever as typed; what cannot be used is said beside it."""
    from terreau.levers import parse

    value, year = told.chosen[key]
    try:
        lever = levers_showing.found(key, known)
        chosen = parse(f"{key}={value}" if value else key, own)
    except TerreauError as refused:
        words = refused.words(language())
        told.wrong[key] = f"{words.what} {words.remedy}"
        told.errors.append((f"valeur-{key}", told.wrong[key]))
        return None
    start = int(year) - at.year if year.isascii() and year.isdigit() else 0 if year else 1
    if not 1 <= start <= told.years:
        told.wrong[key] = _("Une année de %(first)s à %(last)s.") % {"first": at.year + 1, "last": at.year + told.years}
        told.errors.append((f"annee-{key}", f"{lever.title.in_(language())} : {told.wrong[key]}"))
        return None
    return Move(key=key, text=str(chosen), start=start)


def _years(told: Tried) -> None:
    text = told.typed["annees"]
    if text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_YEARS:
        told.years = int(text)
    else:
        told.errors.append(("annees", _("Nombre d’années : de 1 à %(most)s.") % {"most": MOST_YEARS}))


def _growth(told: Tried) -> None:
    text = told.typed["croissance"].removesuffix("%").strip()
    value = number(text) if text else 0.0
    if value is None or not -50 <= value <= 100:
        told.errors.append(("croissance", _("Croissance : un nombre de −50 à 100, en % par an.")))
    else:
        rest = {key: percent for key, percent in told.growth.items() if key != "*"}
        told.growth = rest | ({"*": float(value)} if value else {})


def _backlog(told: Tried) -> None:
    text = told.typed["rattrapage"]
    value = number(text) if text else None
    if text and (value is None or not 1 / 12 <= value <= 30):
        told.errors.append(("rattrapage", _("Rattrapage : de 0,1 à 30 ans, ou rien.")))
    else:
        told.backlog = value


def _shown(one: Any) -> str:
    """The setting of a lever, proposed or chosen, as its field writes it."""
    if one.value is None or isinstance(one.value, str):
        return one.value or ""
    text = figure(float(one.value), language())
    return f"+{text}" if one.operator == "add" and one.value > 0 else text


def setting_words(texts: Iterable[Mapping[str, Any]], known: Mapping[str, Lever]) -> list[tuple[str, int]]:
    """The levers of a scenario in words, with the year each starts."""
    from terreau.app.plan.trajectory_showing import lever_words

    return [(lever_words(one["text"], known), int(one["year"])) for one in texts]
