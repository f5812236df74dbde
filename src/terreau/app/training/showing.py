"""What the pages of training show: rates in words, with both terms and what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from terreau.kernel.text import normal
from terreau.publishing import numbers

if TYPE_CHECKING:
    from terreau.app.training.gathered import Line, Rates
    from terreau.indicators.training import Rate
    from terreau.indicators.training_paths import Step
    from terreau.referentials.edition import Words

MOST_ROWS = 25


def page(told: Rates, language: str) -> dict[str, Any]:
    """Both rates of everybody, then a row for each profession."""
    rows = [line(one, language) for one in told.professions]
    return {"everybody": line(told.everybody, language), "rows": rows[:MOST_ROWS], "more": len(rows) - len(rows[:MOST_ROWS]), "days": told.days,
            "period": told.period, "staffed": told.staffed}  # fmt: skip


def line(one: Line, language: str) -> dict[str, Any]:
    """One row: name, both rates."""
    name = {"": _("Tout le monde"), "?": _("Métier non dit")}.get(one.key, one.name)
    uncounted = not one.key and one.rate is not None and one.rate.measured.denominator is None
    return {
        "name": name,
        "rate": rate(one.rate, language, always=uncounted),
        "onboarding": rate(one.onboarding, language),
    }


def rate(one: Rate | None, language: str, *, always: bool = False) -> dict[str, Any] | None:
    """A rate with its two terms; its reason when it is absent, what it leaves out.

    always: tell it, reason and remedy, even when nobody stands above nor below
    """
    if one is None or (not always and not one.measured.numerator and not one.measured.denominator):
        return None
    told = one.measured
    below = told.denominator
    return {
        "text": numbers.percent(told.value, language) if told.value is not None else "",
        "share": told.value,
        "above": int(told.numerator or 0),
        "below": None if below is None else int(below),
        "reason": one.reason.words(language) if one.reason else None,
        "excluded": [(row.label(language), int(row.value or 0)) for row in told.excluded],
    }


def terms(one: Rate | None) -> list[Any]:
    """Rate, numerator, denominator as a file holds them; blank when absent."""
    if one is None:
        return ["", "", ""]
    told = one.measured
    return ["" if each is None else each for each in (told.value, told.numerator, told.denominator)]


KINDS = {
    "onboarding": lambda: _("à l’arrivée"),
    "awareness": lambda: _("sensibilisation"),
    "practice": lambda: _("pratique"),
    "deepening": lambda: _("approfondissement"),
}


def _indicator(key: str) -> Words:
    from terreau.indicators.catalogue import indicator

    return indicator(key).name


def step(one: Step, there: Mapping[str, int], language: str) -> dict[str, Any]:
    """One step of a path in words, and the course made of it when there is one."""
    title = one.title.in_(language)
    return {
        "key": one.key,
        "title": title,
        "able": one.able.in_(language),
        "kind": KINDS[one.kind](),
        "hours": numbers.number(one.hours, language),
        "serves": [_indicator(key).in_(language) for key in one.serves],
        "course": there.get(normal(title)),
    }
