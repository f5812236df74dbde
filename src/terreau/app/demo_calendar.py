"""What the law asks of the fictitious organisations, their labels, and a yearly report begun."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from terreau.app.accounts.models import Organisation
from terreau.app.calendar.models import Facts, HeldLabel
from terreau.app.reports import writing
from terreau.app.reports.models import Report

REPORT = "9a6f0e52-6a3b-5f0c-8a55-7a8f6f1f2c10"
WORD = (
    "Ce rapport dit ce que pèse notre numérique, ce que nous avons tenu et ce que nous avons manqué. "
    "Les chiffres viennent de nos inventaires ; les intervalles disent ce que nous ne savons pas encore."
)


def seed(owner: Any, organisations: Mapping[str, Organisation]) -> None:
    """A metropolis over the threshold with its budget debate, a société à mission; what is there is left as it is."""
    today = timezone.localdate()
    valmont, numa = organisations["valmont"], organisations["numa"]
    Facts.objects.get_or_create(organisation=valmont, defaults={
        "nature": "authority", "population": 182_000, "debate_on": today + timedelta(days=81)})  # fmt: skip
    Facts.objects.get_or_create(organisation=numa, defaults={
        "nature": "mission", "mission_on": today - timedelta(days=420), "permanent_staff": 45,
        "accounts_closed_on": date(today.year - 1, 12, 31)})  # fmt: skip
    HeldLabel.objects.get_or_create(organisation=numa, name="Label fictif d’écoconception", defaults={
        "granted_on": today - timedelta(days=850), "years": 3})  # fmt: skip
    if not Report.objects.filter(pk=REPORT).exists():
        _report(owner, valmont, today.year)


def _report(owner: Any, organisation: Organisation, year: int) -> None:
    """The yearly report, its foreword written, nothing published yet."""
    framed = {
        "id": REPORT, "kind": "yearly", "language": "fr", "period_start": date(year, 1, 1), "period_end": date(year, 12, 31),
        "title": f"Rapport sur la situation en matière de développement durable : numérique responsable, {year}",
    }  # fmt: skip
    made = writing.begin(organisation, owner, framed)
    writing.write(made, "word", owner, text=WORD, left_out=False, revision=0, drafted="")
