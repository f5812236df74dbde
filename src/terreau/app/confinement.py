"""Files from outside are read in a child process with a limit on time, size and memory, as the settings say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings

from terreau.kernel.errors import TerreauError

# Refusals whose remedy is another setting here than in the shell.
SAID_HERE = {"tables.too_heavy": "app.file_too_large", "tables.reading_too_long": "app.work_too_long"}


MOST_SECONDS = 60  # of a page: a job has TERREAU_WORK_SECONDS


def run(function: str, *, stop: Callable[[], bool] | None = None, **arguments: Any) -> Any:
    """The result of ``function`` (dotted path; plain values in and out) run in the confined child process.

    stop: of a job, asked now and then; when it says True the child is killed and ``tasks.door.Cancelled`` raised
    Raises its TerreauError, or that of an exceeded limit, with the setting that an administrator may raise.
    """
    from dataclasses import replace

    from terreau.app.tasks.kinds import Cancelled
    from terreau.tables.confined import Stopped, confined
    from terreau.tables.limits import UPLOAD

    seconds = settings.WORK_SECONDS if stop else min(MOST_SECONDS, settings.WORK_SECONDS)
    limits = replace(UPLOAD, max_bytes=settings.UPLOAD_MAX_BYTES, seconds=seconds)
    try:
        return confined(function, limits=limits, **({"stop": stop} if stop else {}), **arguments)
    except Stopped as stopped:
        raise Cancelled from stopped
    except TerreauError as refusal:
        if refusal.code in SAID_HERE:
            raise TerreauError(SAID_HERE[refusal.code], **refusal.facts) from refusal
        raise
