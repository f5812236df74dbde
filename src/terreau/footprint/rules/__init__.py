"""Rule sets: how a fleet is counted, as pinned data with a digest (jeux de règles)."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from terreau.kernel.errors import TerreauError
from terreau.kernel.period import Period

DEFAULT = "terreau-1"
COMPATIBLE = "numecoeval-2.2"
Z = 1.959963984540054
"""The 97.5 % quantile of the normal law: bounds are read as 2.5 and 97.5 %."""


REEL, FIXE = "reel", "fixe"
LIFESPAN_MODES = (REEL, FIXE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """What the NumEcoEval rules fix and ours do not: see the pinned file of the rule set.

    days_per_year [day]; lifespan_mode: reel or fixe, unless a run says otherwise; default_life [year]; floor_years:
    least lifespan [year], None for no floor; pue: of a server whose room does not tell its own; server_flag: who says
    that an item is a server; rates: share of use by mode of use.
    """

    days_per_year: int
    lifespan_mode: str
    default_life: float
    floor_years: float | None
    pue: float
    server_flag: str
    rates: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rules:
    """One rule set, read once. Lifespans in years, shares between 0 and 1, sigmas of logarithms.

    conventions: those of NumEcoEval, None for Terreau's own rules.
    """

    key: str
    digest: str
    label: Mapping[str, str]
    fates: tuple[str, ...]
    lifespan_order: tuple[str, ...]
    observed_from: float
    observed_spread: float
    policy_spread: float
    policy_cap_percentile: float
    age_extends: bool
    factor_sigma: float
    mix_sigma: float
    common: float
    family: float
    least_ratio: float
    ranked_from: float
    conventions: Conventions | None = None

    def period(self, at: date) -> Period:
        """The months counted: twelve, the last day being ``at``."""
        return Period.twelve_months_ending(at)


def rule_sets() -> tuple[str, ...]:
    """Keys of the rule sets on the shelf."""
    return tuple(sorted(p.name.removesuffix(".toml") for p in files(__name__).iterdir() if p.name.endswith(".toml")))


@cache
def rule_set(key: str = DEFAULT) -> Rules:
    """The rule set ``key``; TerreauError when there is none."""
    if key not in rule_sets():
        raise TerreauError("footprint.unknown_rules", key=key, known=", ".join(rule_sets()))
    text = files(__name__).joinpath(f"{key}.toml").read_text(encoding="utf-8")
    return _read(text)


def _read(text: str) -> Rules:
    written = tomllib.loads(text)
    life, interval = written["lifespan"], written["interval"]
    return Rules(
        key=written["key"],
        digest=hashlib.sha256(text.encode()).hexdigest(),
        label=written["label"],
        fates=tuple(written["presence"]["fates"]),
        lifespan_order=tuple(life["order"]),
        observed_from=float(life["observed_from"]),
        observed_spread=float(life["observed_spread"]),
        policy_spread=float(life["policy_spread"]),
        policy_cap_percentile=float(life["policy_cap_percentile"]),
        age_extends=bool(life["age_extends"]),
        factor_sigma=float(interval["factor_sigma"]),
        mix_sigma=float(interval["mix_sigma"]),
        common=float(interval["common"]),
        family=float(interval["family"]),
        least_ratio=float(interval["least_ratio"]),
        ranked_from=float(written["coverage"]["ranked_from"]),
        conventions=_conventions(written["numecoeval"]) if "numecoeval" in written else None,
    )


def _conventions(written: Mapping[str, Any]) -> Conventions:
    floor = written["floor_years"]
    return Conventions(
        days_per_year=int(written["days_per_year"]),
        lifespan_mode=written["lifespan_mode"],
        default_life=float(written["default_life"]),
        floor_years=float(floor) if floor else None,
        pue=float(written["pue"]),
        server_flag=written["server_flag"],
        rates={mode: float(rate) for mode, rate in written["rates"].items()},
    )
