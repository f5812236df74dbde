"""What is left aside or left behind: imports nobody finished, files that a killed process had no time to remove.

Left aside: an import of a week is forgotten, its files with it, for they may hold people's names. One wrong clock must not
do that: an import is first noted as left, and goes a day after that note at the earliest. A note made in the future, or
that the clock no longer justifies, is taken back: a clock that jumps forward, put right within a day, forgets nothing.
"""

from __future__ import annotations

import re
import shutil
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from terreau.app.home import home, organisation_folder
from terreau.app.inventory import arrivals
from terreau.app.inventory.models import Draft

DRAFT_DAYS = 7
NOTED = timedelta(days=1)
MADE_HERE = {"files": (".quick-", ".drop-", ".arriving-"), "results": (".made-", ".reconciled-")}
_OF_A_DRAFT = re.compile(r"[0-9a-f]{32}")


def forget_old_drafts(organisation: Any) -> None:
    """Imports left aside for a week are abandoned, files included."""
    now = timezone.now()
    for draft in Draft.objects.of(organisation).select_related("source"):
        since = _left_since(draft, now)
        if since and now - since >= NOTED and abs(now - draft.created_at) >= timedelta(days=DRAFT_DAYS):
            arrivals.abandon(draft, None)
        elif since != draft.left_since:
            Draft.objects.filter(pk=draft.pk).update(left_since=since)


def tidy() -> None:
    """The same for every organisation, and what killed processes left; when the server starts."""
    from terreau.app.accounts.models import Organisation
    from terreau.tables.working import sweep, sweep_the_temporary_files

    sweep_the_temporary_files()
    there = home() / "organisations"
    for organisation in Organisation.objects.all():
        forget_old_drafts(organisation)
        if (there / str(organisation.pk)).is_dir():
            _forget_folders_without_import(organisation)
            for kind, prefixes in MADE_HERE.items():
                for prefix in prefixes:
                    sweep(organisation_folder(organisation.pk, kind), prefix)


def _left_since(draft: Draft, now: datetime) -> datetime | None:
    """When it was first seen nearly a week old (or from days to come: a clock was wrong); None while it is not."""
    if abs(now - draft.created_at) < timedelta(days=DRAFT_DAYS) - NOTED:
        return None
    return draft.left_since if draft.left_since and draft.left_since <= now else now


def _forget_folders_without_import(organisation: Any) -> None:
    from terreau.app.accounts.models import Organisation

    folders = organisation_folder(organisation.pk, "files") / "drafts"
    if not folders.is_dir():
        return
    with transaction.atomic():
        # Whoever opens an import holds a link to this row until it is there: nobody is in between while we look.
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        known = {pk.hex for pk in Draft.objects.of(organisation).values_list("pk", flat=True)}
        for folder in folders.iterdir():
            if _OF_A_DRAFT.fullmatch(folder.name) and folder.name not in known:
                shutil.rmtree(folder, ignore_errors=True)
