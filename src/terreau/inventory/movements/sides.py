"""The devices of one day, keyed for comparison (un côté de la comparaison).

Virtual machines, repeated lines and rooms are left out here. A device is *present* (in use, in repair, in stock), *out*,
*ordered* (not here yet) or *personal*. Its key is that of the fleet (``reconciliation.clusters``), over both days and all
sources at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from terreau.inventory.decisions import Decisions
from terreau.inventory.fates import settle_fates
from terreau.inventory.fleet import gather
from terreau.inventory.keys import coarse, fresh, junk_serials
from terreau.inventory.movements.lots import share_lots
from terreau.inventory.movements.sources import Pair, as_input
from terreau.inventory.reconciliation.clusters import ROW_ID, clusters
from terreau.kernel.period import Period

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

SHEETS = 1000
"""Room between two sources in the numbering of inputs."""

AFTER = 100_000_000
"""Added to the inputs of the second day where both days stand in one relation."""

_CLUSTERED = "line, serial, imei, source_id, name, source, kind, maker, category, is_virtual"


@dataclass(frozen=True, slots=True)
class Side:
    """One side in the engine.

    devices: table of the devices of the compared sources: rid, src (place of the source), part (1 for the second device
      of a bundle), k (device on both days, NULL when nothing links it), numbered (bears a serial or an IMEI), sid, name,
      label, lot (what unnamed lines share), span (see ``lots``), state, status, quantity, category, what (model and type words),
      entered_on, entry_precision, left_on, entity, leased, seen_on, file, line
    elsewhere: table (k) of the devices of the sources that are not compared
    apart: devices left out [count] by reason
    """

    devices: str
    elsewhere: str
    apart: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Settled:
    """Lines of one side: every line settled, and their devices; of the compared sources, of the others ('' for none)."""

    lines: str
    devices: str
    other_lines: str
    offset: int


def both_sides(con: Engine, pairs: Sequence[Pair], decisions: Decisions, at_before: date,
               at_after: date) -> tuple[Side, Side]:  # fmt: skip
    """The devices of both days, keyed alike."""
    before = _settled(con, pairs, "before", decisions, at_before, 0)
    after = _settled(con, pairs, "after", decisions, at_after, AFTER)
    every = fresh("both_days")
    parts = [f"SELECT input::BIGINT + {side.offset} AS input, {_CLUSTERED} FROM {relation}"
             for side in (before, after) for relation in (side.lines, side.other_lines) if relation]  # fmt: skip
    con.execute(f"CREATE TEMP TABLE {every} AS {' UNION ALL '.join(parts)}")
    found = clusters(con, every, decisions)
    members = found.members if found else f"(SELECT 0::BIGINT AS row_id, '' AS label FROM {every} LIMIT 0)"
    junk = _junk(con, every)
    sides = _side(con, before, members, junk), _side(con, after, members, junk)
    share_lots(con, *(side.devices for side in sides))
    return sides


def _junk(con: Engine, every: str) -> str:
    """Create the table (coarse) of the numbers that identify nothing; returns its name.

    Each day on its own: between two days every serial is written twice, and each would have to be looked at.
    """
    days = (junk_serials(con, f"(SELECT * FROM {every} WHERE input {which} {AFTER})") for which in ("<", ">="))
    name = fresh("junk_of_both")
    con.execute(f"CREATE TEMP TABLE {name} AS {' UNION '.join(f'SELECT coarse FROM {day}' for day in days)}")
    return name


def _settled(con: Engine, pairs: Sequence[Pair], side: str, decisions: Decisions, at: date, offset: int) -> _Settled:
    compared: list[str] = []
    others: list[str] = []
    for place, pair in enumerate(pairs):
        taken = getattr(pair, side)
        if taken:
            rows = gather(con, [as_input(one, pair.name) for one in taken])
            inputs = [row[0] for row in con.execute(f"SELECT DISTINCT input FROM {rows} ORDER BY 1").fetchall()]
            numbered = f"list_position({inputs}::BIGINT[], input::BIGINT) - 1 + {place * SHEETS} AS input"
            chosen = compared if pair.sides == "both" else others
            chosen.append(f"SELECT * REPLACE ({numbered}) FROM {rows}")
    day = Period(at + timedelta(days=1), at + timedelta(days=1))  # a device retired on the day itself is out
    settled = settle_fates(con, _table(con, compared), period=day, decisions=decisions)
    other = settle_fates(con, _table(con, others), period=day, decisions=decisions).relation if others else ""
    return _Settled(settled.relation, settled.devices, other, offset)


def _table(con: Engine, parts: Sequence[str]) -> str:
    name = fresh("side_lines")
    con.execute(f"CREATE TEMP TABLE {name} AS {' UNION ALL '.join(parts)}")
    return name


def _side(con: Engine, settled: _Settled, members: str, junk: str) -> Side:
    apart = con.execute(f"""SELECT fate, sum(quantity) FROM {settled.devices}
        WHERE fate IN ('virtual', 'merged', 'personal') GROUP BY fate""").fetchall()
    devices, elsewhere = fresh("side"), fresh("elsewhere")
    row_id = ROW_ID.replace("input", f"(input::BIGINT + {settled.offset})")
    con.execute(f"CREATE TEMP TABLE {devices} AS {_devices_sql(settled.devices, row_id, members, junk)}")
    others = f"SELECT {row_id} FROM {settled.other_lines}" if settled.other_lines else "SELECT 0::BIGINT WHERE FALSE"
    con.execute(
        f"CREATE TEMP TABLE {elsewhere} AS SELECT DISTINCT label AS k FROM {members} WHERE row_id IN ({others})"
    )
    return Side(devices=devices, elsewhere=elsewhere, apart={fate: float(count) for fate, count in apart})


def _devices_sql(devices: str, row_id: str, members: str, junk: str) -> str:
    possible = "entered_on <= left_on OR left_on IS NULL"
    number = " OR ".join(
        f"({coarse(column)} IS NOT NULL AND {coarse(column)} NOT IN (SELECT coarse FROM {junk}))"
        for column in ("serial", "imei")
    )
    return f"""
        WITH told AS (SELECT *, {row_id} AS both_id FROM {devices}
                      WHERE fate NOT IN ('virtual', 'merged') AND quantity > 0)
        SELECT row_number() OVER (ORDER BY input, line, class_level = 'bundle') AS rid,
               input // {SHEETS} AS src, (class_level = 'bundle')::INTEGER AS part, m.label AS k,
               coalesce({number}, FALSE) AS numbered, source_id AS sid, name,
               coalesce(source_id, name, serial, model, type_word) AS label,
               md5(concat_ws('|', type_word, manufacturer, model, screen_size, entity, site)) AS lot,
               CASE WHEN fate = 'personal' THEN 'personal' WHEN fate = 'retired' THEN 'out'
                    WHEN status = 'ordered' THEN 'ordered' ELSE 'present' END AS state,
               coalesce(status, 'in_use') AS status, quantity, category,
               concat_ws('|', manufacturer, model, type_word) AS what,
               CASE WHEN {possible} THEN entered_on END AS entered_on,
               CASE WHEN entered_on IS NULL OR NOT ({possible}) THEN 'unknown' ELSE date_precision END
               AS entry_precision,
               left_on, CAST(NULL AS VARCHAR) AS span, entity, coalesce(ownership = 'leased', FALSE) AS leased, last_seen_on AS seen_on,
               CASE WHEN sheet = '' THEN file ELSE file || ' › ' || sheet END AS file, line
        FROM told LEFT JOIN {members} m ON m.row_id = both_id"""
