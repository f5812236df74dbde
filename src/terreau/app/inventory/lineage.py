"""Where one device comes from (lignée): the rows of each file that speak of it, what each says, what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from terreau.app.inventory.models import Snapshot


def of(organisation: Any, snapshots: Sequence[Snapshot], device: int) -> dict[str, Any] | None:
    """What the page of one device prints; None when no device of the fleet bears that number."""
    return None
