"""The one list of units of indicators: how each is said, and how a meter's measure becomes a value in it."""

from __future__ import annotations

from dataclasses import dataclass

from terreau.kernel.errors import TerreauError
from terreau.referentials.edition import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit: its key in files and CSV, its symbol beside a figure, its name in full."""

    key: str
    symbol: Words
    name: Words


def _unit(key: str, symbol: tuple[str, str], name: tuple[str, str]) -> Unit:
    return Unit(key=key, symbol=Words(fr=symbol[0], en=symbol[1]), name=Words(fr=name[0], en=name[1]))


UNITS = {one.key: one for one in (
    _unit("%", ("%", "%"), ("pour cent", "per cent")),
    _unit("1", ("", ""), ("rapport sans unité", "plain ratio")),
    _unit("count", ("", ""), ("nombre", "number")),
    _unit("point", ("points", "points"), ("points de pourcentage", "percentage points")),
    _unit("score_10", ("/10", "/10"), ("note sur 10", "score out of 10")),
    _unit("score_100", ("/100", "/100"), ("note sur 100", "score out of 100")),
    _unit("year", ("ans", "years"), ("années", "years")),
    _unit("day", ("jours", "days"), ("jours", "days")),
    _unit("hour", ("h", "h"), ("heures", "hours")),
    _unit("hour/user", ("h/pers.", "h/person"), ("heures par personne", "hours per person")),
    _unit("s", ("s", "s"), ("secondes", "seconds")),
    _unit("inch", ("pouces", "inches"), ("pouces de diagonale", "inches, diagonal")),
    _unit("unit/user", ("par pers.", "per person"), ("équipements par personne", "devices per person")),
    _unit("user/unit", ("pers.", "people"), ("personnes par équipement", "people per device")),
    _unit("kWh", ("kWh", "kWh"), ("kilowattheures", "kilowatt-hours")),
    _unit("kWh/unit", ("kWh/poste", "kWh/workstation"), ("kilowattheures par poste", "kilowatt-hours per workstation")),
    _unit("kWh/site", ("kWh/site", "kWh/site"), ("kilowattheures par site", "kilowatt-hours per site")),
    _unit("L/kWh", ("L/kWh", "L/kWh"), ("litres par kilowattheure", "litres per kilowatt-hour")),
    _unit("kg/user", ("kg/pers.", "kg/person"), ("kilogrammes par personne", "kilograms per person")),
    _unit("kB", ("ko", "kB"), ("kilooctets", "kilobytes")),
    _unit("GB/user", ("Go/pers.", "GB/person"), ("gigaoctets par personne", "gigabytes per person")),
    _unit("GB/user-month", ("Go/pers./mois", "GB/person/month"),
          ("gigaoctets par personne et par mois", "gigabytes per person per month")),
    _unit("token/user", ("jetons/pers.", "tokens/person"),
          ("jetons par personne et par mois", "tokens per person per month")),
    _unit("page/user-year", ("pages/pers./an", "pages/person/year"),
          ("pages par personne et par an", "pages per person per year")),
    _unit("t CO2 eq", ("t CO₂ éq.", "t CO₂ eq"), ("tonnes d'équivalent CO₂", "tonnes of CO₂ equivalent")),
    _unit("kg CO2 eq/user", ("kg CO₂ éq./pers.", "kg CO₂ eq/person"),
          ("kilogrammes d'équivalent CO₂ par personne et par an", "kilograms of CO₂ equivalent per person per year")),
    _unit("g CO2 eq/FU", ("g CO₂ éq./UF", "g CO₂ eq/FU"),
          ("grammes d'équivalent CO₂ par unité fonctionnelle", "grams of CO₂ equivalent per functional unit")),
    _unit("g CO2 eq/kWh", ("g CO₂ éq./kWh", "g CO₂ eq/kWh"),
          ("grammes d'équivalent CO₂ par kilowattheure", "grams of CO₂ equivalent per kilowatt-hour")),
    _unit("kg Sb eq", ("kg Sb éq.", "kg Sb eq"), ("kilogrammes d'équivalent antimoine", "kilograms of antimony equivalent")),
)}  # fmt: skip
"""Every unit an indicator may be told in."""

_FROM_METERS = {
    ("share", "%"): 100.0, ("share", "1"): 1.0, ("kg CO2 eq", "t CO2 eq"): 1e-3, ("count/user", "unit/user"): 1.0,
}  # fmt: skip


def factor_from(measured: str, unit: str, *, key: str, meter: str) -> float:
    """What a measure in ``measured`` is multiplied by to be told in ``unit``; TerreauError indicators.unit_clash."""
    if measured == unit:
        return 1.0
    if (measured, unit) not in _FROM_METERS:
        said, told = unit_words(unit), unit_words(measured)
        raise TerreauError("indicators.unit_clash", key=key, meter=meter, unit_fr=said.fr, unit_en=said.en,
                           measured_fr=told.fr, measured_en=told.en)  # fmt: skip
    return _FROM_METERS[measured, unit]


def symbol(unit: str, language: str = "fr") -> str:
    """How ``unit`` is written beside a figure; the unit itself when the list lacks it."""
    return UNITS[unit].symbol.in_(language) if unit in UNITS else unit


def unit_name(unit: str, language: str = "fr") -> str:
    """``unit`` in full."""
    return UNITS[unit].name.in_(language) if unit in UNITS else unit


_MEASURED = {
    "share": Words(fr="part du tout", en="share of the whole"),
    "kg CO2 eq": Words(fr="kilogrammes d’équivalent CO₂", en="kilograms of CO₂ equivalent"),
    "count/user": Words(fr="nombre par personne", en="number per person"),
}
"""What meters measure in and no indicator is told in."""


def unit_words(unit: str) -> Words:
    """``unit`` in full, in both languages; the unit itself when nobody named it."""
    return UNITS[unit].name if unit in UNITS else _MEASURED.get(unit, Words(fr=unit, en=unit))
