"""Work given to confined children by the tests of ``tables.confined``."""

import os
import signal
import time
from pathlib import Path

from terreau.kernel.underway import step
from terreau.tables.engine import engine
from terreau.tables.reading import read_sheets


def reads(*, path: str) -> list[list[object]]:
    """The sheets of a file: name and lines."""
    with engine() as con:
        sheets = read_sheets(
            con, Path(path), name=Path(path).name, known_header=lambda text: text in ("Nom", "Type", "IMEI")
        )
        return [
            [sheet.name, con.execute(f"SELECT count(*) FROM {sheet.relation}").fetchall()[0][0]] for sheet in sheets
        ]


def tells() -> str:
    """Say where it is, long enough to be heard."""
    step("read", 3, 4)
    time.sleep(0.2)
    step("lay")
    time.sleep(0.2)
    return "done"


def hungry() -> int:
    """Ask for four gibibytes."""
    return len(bytearray(4 << 30))


def mistaken() -> float:
    """A mistake of ours."""
    return 1 / 0


def slow() -> None:
    """Never end."""
    while True:
        pass


def dies(*, files: list[list[str]]) -> None:
    """Vanish without a word, as a child killed by the system does."""
    os.kill(os.getpid(), signal.SIGTERM)
