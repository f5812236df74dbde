"""An antivirus, when the instance has one: ``TERREAU_SCAN_COMMAND`` receives the path of each file kept.

0 says clean, 1 says infected (the file is refused), anything else or silence says unknown (the file waits, unopened).
"""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

from django.conf import settings

from terreau.kernel.errors import TerreauError

CLEAN, UNKNOWN = "clean", "unknown"
SECONDS = 60


def verdict(path: Path, name: str) -> str:
    """CLEAN or UNKNOWN; app.file_infected when the scanner says so. Without a scanner every file is CLEAN."""
    command = shlex.split(settings.SCAN_COMMAND)
    if not command:
        return CLEAN
    try:
        done = subprocess.run([*command, str(path)], capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return UNKNOWN
    if done.returncode == 1:
        raise TerreauError("app.file_infected", name=name)
    return CLEAN if done.returncode == 0 else UNKNOWN
