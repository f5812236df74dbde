"""The footprint of an organisation, computed when looked at and kept under the digest of all that decides it.

One file per result and language in ``organisations/<uuid>/results``: the public contract of the engine, and each
reading of each criterion apart, so that a page reads those it shows. Nothing is computed twice for the same snapshots, decisions, factors,
rules and parameters.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from terreau import __version__
from terreau.app.inventory import door as inventory
from terreau.app.results import Parts, kept_file, kept_json, kept_parts
from terreau.app.sources import door as sources
from terreau.kernel.underway import step

if TYPE_CHECKING:
    from terreau.factors.factorset import FactorSet
    from terreau.footprint import Footprint
    from terreau.footprint.comparing import RulesCompared

RULES = "terreau-1"
COMPUTE, DETAIL = "footprint.compute", "footprint.detail"
UNKNOWN = "unknown"
READINGS: dict[str, tuple[str, ...]] = {
    "stages": ("category", "stage"),
    "categories": ("category",),
    "entities": ("entity",),
    "entity-stages": ("entity", "stage"),
    "items": ("item",),
    "item-stages": ("item", "stage"),
}


class Asked:
    """What an organisation asks the engine: its snapshots, its decisions, its parameters; ``inputs``: other ones than today's."""

    def __init__(self, organisation: Any, inputs: inventory.FleetInputs | None = None) -> None:
        self.organisation = organisation
        self.inputs = inputs or inventory.fleet_inputs(organisation)

    @property
    def anything(self) -> bool:
        """False when nothing was imported yet."""
        return bool(self.inputs.snapshots)

    @property
    def at(self) -> date:
        """The last day of the period: the day of the newest inventory."""
        return self.inputs.last_day

    @property
    def pue(self) -> float | None:
        """The PUE the organisation measured, None when it did not; a room's own one comes before it."""
        return None if self.organisation.pue is None else float(self.organisation.pue)

    @cached_property
    def own_packs(self) -> tuple[Path, ...]:
        """The organisation's own packs of factors."""
        return sources.own_pack_paths(self.organisation)

    @cached_property
    def factors(self) -> FactorSet:
        """The default factor set, the organisation's own packs in front."""
        from terreau.factors.catalogue import factor_set

        return factor_set(extra=self.own_packs)

    @cached_property
    def digest(self) -> str:
        """Names everything that decides the result."""
        decided_by = {
            "terreau": __version__,
            "snapshots": sorted((one.name, one.path.stem) for one in self.inputs.sources),
            "decisions": self.inputs.decisions.digest,
            "factors": self.factors.digest,
            "rules": RULES,
            "at": str(self.at),
            "zone": self.organisation.zone,
            "people": self.organisation.headcount,
            "lifespans": dict(sorted(self.organisation.lifespans.items())),
            "pue": self.pue,
            "readings": READINGS,
        }
        return hashlib.sha256(json.dumps(decided_by, sort_keys=True).encode()).hexdigest()

    def compute(self, detail: Path | None = None) -> Footprint:
        """The footprint itself: the inventory read once, then the small table multiplied; ``detail``: written there."""
        from terreau.footprint import footprint

        return footprint(
            self.inputs.sources,
            rules=RULES,
            factors=self.factors,
            zone=self.organisation.zone,
            people=self.organisation.headcount,
            at=self.at,
            lifespans=self.organisation.lifespans,
            pue=self.pue,
            decisions=self.inputs.decisions,
            detail=detail,
        )

    def compare(self, listed: int | None = 1_000) -> RulesCompared:
        """The same inventory under our rules and under the compatible ones."""
        from terreau.footprint import compare_rules

        return compare_rules(
            self.inputs.sources,
            factors=self.factors,
            zone=self.organisation.zone,
            people=self.organisation.headcount,
            at=self.at,
            lifespans=self.organisation.lifespans,
            pue=self.pue,
            decisions=self.inputs.decisions,
            listed=listed,
        )

    def kept(self, name: str, make: Callable[[], Any], why: Sequence[Any] = ()) -> Any:
        """The JSON kept under ``<digest>-<name>``, made at the first look, by a worker when a page asks."""
        inputs = {"language": name.rpartition("-")[2], "why": list(why)}
        return kept_json(self.organisation, f"{self.digest}-{name}", make, kind=COMPUTE, inputs=inputs)

    def file(self, name: str, make: Callable[[Path], Any], kind: str, inputs: dict[str, Any]) -> Path:
        """The file to take away kept under ``<digest>-<name>``, likewise."""
        return kept_file(self.organisation, f"{self.digest}-{name}", make, kind=kind, inputs=inputs)


@dataclass(frozen=True, slots=True)
class Result:
    """One footprint in one language: ``contract`` is the public JSON, ``parts`` holds the impacts of each reading."""

    asked: Asked
    language: str
    contract: dict[str, Any]
    parts: Parts
    labels: dict[str, str]
    stale_sources: int

    def total(self, criterion: str) -> dict[str, Any] | None:
        """The total of a criterion, None when it is missing altogether."""
        return next((one for one in self.contract["totals"] if one["criterion"] == criterion), None)

    def coverage(self, criterion: str) -> dict[str, Any]:
        """What the total of a criterion rests on; empty when nothing is counted."""
        found: dict[str, Any] = self.contract["coverage"].get(criterion, {})
        return found

    def impacts(self, reading: str, criterion: str) -> list[dict[str, Any]]:
        """The known impacts of a reading for one criterion."""
        found: list[dict[str, Any]] = self.parts.get(_part(reading, criterion), [])
        return found

    def every_impact(self, reading: str) -> list[dict[str, Any]]:
        """The known impacts of a reading for every criterion, one criterion after the other."""
        return [one for name in self.parts if name.startswith(_part(reading, "")) for one in self.parts[name]]


def of(organisation: Any, language: str) -> Result | None:
    """The footprint of the organisation today; None when there is nothing to weigh."""
    asked = Asked(organisation)
    if not asked.anything:
        return None
    inputs = {"language": language, "why": []}
    kept = kept_parts(
        organisation, f"{asked.digest}-{language}", lambda: _shown(asked, language), kind=COMPUTE, inputs=inputs
    )
    return Result(asked, language, kept["contract"], kept, kept["labels"], kept["stale_sources"])


def why(asked: Asked, language: str, criterion: str, where: dict[str, str]) -> dict[str, Any]:
    """The papers of one figure: ``json`` is the engine's public shape, ``heads`` and ``rows`` the same as one table."""
    place = hashlib.sha256(json.dumps(where, sort_keys=True).encode()).hexdigest()[:12]

    def make() -> dict[str, Any]:
        from terreau.footprint import explain

        told = explain(asked.compute(), criterion, where)
        heads, rows = told.rows(language)
        return {"json": told.as_json(language), "heads": heads, "rows": rows}

    explained: dict[str, Any] = asked.kept(f"why-{criterion}-{place}-{language}", make, (criterion, where))
    return explained


def detail(asked: Asked) -> Path:
    """The Parquet file of the detail: one row per line, stage and criterion."""
    return asked.file("detail.parquet", lambda path: asked.compute(detail=path), DETAIL, {})


def _shown(asked: Asked, language: str) -> dict[str, Any]:
    made = asked.compute()
    step("tell")
    contract: dict[str, Any] = made.as_json(language=language)
    by: dict[str, Any] = {name: made.as_json(by=keys, language=language)["impacts"] for name, keys in READINGS.items()}
    named = {one["category"] for one in [*by["categories"], *contract["missing"]]} | {
        one["item"] for one in by["items"]
    }
    labels = {key: asked.factors.label(key, language) for key in sorted(named - {UNKNOWN, ""})}
    today = timezone.localdate()
    stale = sum(source.stale(today) for source in asked.factors.sources())
    parts: dict[str, Any] = {"contract": contract, "labels": labels, "stale_sources": stale}
    for reading, impacts in by.items():
        for one in impacts:
            parts.setdefault(_part(reading, one["criterion"]), []).append(one)
    return parts


def _part(reading: str, criterion: str) -> str:
    return f"by/{reading}/{criterion}"
