"""Levers as the pages show them: gains in one unit per table, ranks with their ties, what a lever worsens said beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from terreau.app.language import language
from terreau.app.plan import levers_words as words
from terreau.factors.criteria import Criterion
from terreau.factors.criteria import criterion as criterion_of
from terreau.kernel.interval import Interval
from terreau.publishing import chart_span, numbers

if TYPE_CHECKING:
    from terreau.levers import Lever

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gained:
    """One lever with what it brings: ``central`` and ``between`` in the unit of the table; worsens: « Climat : +12 kg »."""

    key: str
    title: str
    url: str
    commit: str
    setting: str
    rank: str
    better: str
    central: str
    between: str
    drawing: SafeString
    worsens: str
    effort: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gains:
    """A table of gains: its unit, its lines best first, and the levers that change nothing here."""

    unit: str
    lines: tuple[Gained, ...]
    without_effect: tuple[tuple[str, str], ...]
    tied: bool


def gains(told: Told, known: Mapping[str, Lever], slug: str, criterion: Criterion) -> Gains:
    """A ranking as a table; ``told``: as ``plan.gains`` tells it, ``known``: the levers by key."""
    every = [(one, _three(one, criterion.key)) for one in told["gains"]]
    moving = [(one, value) for one, value in every if (value.low, value.high) != (0.0, 0.0)]
    scale = numbers.scale((value.central for _, value in moving), criterion.unit, language())
    on = chart_span.axis(scale.interval(value) for _, value in moving)
    ranks = [one["rank"] for one, _ in moving]
    lines = tuple(
        Gained(
            **_named(one, known, slug), rank=_rank(one["rank"], ranks), better=_better(one["ahead"]), worsens=brief(worsens(one)),
            central=signed(scale.of(value.central)), between=signed_bounds(scale.interval(value)),
            drawing=mark_safe(chart_span.span(scale.interval(value), on)),  # noqa: S308  numbers only
        )
        for one, value in moving
    )  # fmt: skip
    idle = [one for one, value in every if (value.low, value.high) == (0.0, 0.0)]
    return Gains(
        unit=scale.unit, lines=lines, tied=len(set(ranks)) < len(ranks), without_effect=_linked(idle, known, slug)
    )


def felt(one: Told) -> bool:
    """True when the lever changes something here, on some criterion."""
    return any((each["all_years"]["low"], each["all_years"]["high"]) != (0.0, 0.0) for each in one["criteria"])


def left_out(told: Told, known: Mapping[str, Lever], slug: str) -> tuple[tuple[str, str], ...]:
    """Titles and addresses of the levers that touch no device of the fleet."""
    return _linked(told["left_out"], known, slug)


def by_criterion(gain: Told) -> list[dict[str, Any]]:
    """One lever on every criterion: the usual three first, then those it worsens, then the others."""
    order = {key: place for place, key in enumerate(words.FIRST)}
    rows = sorted(
        gain["criteria"], key=lambda one: (order.get(one["criterion"], 9), one["criterion"] not in gain["worsens"])
    )
    return [
        {
            "label": words.short(one["criterion"]),
            "worse": one["criterion"] in gain["worsens"],
            "last": quantity(one["last_year"], one["unit"]),
            "whole": quantity(one["all_years"], one["unit"]),
        }
        for one in rows
    ]


def headline(gain: Told) -> dict[str, Any] | None:
    """The gain on climate in big: number, unit, bounds, and whether it may well be none."""
    mine = next((one for one in gain["criteria"] if one["criterion"] == words.FIRST[0]), None)
    if mine is None:
        return None
    value = _three(gain, words.FIRST[0])
    scale = numbers.scale((value.central or value.high,), mine["unit"], language())
    return {"number": signed(scale.of(value.central)), "unit": scale.unit, "between": signed_bounds(scale.interval(value)),
            "unsure": value.low < 0 < value.high}  # fmt: skip


def quantity(three: Told, unit: str) -> str:
    """« 14 t CO₂ éq. (7,8 à 36) »; a gain under zero wears its sign."""
    value = Interval(three["low"], three["central"], three["high"])
    scale = numbers.scale((value.central or value.high,), unit, language())
    text = f"{signed(scale.of(value.central))}{numbers.NBSP}{scale.unit}"
    return text if value.is_exact else f"{text} ({signed_bounds(scale.interval(value))})"


def worsens(gain: Told) -> tuple[str, ...]:
    """What the lever makes heavier, with how much: « Métaux et minéraux : +48 g Sb éq. »."""
    found = {one["criterion"]: one for one in gain["criteria"] if one["criterion"] in gain["worsens"]}
    order = [*(key for key in words.FIRST if key in found), *(key for key in found if key not in words.FIRST)]
    colon = gettext("%(what)s : +%(how_much)s")
    return tuple(
        colon % {"what": words.short(key),
                 "how_much": numbers.quantity(-found[key]["all_years"]["central"], found[key]["unit"], language())}
        for key in order
    )  # fmt: skip


def brief(told: Sequence[str], most: int = 2) -> str:
    """The first of a list, and how many more."""
    shown = ", ".join(told[:most])
    more = len(told) - most
    return (
        shown
        if more <= 0
        else ngettext("%(first)s et %(n)s autre", "%(first)s et %(n)s autres", more) % {"first": shown, "n": more}
    )


def signed(value: float) -> str:
    """A number with a true minus sign."""
    text = numbers.number(abs(value), language())
    return f"−{text}" if value < 0 and text != "0" else text


def signed_bounds(value: Interval) -> str:
    """« −4,7 à 23 »."""
    joint = "to" if language() == "en" else "à"
    return f"{signed(value.low)} {joint} {signed(value.high)}"


def commit_url(slug: str, key: str, value: Any, operator: str = "") -> str:
    """Where one commits to a lever with its setting: ``?levier=LV01=7``."""
    return f"{reverse('plan:new', args=[slug])}?{urlencode({'levier': typed(key, value, operator)})}"


def typed(key: str, value: Any, operator: str = "") -> str:
    """A lever and its setting as a person types them: "LV01=7", "life:monitor=+1"."""
    if value is None:
        return key
    return f"{key}={'+' if operator == 'add' else ''}{value if isinstance(value, str) else f'{value:g}'}"


def lever_url(slug: str, key: str) -> str:
    """The page of one lever."""
    return reverse("plan:lever", args=[slug, key])


def found(key: str, known: Mapping[str, Lever]) -> Lever:
    """The lever of a key, those made for any category included ("life:monitor")."""
    return known[key] if key in known else _generic(key)


@lru_cache(maxsize=256)
def _generic(key: str) -> Lever:
    from terreau.levers import lever

    return lever(key)


def _named(one: Told, known: Mapping[str, Lever], slug: str) -> dict[str, Any]:
    lever = found(one["key"], known)
    return {
        "key": one["key"], "title": lever.title.in_(language()), "url": lever_url(slug, one["key"]),
        "commit": commit_url(slug, one["key"], one["value"], one["operator"]),
        "setting": words.setting(lever, one["value"], one["operator"]), "effort": words.efforts()[lever.effort],
    }  # fmt: skip


def _linked(ones: Iterable[Told], known: Mapping[str, Lever], slug: str) -> tuple[tuple[str, str], ...]:
    return tuple((found(one["key"], known).title.in_(language()), lever_url(slug, one["key"])) for one in ones)


def _rank(rank: int, ranks: Sequence[int]) -> str:
    """« 3 », or « 3 ex æquo » when another has the same; '' when nothing parts any of them."""
    if len(set(ranks)) < 2 and len(ranks) > 1:
        return ""
    return gettext("%(rank)s ex æquo") % {"rank": rank} if ranks.count(rank) > 1 else str(rank)


def _three(one: Told, criterion: str) -> Interval:
    told = next(each for each in one["criteria"] if each["criterion"] == criterion)["all_years"]
    return Interval(told["low"], told["central"], told["high"])


def unit_of(criterion: str) -> str:
    """The unit of a criterion as people read it."""
    return criterion_of(criterion).printed_unit(language())


def _better(ahead: int) -> str:
    """How many others gain surely more: what the intervals tell even of two of one rank."""
    if not ahead:
        return gettext("aucun ne fait sûrement mieux")
    return ngettext("%(n)s fait sûrement mieux", "%(n)s font sûrement mieux", ahead) % {"n": ahead}
