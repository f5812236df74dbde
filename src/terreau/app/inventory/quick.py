"""Ten lines become a snapshot like any other."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terreau.app.home import organisation_folder
from terreau.app.inventory import arrivals
from terreau.app.inventory.forms import QuickForm
from terreau.app.inventory.models import Snapshot, Source
from terreau.app.journal import door as journal


def initial(organisation: Any) -> dict[str, Any]:
    """What the form already knows: the headcount of the settings."""
    return {"headcount": organisation.headcount}


def keep(organisation: Any, actor: Any, form: QuickForm) -> Snapshot:
    """Keep the ten lines as the snapshot of the source "Dix lignes", and the headcount in the settings."""
    answers = form.cleaned_data
    with transaction.atomic():
        if answers["headcount"] and answers["headcount"] != organisation.headcount:
            organisation.headcount = answers["headcount"]
            organisation.save(update_fields=["headcount"])
            journal.record(organisation, actor, "inventory.headcount", {"headcount": answers["headcount"]})
        source, _new = Source.objects.get_or_create(
            organisation=organisation, kind=Source.QUICK, defaults={"name": gettext("Dix lignes")}
        )
        return _kept(source, actor, answers, form.counts())


def _kept(source: Source, actor: Any, answers: dict[str, Any], counts: dict[str, int]) -> Snapshot:
    from terreau.inventory.quickform import quick_snapshot
    from terreau.tables.engine import engine

    today = timezone.localdate()
    parent = organisation_folder(source.organisation_id, "files")
    with tempfile.TemporaryDirectory(dir=parent, prefix="quick-") as folder, engine() as con:
        record = quick_snapshot(
            con, Path(folder), counts, mean_age=answers["mean_age"], country=answers["country"], at=today
        )
        lines = {"read": len(counts), "accepted": len(counts), "doubtful": 0, "rejected": 0}
        summary = {"files": [source.name], "lines": lines}
        return arrivals.keep_snapshot(
            source, actor, folder=Path(folder), sha256=record.sha256, taken_on=today, summary=summary
        )
