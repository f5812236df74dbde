"""An inventory from outside is read in the confined child process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from terreau.app import confinement
from terreau.app.inventory import kinds


def understand(*, folder: Path, files: Sequence[tuple[str, str]], at: date, choices: dict[str, Any],
               decisions: dict[str, Any], previous: Path | None, place: str = "", source: str = "",
               stop: Callable[[], bool] | None = None) -> dict[str, Any]:  # fmt: skip
    """``reading.understand`` in the confined child; raises its TerreauError, or that of an exceeded limit."""
    told: dict[str, Any] = confinement.run(
        "terreau.app.inventory.reading.understand",
        folder=str(folder), files=[list(one) for one in files], at=at.isoformat(), choices=choices,
        decisions=decisions, previous=str(previous) if previous else None, language=kinds.language(),
        max_bytes=settings.UPLOAD_MAX_BYTES, place=place, source=source, stop=stop,
    )  # fmt: skip
    return told


def recognise(*, folder: Path, files: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """``recognising.recognise`` in the confined child: the tool each file comes from."""
    told: list[dict[str, str]] = confinement.run(
        "terreau.app.inventory.recognising.recognise",
        folder=str(folder), files=[list(one) for one in files], max_bytes=settings.UPLOAD_MAX_BYTES,
    )  # fmt: skip
    return told
