"""Commitments at different moments of their life."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from terreau.app.plan import acting
from terreau.app.plan.models import Commitment as Row
from terreau.plan.aims import Aim, Baseline
from terreau.plan.commitments import Commitment, Origin
from terreau.plan.milestones import Milestone


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def promised(organisation, owner, today):
    """``promised(...)``: a commitment taken 300 days ago for two years, with one milestone; keywords change the record."""

    def made(taken=True, **more):
        start = today - timedelta(days=300)
        told = {
            "key": "", "statement": "Garder les portables six ans", "theme": "fleet", "owner": "responsable du parc", "start": start,
            "due": start + timedelta(days=730), "budget": Decimal("1200.50"), "person_days": Decimal(10),
            "milestones": (Milestone(key="j1", title="Règle écrite", due=today + timedelta(days=60)),),
            "result": Aim(indicator="PARC02", unit="year", direction="up", target=6.0,
                          baseline=Baseline(value=4.2, on=start - timedelta(days=30), method="sorties 2025")),
            "levers": ("LV01=6",), "origin": Origin(kind="lever", reference="LV01"),
        }  # fmt: skip
        row = acting.write(organisation, owner, Commitment(**told | more), take_on=start if taken else None)
        return Row.objects.whole().get(pk=row.pk)

    return made


def day(told):
    """A day as a form sends it."""
    return told.isoformat() if isinstance(told, date) else told
