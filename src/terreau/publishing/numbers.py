"""Numbers as people read them: two significant digits, a unit, French first (nombres affichés).

Everything here returns text. French groups thousands with a narrow no-break space and marks
decimals with a comma (``1 234,5``); English mirrors it (``1,234.5``). A value is joined to its
unit with a no-break space, so that no line ends on a naked figure.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from terreau.kernel.interval import Interval

NBSP = "\u00a0"
NNBSP = "\u202f"
MISSING = {"fr": "donnée manquante", "en": "no data"}
_FILE_DATE = re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b")
EN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Ladders of readable units: the biggest rung the value reaches is used.
_MASS = ((1e9, "Mt"), (1e6, "kt"), (1e3, "t"), (1.0, "kg"), (1e-3, "g"), (1e-6, "mg"), (1e-9, "µg"))
_ENERGY = ((1e9, "PJ"), (1e6, "TJ"), (1e3, "GJ"), (1.0, "MJ"), (1e-3, "kJ"))
_POWER_HOURS = ((1e6, "GWh"), (1e3, "MWh"), (1.0, "kWh"), (1e-3, "Wh"))
_VOLUME = ((1.0, "m³"), (1e-3, "L"))
_LADDERS = {"kg": _MASS, "MJ": _ENERGY, "kWh": _POWER_HOURS, "m3": _VOLUME, "m³": _VOLUME}
_PRINTED = {"CO2": "CO₂", "m3": "m³", "H+": "H⁺", "U235": "U-235", "Pt": "pt"}
_FRENCH = {"world": "monde", "year": "an", "eq": "éq."}


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit shared by the numbers of one chart or table: shown = value / divisor, in ``unit``."""

    divisor: float
    unit: str

    def of(self, value: float) -> float:
        """The value in this scale's unit."""
        return value / self.divisor

    def interval(self, interval: Interval) -> Interval:
        """The interval in this scale's unit."""
        return Interval(interval.low / self.divisor, interval.central / self.divisor, interval.high / self.divisor)


def number(value: float | None, language: str = "fr", digits: int = 2) -> str:
    """A value with ``digits`` significant digits; ``None`` reads as missing, never as zero."""
    if value is None or not math.isfinite(value):
        return MISSING[language]
    if value == 0:
        return "0"
    exponent = math.floor(math.log10(abs(_rounded(value, digits))))
    if exponent < -4 or exponent >= 9:
        return _scientific(value, exponent, language, digits)
    decimals = max(0, digits - 1 - exponent)
    return _grouped(f"{_rounded(value, digits):,.{decimals}f}", language)


def count(value: float, language: str = "fr") -> str:
    """A whole count, every digit kept: devices, lines, people."""
    return _grouped(f"{round(value):,d}", language)


def decimal(value: float, language: str = "fr", decimals: int = 1) -> str:
    """A value with a fixed number of decimals: ages, ratios, power usage."""
    return _grouped(f"{value:,.{decimals}f}", language)


def percent(share: float | None, language: str = "fr", digits: int = 2) -> str:
    """A share (0.083 -> ``8,3 %``); shares of ten and more are whole, below one per mille ``< 0,1 %``."""
    if share is None:
        return MISSING[language]
    sign = f"{NNBSP}%" if language == "fr" else "%"
    points = share * 100
    if 0 < points < 0.1:
        return f"<{NNBSP}{_grouped('0.1', language)}{sign}"
    if digits == 2 and 10 <= points < 999.5:
        return f"{points:.0f}{sign}"
    return number(points, language, digits) + sign


def unit_text(unit: str, language: str = "fr") -> str:
    """A unit as printed: ``kg CO2 eq`` -> ``kg CO₂ éq.`` (fr), ``kg CO₂ eq.`` (en)."""
    if language == "fr":
        unit = unit.replace("disease incidence", "cas de maladie")
    words = [_PRINTED.get(word, word) for word in unit.replace("CO2e", "CO2 eq").replace(".", "").split()]
    own = _FRENCH if language == "fr" else {"eq": "eq."}
    return NBSP.join(own.get(word, word) for word in words)


def scale(values: Iterable[float | None], unit: str, language: str = "fr") -> Scale:
    """The readable unit of the largest of ``values``: kg become t from 1 000 kg, MJ become GJ, and so on."""
    head, _, substance = unit.partition(" ")
    largest = max((abs(value) for value in values if value is not None), default=0.0)
    ladder = _LADDERS.get(head, ())
    if not largest or not ladder or "world" in substance:
        return Scale(1.0, unit_text(unit, language))
    reached = [(factor, name) for factor, name in ladder if largest >= factor * 0.9995]
    factor, name = reached[0] if reached else ladder[-1]
    return Scale(factor, unit_text(f"{name} {substance}".strip(), language))


def quantity(value: float | None, unit: str, language: str = "fr") -> str:
    """A value with its unit: ``190 t CO₂ éq.``."""
    if value is None:
        return MISSING[language]
    chosen = scale((value,), unit, language)
    return f"{number(chosen.of(value), language)}{NBSP}{chosen.unit}"


def between(interval: Interval, unit: str, language: str = "fr") -> str:
    """The bounds of an interval in one unit: ``150 à 250 t CO₂ éq.`` (``150 to 250`` in English)."""
    chosen = scale((interval.central,), unit, language)
    return f"{bounds(chosen.interval(interval), language)}{NBSP}{chosen.unit}"


def bounds(interval: Interval, language: str = "fr") -> str:
    """The two bounds without unit: ``150 à 250``."""
    joint = "à" if language == "fr" else "to"
    return f"{number(interval.low, language)} {joint} {number(interval.high, language)}"


def percent_between(interval: Interval, language: str = "fr") -> str:
    """The bounds of a share: ``6,0 % à 10 %``."""
    joint = "à" if language == "fr" else "to"
    return f"{percent(interval.low, language)} {joint} {percent(interval.high, language)}"


def day(value: date | None, language: str = "fr") -> str:
    """A date: ``30/09/2026`` in French, ``30 Sep 2026`` in English (no doubt about the month)."""
    if value is None:
        return MISSING[language]
    if language == "fr":
        return f"{value:%d/%m/%Y}"
    return f"{value.day}{NBSP}{EN_MONTHS[value.month - 1]}{NBSP}{value.year}"


def dated(text: str, language: str = "fr") -> str:
    """A sentence whose dates are written as in files (``2026-09-30``), with its dates as people read them."""
    if language == "fr":
        return _FILE_DATE.sub(r"\3/\2/\1", text)
    return _FILE_DATE.sub(lambda found: NBSP.join((str(int(found[3])), EN_MONTHS[int(found[2]) - 1], found[1])), text)


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits - 1}e}")


def _scientific(value: float, exponent: int, language: str, digits: int) -> str:
    mantissa = _grouped(f"{_rounded(value, digits) / 10**exponent:.{digits - 1}f}", language)
    power = str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa}{NBSP}×{NBSP}10{power}"


def _grouped(text: str, language: str) -> str:
    if language == "fr":
        return text.replace(",", NNBSP).replace(".", ",")
    return text
