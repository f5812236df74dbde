"""What a person chooses for a run: the day, the country by default, the headcount, lifespans (paramètres)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from terreau.footprint.rules import LIFESPAN_MODES
from terreau.kernel.errors import TerreauError


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Choices of one run.

    at: last day of the period; zone: ISO alpha-3 of lines that do not say theirs; people: headcount;
    lifespans: the organisation's policy, years per category; pue: measured, in place of the rule set's.
    lifespan_mode (reel or fixe) and floor_years (least lifespan): for the NumEcoEval rules only; None is the rule set's.
    """

    at: date
    zone: str = "FRA"
    people: float | None = None
    lifespans: Mapping[str, float] = field(default_factory=dict)
    pue: float | None = None
    lifespan_mode: str | None = None
    floor_years: float | None = None

    def __post_init__(self) -> None:
        for category, years in self.lifespans.items():
            if not (math.isfinite(years) and 0 < years <= 100):
                raise TerreauError("footprint.lifespan_unusable", category=category, years=years)
        if self.people is not None and not (math.isfinite(self.people) and self.people > 0):
            raise TerreauError("footprint.people_unusable", people=self.people)
        if self.pue is not None and not (math.isfinite(self.pue) and 1 <= self.pue <= 5):
            raise TerreauError("footprint.pue_unusable", pue=self.pue)
        if self.lifespan_mode is not None and self.lifespan_mode not in LIFESPAN_MODES:
            raise TerreauError("footprint.mode_unknown", mode=self.lifespan_mode, known=", ".join(LIFESPAN_MODES))
        if self.floor_years is not None and not (math.isfinite(self.floor_years) and 0 <= self.floor_years <= 20):
            raise TerreauError("footprint.floor_unusable", years=self.floor_years)

    def as_json(self) -> dict[str, object]:
        """Everything chosen, keys sorted, ready to be hashed or shown."""
        told = {"lifespan_mode": self.lifespan_mode, "floor_years": self.floor_years}
        return {
            **{name: value for name, value in told.items() if value is not None},
            "at": self.at.isoformat(),
            "lifespans": {key: float(self.lifespans[key]) for key in sorted(self.lifespans)},
            "people": self.people,
            "pue": self.pue,
            "zone": self.zone,
        }
