"""The portrait of an organisation's fleet, computed once per state of its snapshots and decisions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from terreau import __version__
from terreau.app.home import organisation_folder
from terreau.app.inventory import arrivals, deciding
from terreau.app.inventory.models import Snapshot
from terreau.app.inventory.portrait import Portrait, portrait
from terreau.inventory import vocabulary


def of(organisation: Any, snapshots: Sequence[Snapshot]) -> Portrait:
    """The portrait today; kept in the organisation's results under the digest of all that decides it."""
    at = timezone.localdate()
    if not snapshots:
        return Portrait(at=at)
    decisions = deciding.decisions_of(organisation)
    decided_by = [__version__, vocabulary.version(), str(at), decisions.digest, sorted(one.sha256 for one in snapshots)]
    digest = hashlib.sha256(json.dumps(decided_by).encode()).hexdigest()
    kept = organisation_folder(organisation.pk, "results") / f"portrait-{digest}.json"
    if kept.exists():
        return Portrait.from_json(json.loads(kept.read_text(encoding="utf-8")))
    seen = portrait([arrivals.path_of(one) for one in snapshots], at=at, decisions=decisions)
    part = kept.with_suffix(".part")
    part.write_text(json.dumps(seen.as_json()), encoding="utf-8")
    part.replace(kept)
    return seen
