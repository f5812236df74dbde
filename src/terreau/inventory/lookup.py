"""Small tables made of Python values, to be joined back to the lines: nothing is read line by line in Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

Columns = Mapping[str, tuple[str, Sequence[object]]]


def lookup(con: Engine, name: str, columns: Columns) -> str:
    """Create the temporary table ``name`` from ``{column: (sql type, values)}`` of one length; returns its name."""
    unnested = ", ".join(f"unnest(CAST(? AS {kind}[])) AS {column}" for column, (kind, _) in columns.items())
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {unnested}", [list(values) for _, values in columns.values()]
    )
    return name


def distinct(con: Engine, relation: str, expression: str) -> list[str]:
    """The distinct non-empty values of ``expression`` in ``relation``, sorted so that reading never depends on order."""
    rows = con.execute(f"SELECT DISTINCT {expression} AS v FROM {relation} WHERE {expression} IS NOT NULL").fetchall()
    return sorted(row[0] for row in rows)
