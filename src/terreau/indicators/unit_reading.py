"""The unit a cell writes (unité): one of ours however it is spelt, another one, or mere words."""

from __future__ import annotations

import re
from functools import cache

from terreau.indicators.units import UNITS
from terreau.kernel.text import normal

_SPELT = {
    "year": "an ans annee annees year years yr yrs",
    "day": "jour jours j day days d",
    "hour": "h heure heures hour hours",
    "s": "s sec seconde secondes second seconds",
    "inch": "pouce pouces inch inches in",
    "kB": "ko kb kilooctets kilobytes",
    "%": "% pourcent pourcents percent pct",
    "point": "point points pt pts",
    "count": "count nombre number unite unites unit units nb",
    "t CO2 eq": "tco2 tco2eq tonneco2eq tonnesco2eq teqco2",
    "kg CO2 eq/user": "kgco2eq/pers kgco2eq/personne kgco2eq/person kgco2eq/user kgco2eq/collaborateur kgco2eq/agent",
    "kg/user": "kg/pers kg/personne kg/person kg/user kg/collaborateur kg/agent",
    "GB/user": "go/pers go/personne go/person go/user gb/pers gb/person go/collaborateur go/agent",
    "score_100": "/100 sur100 outof100",
    "score_10": "/10 sur10 outof10",
}
_OTHERS = frozenset((
    "g", "kg", "t", "tonne", "tonnes", "kgco2", "kgco2eq", "gco2", "gco2eq", "wh", "mwh", "gwh", "w", "kw", "mo", "go",
    "to", "mb", "gb", "tb", "ms", "min", "mn", "mois", "month", "months", "m2", "l", "litre", "litres", "€", "k€", "m€",
    "eur", "euro", "euros", "$", "£",
))  # fmt: skip
"""Units that are none of ours: behind a figure they say that it is told in another one."""


def unit_of(text: str) -> str | None:
    """The key of the unit ``text`` writes, "?" for one that is none of ours, None for mere words."""
    bare = _bare(text)
    return _spellings().get(bare) or ("?" if bare in _OTHERS else None)


def _bare(text: str) -> str:
    """Without spaces, points nor accents; "CO2e" written as "CO2eq"."""
    return re.sub(r"co2e(?!q)", "co2eq", re.sub(r"[\s.]", "", normal(text)))


@cache
def _spellings() -> dict[str, str]:
    found: dict[str, str] = {}
    for key, spelt in _SPELT.items():
        found |= dict.fromkeys(map(_bare, spelt.split()), key)
    for key, unit in UNITS.items():
        words = (key, unit.symbol.fr, unit.symbol.en, unit.name.fr, unit.name.en)
        for bare in filter(None, map(_bare, words)):
            found.setdefault(bare, key)
    return found
