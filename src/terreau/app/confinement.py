"""Files from outside are read in a child process with a limit on time, size and memory, as the settings say."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from terreau.kernel.errors import TerreauError

# Refusals whose remedy is another setting here than in the shell.
SAID_HERE = {"tables.too_heavy": "app.file_too_large", "tables.reading_too_long": "app.work_too_long"}


def run(function: str, **arguments: Any) -> Any:
    """The result of ``function`` (dotted path; plain values in and out) run in the confined child process.

    Raises its TerreauError, or that of an exceeded limit, with the setting that an administrator may raise.
    """
    from dataclasses import replace

    from terreau.tables.confined import confined
    from terreau.tables.limits import UPLOAD

    limits = replace(UPLOAD, max_bytes=settings.UPLOAD_MAX_BYTES, seconds=settings.WORK_SECONDS)
    try:
        return confined(function, limits=limits, **arguments)
    except TerreauError as refusal:
        if refusal.code in SAID_HERE:
            raise TerreauError(SAID_HERE[refusal.code], **refusal.facts) from refusal
        raise
