"""A content that stands for several dates of its source (dates d'un instantané), and taking one of them back.

A date is taken back only while the same content stands for another: the Parquet and what it says are never lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from terreau.app.accounts.models import Organisation
from terreau.app.inventory.models import Snapshot
from terreau.app.journal import door as journal


def repeated(kept: Sequence[Snapshot]) -> set[Any]:
    """Those of the snapshots of one source whose content stands for another date too, by their key."""
    many = Counter(one.sha256 for one in kept)
    return {one.pk for one in kept if many[one.sha256] > 1}


def withdraw(snapshot: Snapshot, actor: Any) -> bool:
    """Take back the date of this snapshot; False, and nothing changes, when its content stands for no other."""
    with transaction.atomic():
        # Two dates withdrawn at once wait for each other here: the last one stays.
        Organisation.objects.select_for_update(no_key=True).get(pk=snapshot.organisation_id)
        same = Snapshot.objects.filter(source=snapshot.source_id, sha256=snapshot.sha256)
        if not same.filter(pk=snapshot.pk).exists() or not same.exclude(pk=snapshot.pk).exists():
            return False
        facts = {"source": snapshot.source.name, "sha256": snapshot.sha256, "taken_on": str(snapshot.taken_on)}
        journal.record(snapshot.organisation, actor, "inventory.date_withdrawn", facts)
        same.filter(pk=snapshot.pk).delete()
    return True
