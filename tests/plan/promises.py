"""A commitment made by hand, right in every respect; tests change one thing at a time."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from terreau.plan.aims import Aim, Baseline, Seen
from terreau.plan.commitments import Commitment
from terreau.plan.milestones import Milestone

KEEP = Aim(indicator="PARC02", unit="year", direction="up", baseline=Baseline(value=4, on=date(2024, 12, 31)), target=6)
LONGER = Commitment(
    key="longer",
    statement="Garder les portables six ans",
    theme="parc",
    criteria=("nr-terreau:4.1",),
    owner="Direction du numérique",
    adopted_on=date(2024, 12, 1),
    start=date(2025, 1, 1),
    due=date(2026, 12, 31),
    milestones=(
        Milestone(key="rule", title="Une règle écrite", due=date(2025, 6, 30), done_on=date(2025, 6, 1)),
        Milestone(key="parts", title="Des pièces en stock", due=date(2026, 3, 31)),
    ),
    budget=Decimal("10000"),
    person_days=Decimal("30"),
    result=KEEP,
)


def promise(**facts):
    """``LONGER`` with some facts changed."""
    return replace(LONGER, **facts)


def aim(**facts):
    """``KEEP`` with some facts changed."""
    return replace(KEEP, **facts)


def seen(*values):
    """Values of PARC02: pairs (day, value)."""
    return {"PARC02": [Seen(on=on, value=value) for on, value in values]}


def codes(faults, severity=None):
    """The codes, of one severity or of all."""
    return [one.code for one in faults if severity in (None, one.severity)]


def speaks(fault):
    """True when every word of a fault is filled, in both languages, and its JSON holds plain values."""
    json.dumps(fault.as_json())
    return all("‹" not in str(fault.words(language)) for language in ("fr", "en"))
