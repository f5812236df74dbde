"""How an organisation follows an indicator (tableau de bord): who carries it, who reviews it, from where to where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from terreau.indicators.definition import Indicator

ROLES = ("flagship", "followed")
"""flagship (phare): one of the three or four shown first; followed: kept beside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Where it starts from (situation de référence): a value in the unit of the indicator, its day, its method in words."""

    value: float
    on: date
    method: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where it must arrive (cible), and when; ``unit`` '' is that of the indicator."""

    value: float
    due: date
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One indicator as an organisation follows it.

    role: "flagship" or "followed"; audience: '' keeps that of the definition
    owner: the person or role who carries it; review_body: the body that reviews it (an instance, not a person)
    """

    indicator: Indicator
    role: str = "followed"
    audience: str = ""
    owner: str = ""
    review_body: str = ""
    baseline: Baseline | None = None
    target: Target | None = None
    since: date | None = None

    @property
    def key(self) -> str:
        """The key of the indicator."""
        return self.indicator.key

    @property
    def shown_to(self) -> str:
        """Who sees it: the organisation's choice, else that of the definition."""
        return self.audience or self.indicator.audience
