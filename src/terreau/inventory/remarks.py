"""What a check saw, line by line, gathered in one table of the engine (constats)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from terreau.inventory.keys import fresh
from terreau.inventory.lookup import lookup
from terreau.tables.engine import literal
from terreau.tables.findings import Finding

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

LONGEST_CELL = 80
"""A cell quoted in a remark is cut there [characters]."""


def remarks_table(con: Engine) -> str:
    """Create the empty table: input, line, column_name, code, cell (as written), facts (JSON); returns its name."""
    name = fresh("remarks")
    con.execute(f"""CREATE TEMP TABLE {name}
        (input INTEGER, line BIGINT, column_name VARCHAR, code VARCHAR, cell VARCHAR, facts VARCHAR)""")
    return name


def remark_unread(con: Engine, remarks: str, *, source: str, input_number: int, column: str, cell: str,
                  values: Sequence[object], codes: Sequence[object], facts: Sequence[Mapping[str, object]]) -> None:  # fmt: skip
    """One remark per line of ``source`` whose ``cell`` (SQL) holds a value that has a code."""
    told = [(value, code, json.dumps(dict(known), ensure_ascii=False, default=str))
            for value, code, known in zip(values, codes, facts, strict=True) if code]  # fmt: skip
    table = lookup(con, fresh("unread"), {
        "value": ("VARCHAR", [value for value, _, _ in told]),
        "code": ("VARCHAR", [code for _, code, _ in told]),
        "facts": ("VARCHAR", [known for _, _, known in told]),
    })  # fmt: skip
    con.execute(f"""INSERT INTO {remarks}
        SELECT {input_number}, r.line, {literal(column)}, u.code, left(u.value, {LONGEST_CELL}), u.facts
        FROM (SELECT line, {cell} AS cell FROM {source}) r JOIN {table} u ON u.value = r.cell""")


def remark(con: Engine, remarks: str, select: str) -> None:
    """Add what ``select`` yields: input, line, column, code, cell, facts as a JSON text."""
    con.execute(f"INSERT INTO {remarks} {select}")


def findings(con: Engine, remarks: str, input_number: int, most: int) -> tuple[Finding, ...]:
    """The remarks of one sheet as findings, in the order of its lines, at most ``most`` of them."""
    rows = con.execute(f"""SELECT line, column_name, code, cell, facts FROM {remarks} WHERE input = {input_number}
        ORDER BY line, column_name, code, cell LIMIT {most}""").fetchall()
    return tuple(
        Finding(line=line, column=column or "", code=code, facts=_facts(line, column, cell, facts))
        for line, column, code, cell, facts in rows
    )


def counted(
    con: Engine, remarks: str, input_number: int
) -> tuple[tuple[str, str, int, str, int, dict[str, object]], ...]:
    """Remarks of one sheet grouped: code, column, lines [count], first cell, its line, facts; the most frequent first."""
    rows = con.execute(f"""SELECT code, column_name, count(*) AS n, arg_min(coalesce(cell, ''), line), min(line),
        arg_min(facts, line) FROM {remarks} WHERE input = {input_number} GROUP BY code, column_name
        ORDER BY n DESC, code, column_name""").fetchall()
    return tuple(
        (code, column, lines, cell, line, _facts(line, column, cell, facts))
        for code, column, lines, cell, line, facts in rows
    )


def _facts(line: int, column: str | None, cell: str | None, facts: str | None) -> dict[str, object]:
    return {"line": line, "column": column or "", "value": cell or "", **json.loads(facts or "{}")}
