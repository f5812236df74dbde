"""Engine: the formulas and impacts of a fleet (empreinte).

Public functions, for a notebook as for the command line::

    from terreau.footprint import footprint
    result = footprint([Path("parc.csv")], people=120)
    result.total("climate_change"), result.impacts(["category"]), result.as_json()

Nothing heavy is imported before a function is called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from terreau.factors.catalogue import FactorSet
    from terreau.footprint.comparing import RulesCompared
    from terreau.footprint.explanation import Explanation
    from terreau.footprint.parameters import Parameters
    from terreau.footprint.result import Footprint
    from terreau.footprint.rules import Rules
    from terreau.footprint.weights import Weights
    from terreau.inventory.decisions import Decisions
    from terreau.inventory.reconciliation.sources import NamedSource

DEFAULT_RULES = "terreau-1"
DEFAULT_ZONE = "FRA"

__all__ = ["compare_rules", "explain", "footprint", "measure", "weigh_files", "write_detail"]


def footprint(
    files: Sequence[Path | str | NamedSource],
    *,
    rules: str = DEFAULT_RULES,
    factors: FactorSet | Path | str | None = None,
    zone: str = DEFAULT_ZONE,
    people: float | None = None,
    at: date | None = None,
    lifespans: Mapping[str, float] | None = None,
    pue: float | None = None,
    decisions: Decisions | None = None,
    detail: Path | None = None,
    lifespan_mode: str | None = None,
    floor_years: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Footprint:
    """The footprint of the fleet that ``files`` (inventories, snapshots or named sources, in any order) describe.

    rules, factors: key of a rule set; key, folder or file of factors, or a factor set; zone: country of lines that
    do not say theirs; people: headcount; at: last day of the twelve months (today); lifespans: the organisation's
    policy, years per category; pue: measured; decisions: what people settled; detail: also write the detail there.
    lifespan_mode (reel, fixe), floor_years: for the rules numecoeval-2.2 only. progress is told each step. TerreauError when something cannot be used.
    """
    from terreau.footprint.computing import compute

    return compute(
        files,
        rules=rules,
        factors=factors,
        zone=zone,
        people=people,
        at=at,
        lifespans=lifespans or {},
        pue=pue,
        decisions=decisions,
        detail=detail,
        progress=progress,
        lifespan_mode=lifespan_mode,
        floor_years=floor_years,
    )


def weigh_files(
    files: Sequence[Path | str | NamedSource],
    *,
    rules: str = DEFAULT_RULES,
    factor_sets: Sequence[FactorSet] = (),
    at: date | None = None,
    decisions: Decisions | None = None,
) -> Weights:
    """Read the inventory once; ``measure`` then answers any what-if on these weights."""
    from terreau.footprint.computing import weigh_files as weigh

    return weigh(files, rules=rules, factor_sets=factor_sets, at=at, decisions=decisions)


def measure(weights: Weights, factor_set: FactorSet, rules: Rules, parameters: Parameters) -> Footprint:
    """The footprint of weights with other factors, zone, PUE or lifespans: nothing is read again."""
    from terreau.footprint.measuring import measure as measured

    return measured(weights, factor_set, rules, parameters)


def explain(result: Footprint, criterion: str, where: Mapping[str, str] | None = None) -> Explanation:
    """The papers of one figure: a criterion, of the whole fleet or of the part named by ``where`` ({axis: value})."""
    from terreau.footprint.explanation import explain as explained

    return explained(result, criterion, where or {})


def compare_rules(
    files: Sequence[Path | str | NamedSource],
    *,
    factors: FactorSet | Path | str | None = None,
    zone: str = DEFAULT_ZONE,
    people: float | None = None,
    at: date | None = None,
    lifespans: Mapping[str, float] | None = None,
    pue: float | None = None,
    decisions: Decisions | None = None,
    lifespan_mode: str | None = None,
    floor_years: float | None = None,
    listed: int | None = 1_000,
) -> RulesCompared:
    """The fleet under terreau-1 and under numecoeval-2.2, what each rule adds, and the lines in error.

    Options as ``footprint``; lifespan_mode and floor_years are for numecoeval-2.2. Parts add up to the difference.
    listed: lines in error to list, None for all.
    """
    from terreau.footprint.comparing import compare_rules as compared

    return compared(
        files, factors=factors, zone=zone, people=people, at=at, lifespans=lifespans, pue=pue, decisions=decisions,
        lifespan_mode=lifespan_mode, floor_years=floor_years, listed=listed,
    )  # fmt: skip


def write_detail(files: Sequence[Path | str | NamedSource], path: Path, **chosen: object) -> Footprint:
    """Write one row per line × stage × criterion into ``path`` (.csv or .parquet); options as ``footprint``."""
    return footprint(files, detail=Path(path), **chosen)  # type: ignore[arg-type]
