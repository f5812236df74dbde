"""One figure as every page shows it: value, unit, interval, drawing, reason (chiffre)."""

from dataclasses import dataclass

from terreau.kernel.interval import Interval
from terreau.publishing import chart, numbers

_SAID = {
    "fr": {"gauge": "Intervalle : de {low} à {high}, valeur centrale {central} {unit}", "at_least": "au moins"},
    "en": {"gauge": "Interval: from {low} to {high}, central value {central} {unit}", "at_least": "at least"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure ready to be read. ``interval`` is the words of the bounds, '' for an exact value."""

    key: str
    number: str
    unit: str
    interval: str
    gauge: str
    prefix: str = ""

    @property
    def text(self) -> str:
        """The figure in one line: ``au moins 190 t CO₂ éq.``."""
        return " ".join(part for part in (self.prefix, f"{self.number}{numbers.NBSP}{self.unit}") if part)


def figure(
    key: str,
    value: Interval | None,
    unit: str,
    language: str = "fr",
    *,
    at_least: bool = False,
    upto: float | None = None,
) -> Figure:
    """A figure from its interval, in a readable unit; a missing value reads as missing.

    value: low, central, high in ``unit``; at_least: something known to exist is not in the value
    upto: the largest value drawn beside it, so that figures side by side share one axis
    """
    if value is None:
        return Figure(key=key, number=numbers.MISSING[language], unit="", interval="", gauge="")
    chosen = numbers.scale((value.central,), unit, language)
    shown = chosen.interval(value)
    said = {name: numbers.number(getattr(shown, name), language) for name in ("low", "central", "high")}
    exact = value.is_exact
    title = _SAID[language]["gauge"].format(unit=chosen.unit, **said)
    return Figure(
        key=key,
        number=said["central"],
        unit=chosen.unit,
        interval="" if exact else numbers.between(value, unit, language),
        gauge=""
        if exact
        else chart.gauge(key=f"{key}-g", interval=value, unit=unit, title=title, language=language, upto=upto),
        prefix=_SAID[language]["at_least"] if at_least else "",
    )
