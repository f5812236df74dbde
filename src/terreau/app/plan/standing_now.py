"""Where the plan stands today: read and judged once for a page that several rooms make together."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from terreau.app.plan import recording, showing
from terreau.app.reading_once import once
from terreau.plan.standing import Standing


@once
def standings(organisation: Any) -> tuple[Standing, ...]:
    """Where each commitment stands today, by due day; drafts too."""
    return tuple(showing.judged(recording.records(organisation), organisation, timezone.localdate()))
