"""What a person said of two lines holds from one inventory of a source to the next (décisions, d'un inventaire à l'autre).

Lines said to be one device are compared together whatever their numbers; lines said to be two are never paired.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from terreau.inventory.decisions import Decisions, Pair
from terreau.inventory.keys import fresh
from terreau.inventory.lookup import Columns, lookup
from terreau.inventory.reconciliation.handles import matched

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

LARGEST = 60
"""Lines of one key, on one side, up to which each pair is looked at; beyond, decisions are left aside [count]."""


@dataclass(slots=True)
class _Line:
    side: str
    row_id: int
    key: str
    content: str
    named: set[str] = field(default_factory=set)


def decided_keys(con: Engine, both: str, decisions: Decisions) -> str:
    """Table (side, row_id, decided): the key, shared by a pair and no other line, of each line that a decision settles.

    both: relation of the lines of two inventories: ``side`` ('b' before, 'a' after), ``row_id`` (over both sides),
    ``source``, ``line_key``, ``content`` and the columns that handles name (see reconciliation.handles)
    """
    lines = _lines(con, both, decisions)
    groups = _groups(decisions.same, lines)
    told = [one for some in groups for one in _paired(some, decisions.apart)]
    columns: Columns = {
        "side": ("VARCHAR", [one.side for one, _ in told]),
        "row_id": ("BIGINT", [one.row_id for one, _ in told]),
        "decided": ("VARCHAR", [key for _, key in told]),
    }
    return lookup(con, fresh("decided_lines"), columns)


def _lines(con: Engine, both: str, decisions: Decisions) -> list[_Line]:
    """The lines that a decision names, and those that share their key."""
    handles = {one for pair in decisions.same | decisions.apart for one in pair}
    named: defaultdict[int, set[str]] = defaultdict(set)
    for text, rows in matched(con, both, handles).items():
        for row in rows:
            named[row].add(text)
    ids = lookup(con, fresh("named"), {"row_id": ("BIGINT", sorted(named))})
    found = con.execute(f"""SELECT side, row_id, line_key, content FROM {both} WHERE line_key IN (
        SELECT line_key FROM {both} WHERE row_id IN (SELECT row_id FROM {ids})) ORDER BY side, content, row_id""").fetchall()
    return [_Line(side, row, key, content, named.get(row, set())) for side, row, key, content in found]


def _groups(same: Iterable[Pair], lines: list[_Line]) -> list[list[_Line]]:
    """Lines of one key, or of keys that a person joined, even through a line of another source."""
    first: dict[str, str] = {}

    def root(one: str) -> str:
        while first.setdefault(one, one) != one:
            one = first[one]
        return one

    joined = {one for pair in same for one in pair}
    for pair in sorted(same):
        first[root(f"said {pair[0]}")] = root(f"said {pair[1]}")
    for line in lines:
        for text in sorted(line.named & joined):
            first[root(f"key {line.key}")] = root(f"said {text}")
    groups: defaultdict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        groups[root(f"key {line.key}")].append(line)
    return [groups[key] for key in sorted(groups)]


def _paired(group: list[_Line], apart: frozenset[Pair]) -> list[tuple[_Line, str]]:
    """Each line of a group and its key: that of its pair, or its own."""
    sides: Mapping[str, list[_Line]] = {side: [one for one in group if one.side == side] for side in "ba"}
    if max(map(len, sides.values())) > LARGEST:
        return []
    free, told = list(sides["a"]), []
    # The surest first: lines that bear the same names, then those that did not change.
    for sure in (
        lambda b, a: bool(b.named & a.named) and b.key == a.key,
        lambda b, a: b.content == a.content,
        lambda b, a: True,
    ):
        left = []
        for line in sides["b"]:
            pair = next((one for one in free if sure(line, one) and not _kept_apart(line, one, apart)), None)
            if pair is None:
                left.append(line)
                continue
            free.remove(pair)
            told += [(line, f"decided:{line.row_id}"), (pair, f"decided:{line.row_id}")]
        sides = {**sides, "b": left}
    return told + [(one, f"decided:{one.row_id}") for one in (*sides["b"], *free)]


def _kept_apart(one: _Line, other: _Line, apart: frozenset[Pair]) -> bool:
    return any(
        (first in one.named and second in other.named and not {first, second} <= one.named & other.named)
        for pair in apart
        for first, second in (pair, pair[::-1])
    )
