"""A table ready to be read: caption, heads, rows already written for a person (tableau)."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a table; numbers are set to the right."""

    label: str
    numeric: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table, already written for a reader; ``href`` makes its label a link."""

    label: str
    cells: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A small table: its first column is the label of each row, named by ``axis``."""

    caption: str
    axis: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    stacked: bool = False
    quiet_caption: bool = field(default=False)

    @property
    def weight(self) -> int:
        """How many elements it adds to a page: rows x (columns + 1), to be kept under 220."""
        return (len(self.rows) + 1) * (len(self.heads) + 2)


def columns(*labels: str, words: Sequence[str] = ()) -> tuple[Head, ...]:
    """Heads of numbers, except those listed in ``words``."""
    return tuple(Head(label, numeric=label not in words) for label in labels)
