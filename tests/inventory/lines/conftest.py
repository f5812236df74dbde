"""Small files written by the tests, and the sample inventories of the repository."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from terreau.tables.engine import engine

AT = date(2026, 9, 30)
EXAMPLES = Path(__file__).parents[3] / "examples" / "inventories"


@pytest.fixture
def listed(tmp_path: Path) -> Callable[..., Path]:
    """Writes lines of cells separated by semicolons and returns the file."""

    def write(*lines: str, name: str = "liste.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def con() -> Iterator[object]:
    """One engine for the tests of a module: opening one takes as long as ten questions."""
    with engine(threads=1) as opened:
        yield opened
