"""How values, targets and standings are written on the pages of this room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from terreau.app.language import language, quoted
from terreau.indicators import words
from terreau.indicators.definition import Indicator
from terreau.indicators.followed import Target
from terreau.indicators.meters import known_units
from terreau.indicators.progress import Progress
from terreau.indicators.remarks import Remark
from terreau.indicators.series import Point
from terreau.indicators.units import symbol
from terreau.indicators.values import Value
from terreau.kernel.interval import Interval
from terreau.publishing import numbers

WHOLE = frozenset({"count", "hour"})
"""Units told with every digit of their whole part."""
STANDINGS: Mapping[str, tuple[str, Any]] = {
    "reached": ("ok", gettext_lazy("cible atteinte")),
    "reached_late": ("ok", gettext_lazy("atteinte après l’échéance")),
    "on_track": ("ok", gettext_lazy("dans les temps")),
    "late": ("warn", gettext_lazy("en retard")),
    "unclear": ("info", gettext_lazy("incertain")),
    "missed": ("bad", gettext_lazy("cible manquée")),
    "unmeasured": ("warn", gettext_lazy("échue sans mesure")),
    "not_started": ("info", gettext_lazy("pas de mesure depuis le départ")),
    "broken": ("warn", gettext_lazy("méthode changée")),
    "impossible": ("bad", gettext_lazy("cible à revoir")),
    "": ("", gettext_lazy("sans cible")),
}
"""Status of a progress -> its chip and its words; '' when there is no target."""
MARKS = {"on_track": "on_track", "late": "late", "missed": "late", "unmeasured": "late", "reached": "reached", "reached_late": "reached"}  # fmt: skip
"""Status of a progress -> how the other rooms read it; anything else is "unknown"."""


def figure(value: float | None, unit: str) -> str:
    """A number as this unit is read: whole counts entire, anything else with two significant digits."""
    lang = language()
    if value is None:
        return numbers.MISSING[lang]
    if unit in WHOLE and (value == round(value) or abs(value) >= 100):
        return numbers.count(value, lang)
    if unit == "%" and 99 < value < 100:
        return numbers.decimal(value, lang, 1)
    return numbers.number(value, lang)


def unit_mark(unit: str) -> str:
    """The unit beside a figure, '' when it has none."""
    return symbol(unit, language())


def joined(text: str, unit: str) -> str:
    """A figure and its unit, kept on one line."""
    mark = unit_mark(unit)
    if not mark:
        return text
    if mark == "%":
        return text + (numbers.NNBSP if language() == "fr" else "") + mark
    return text + ("" if mark.startswith("/") else numbers.NBSP) + mark.replace(" ", numbers.NBSP)


def written(value: float | None, unit: str) -> str:
    """A value with its unit."""
    return figure(value, unit) if value is None else joined(figure(value, unit), unit)


def between(held: Interval | None, unit: str) -> str:
    """The bounds with their unit: ``de 4,1 à 5,6 ans``; '' when nothing is in doubt."""
    if held is None or held.is_exact:
        return ""
    told = {"low": figure(held.low, unit), "high": joined(figure(held.high, unit), unit)}
    return gettext("de %(low)s à %(high)s") % told


def when(value: Value) -> str:
    """The day or the period a value speaks of, as finely as it is known."""
    lang = language()
    if value.precision == "year":
        return str(value.on.year)
    if value.precision == "month":
        month = numbers.EN_MONTHS[value.on.month - 1] + numbers.NBSP if lang == "en" else f"{value.on:%m}/"
        return f"{month}{value.on.year}"
    if value.precision == "quarter":
        return f"{'Q' if lang == 'en' else 'T'}{(value.on.month + 2) // 3}{numbers.NBSP}{value.on.year}"
    if value.precision == "half-year":
        return f"{'H' if lang == 'en' else 'S'}{1 if value.on.month <= 6 else 2}{numbers.NBSP}{value.on.year}"
    return numbers.day(value.on, lang)


def target_words(target: Target | None, unit: str) -> str:
    """A target and its day; '' when there is none."""
    if target is None:
        return ""
    told = {"value": written(target.value, unit), "due": numbers.day(target.due, language())}
    return gettext("%(value)s au %(due)s") % told


def standing(found: Progress | None) -> tuple[str, str]:
    """Chip and words of where a value stands."""
    chip, told = STANDINGS[found.status if found else ""]
    return chip, str(told)


def told(one: Remark, about: Indicator | None = None) -> Any:
    """What, why and remedy, in the language of the page; days, methods and the indicator said as people know them."""
    methods = {name: method(str(one.facts[name])) for name in ("old", "new") if isinstance(one.facts.get(name), str)}
    days = {name: day(fact) for name, fact in one.facts.items() if isinstance(fact, date)}
    named = (
        {"indicator": quoted(about.name.in_(language()))} if about and one.facts.get("indicator") == about.key else {}
    )
    return replace(one, facts={**one.facts, **methods, **days, **named}).words(language())


def method(mark: str) -> str:
    """A method and its version in words: that of a meter is Terreau's."""
    key, _at, version = mark.partition("@")
    if "." not in key or key not in known_units():
        return f"{key}, {version}" if version else key
    ours = gettext("mesuré par Terreau")
    return f"{ours} ({version})" if version else ours


def titled(one: Indicator, points: tuple[Point, ...], target: Target | None) -> str:
    """What a small curve shows, for whoever does not see it."""
    name = one.name.in_(language())
    said = ", ".join(f"{when(point.used)} {figure(point.used.value, one.unit)}" for point in points[-6:])
    aim = gettext(" ; cible %(target)s") % {"target": target_words(target, one.unit)} if target else ""
    return gettext("%(name)s : %(said)s%(aim)s") % {"name": name, "said": said, "aim": aim}


def facts(one: Indicator) -> list[tuple[str, str]]:
    """The definition of an indicator, line by line."""
    lang = language()
    rows = [
        (_("Ce que l’on compte"), one.numerator.in_(lang)),
        (_("Rapporté à"), one.denominator.in_(lang) if one.denominator else ""),
        (_("Formule"), one.formula),
        (_("Unité"), unit_mark(one.unit) or _unit_name(one.unit)),
        (_("Sens"), words.DIRECTIONS[one.direction].in_(lang)),
        (_("Fréquence"), words.FREQUENCIES[one.frequency].in_(lang)),
        (_("Source"), words.SOURCES[one.source].in_(lang)),
        (_("Sorte"), words.NATURES[one.nature].in_(lang)),
        (_("Périmètre"), one.scope.in_(lang) if one.scope else ""),
        (_("Où trouver les chiffres"), one.where.in_(lang) if one.where else ""),
    ]  # fmt: skip
    return [(str(label), text) for label, text in rows if text]


def day(value: date | None) -> str:
    """A day, as the language of the page writes it."""
    return numbers.day(value, language())


def _unit_name(unit: str) -> str:
    from terreau.indicators.units import unit_name

    return unit_name(unit, language())
