"""Small files written by the tests, and the sample inventories of the repository."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

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
