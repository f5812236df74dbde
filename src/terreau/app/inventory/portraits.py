"""The portrait of an organisation's fleet, computed once per state of its snapshots and decisions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from terreau import __version__
from terreau.app.inventory import arrivals, deciding
from terreau.app.inventory.models import Snapshot
from terreau.app.inventory.portrait import Portrait, portrait
from terreau.app.results import kept_json
from terreau.app.sources import door as sources
from terreau.inventory import vocabulary

KIND = "inventory.portrait"
SHAPE = 3  # counts up when a portrait says more, so that older ones are made again


def last_day(snapshots: Sequence[Snapshot]) -> date:
    """The last day of the twelve months counted, everywhere: that of the newest inventory, today when there is none."""
    return max((one.taken_on for one in snapshots), default=timezone.localdate())


def of(organisation: Any, snapshots: Sequence[Snapshot]) -> Portrait:
    """The portrait on the last day counted; kept in the organisation's results under the digest of all that decides it."""
    at = last_day(snapshots)
    if not snapshots:
        return Portrait(at=at)
    inputs = arrivals.sources_of(snapshots)  # a damaged one is said even where a portrait was kept: it must be mended
    from terreau.factors.catalogue import factor_set  # late: it reads the packs
    from terreau.footprint.parameters import Parameters
    from terreau.footprint.rules import rule_set

    decisions, rules = deciding.decisions_of(organisation), rule_set()
    factors = factor_set(extra=sources.own_pack_paths(organisation))
    policy = dict(sorted(organisation.lifespans.items()))
    decided_by = [__version__, SHAPE, vocabulary.version(), str(at), decisions.digest, rules.digest, factors.digest,
                  policy, sorted((one.source.name, one.sha256) for one in snapshots)]  # fmt: skip
    digest = hashlib.sha256(json.dumps(decided_by).encode()).hexdigest()

    def make() -> dict[str, Any]:
        seen = portrait(
            inputs,
            decisions=decisions,
            rules=rules,
            factors=factors,
            parameters=Parameters(at=at, zone=organisation.zone, lifespans=policy),
        )
        return seen.as_json()

    return Portrait.from_json(kept_json(organisation, f"portrait-{digest}", make, kind=KIND, inputs={}))
