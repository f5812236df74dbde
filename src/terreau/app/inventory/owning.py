"""Whose is a device that the inventory holds and a tool says is personal (à qui est-il): what is asked, what is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from terreau.app.inventory import reconciling
from terreau.app.inventory.models import Snapshot
from terreau.inventory.ownership import ORG, PERSONAL

ANSWERS = (ORG, PERSONAL)
LISTING = "personal_in_question"


def asked(organisation: Any, snapshots: Sequence[Snapshot], value: str) -> Mapping[str, Any] | None:
    """The device of the list that ``value`` (its key) names, None when nothing is asked about it any more."""
    listed = reconciling.devices(organisation, snapshots, LISTING) if value else iter(())
    return next((one for one in listed if one["key"] == value), None)
