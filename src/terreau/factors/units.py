"""Units as files write them, and the number that brings them to ours (unités)."""

from functools import lru_cache

from terreau.factors.criteria import Criterion
from terreau.kernel.text import normal

DENOMINATORS = ("unit", "unite", "kwh", "tb", "to", "gpu", "m2", "item", "piece", "person-year", "year")

_SPELLINGS: dict[str, dict[str, float]] = {
    "kg CO2 eq": {"kgco2eq": 1, "kgco2e": 1, "kgco2": 1, "kgeqco2": 1, "gco2eq": 1e-3, "gco2e": 1e-3, "tco2eq": 1e3},
    "kg CFC-11 eq": {"kgcfc11eq": 1, "kgcfc11e": 1, "kgeqcfc11": 1},
    "CTUh": {"ctuh": 1},
    "disease incidence": {"diseaseincidence": 1, "disease": 1, "diseaseinc": 1, "incidencedemaladies": 1},
    "kBq U235 eq": {"kbqu235eq": 1, "kbqu235e": 1, "kbqequ235": 1, "bqu235eq": 1e-3},
    "kg NMVOC eq": {"kgnmvoceq": 1, "kgnmvoce": 1, "kgcovnmeq": 1, "kgeqcovnm": 1},
    "mol H+ eq": {"molheq": 1, "molhe": 1, "moleqh": 1},
    "mol N eq": {"molneq": 1, "molne": 1, "moleqn": 1},
    "kg P eq": {"kgpeq": 1, "kgpe": 1, "kgeqp": 1},
    "kg N eq": {"kgneq": 1, "kgne": 1, "kgeqn": 1},
    "CTUe": {"ctue": 1},
    "Pt": {"pt": 1, "point": 1, "points": 1, "dimensionless": 1},
    "m3 world eq": {"m3worldeq": 1, "m3eq": 1, "m3e": 1, "m3": 1, "m3eqmonde": 1},
    "kg Sb eq": {"kgsbeq": 1, "kgsbe": 1, "kgeqsb": 1, "gsbeq": 1e-3},
    "MJ": {"mj": 1, "kj": 1e-3, "gj": 1e3},
    "kWh": {"kwh": 1, "wh": 1e-3, "mwh": 1e3},
    "kg": {"kg": 1, "g": 1e-3, "t": 1e3},
    "m3": {"m3": 1, "l": 1e-3, "litre": 1e-3, "liter": 1e-3, "litres": 1e-3, "liters": 1e-3},
}


@lru_cache(maxsize=1024)
def multiplier(criterion: Criterion, unit: str) -> float | None:
    """The number that turns a value in ``unit`` into the unit of ``criterion``; None when they do not agree.

    A denominator is read and left aside: "kg CO2 eq/unit" and "g CO2 eq/kWh" both work.
    """
    bare, _, per = unit.strip().partition("/")
    if per and normal(per) not in DENOMINATORS:
        return None
    # "³" and "₂" become "3" and "2" in the normal form; the "+" of H+ says nothing more.
    written = "".join(c for c in normal(bare) if c.isalnum())
    return _SPELLINGS[criterion.unit].get(written)
