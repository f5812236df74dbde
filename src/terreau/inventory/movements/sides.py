"""The devices of one day, keyed for comparison (un côté de la comparaison).

Virtual machines, repeated lines and rooms are left out here. A device is *present* (in use, in repair, in stock), *out*,
*ordered* (not here yet) or *personal*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from terreau.inventory.decisions import Decisions
from terreau.inventory.device import SNAPSHOT_COLUMNS
from terreau.inventory.fates import settle_fates
from terreau.inventory.fleet import gather
from terreau.inventory.keys import coarse, fresh, junk_serials
from terreau.inventory.movements.sources import Pair, Taken, as_input
from terreau.kernel.period import Period

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

SHEETS = 1000
"""Room between two sources in the numbering of inputs."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side in the engine.

    devices: table of the devices of the compared sources: rid, src (place of the source), part (1 for the second device
      of a bundle), k (serial, else IMEI), sid, name, label, lot (what unnamed lines share), state, status, status_given,
      quantity, category, kind (model and type words), entered_on, entry_precision, left_on, entity, leased, seen_on,
      file, line
    elsewhere: table (k) of the devices of the sources that are not compared
    apart: lines left out [count] by reason
    """

    devices: str
    elsewhere: str
    apart: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Lines:
    """Kept lines of one side: those of the compared sources, those of the others."""

    compared: str
    others: str
    at: date


def both_sides(con: Engine, pairs: Sequence[Pair], decisions: Decisions, at_before: date,
               at_after: date) -> tuple[Side, Side]:  # fmt: skip
    """The devices of both days, keyed alike: what is junk for one side is junk for the other."""
    before = _lines(con, [one.before for one in pairs], pairs, at_before)
    after = _lines(con, [one.after for one in pairs], pairs, at_after)
    every = " UNION ALL ".join(
        f"SELECT serial, imei FROM {relation}" for side in (before, after) for relation in (side.compared, side.others)
    )
    keys = _keys_of_texts(con, f"({every})")
    return _side(con, before, decisions, keys), _side(con, after, decisions, keys)


def _lines(con: Engine, sides: Sequence[Sequence[Taken]], pairs: Sequence[Pair], at: date) -> _Lines:
    compared: list[str] = []
    others: list[str] = []
    columns = ", ".join(SNAPSHOT_COLUMNS)
    for place, (taken, pair) in enumerate(zip(sides, pairs, strict=True)):
        if taken:
            rows = gather(con, [as_input(one) for one in taken])
            inputs = [row[0] for row in con.execute(f"SELECT DISTINCT input FROM {rows} ORDER BY 1").fetchall()]
            numbered = f"list_position({inputs}, input) - 1 + {place * SHEETS} AS input"
            chosen = compared if pair.sides == "both" else others
            chosen.append(f"SELECT {numbered}, {columns} FROM {rows} WHERE record IS NULL")
    return _Lines(_view(con, compared, columns), _view(con, others, columns), at)


def _view(con: Engine, parts: list[str], columns: str) -> str:
    name = fresh("side_lines")
    nothing = ", ".join(f"CAST(NULL AS {kind}) AS {column}" for column, kind in SNAPSHOT_COLUMNS.items())
    con.execute(f"CREATE TEMP TABLE {name} AS {' UNION ALL '.join(parts) or f'SELECT 0 AS input, {nothing} LIMIT 0'}")
    return name


def _keys_of_texts(con: Engine, relation: str) -> str:
    """Create the table (serial_text, imei_text, k): the key of each pair of cells; an IMEI leads to its serial."""
    junk, name = junk_serials(con, relation), fresh("text_keys")
    con.execute(f"""
        CREATE TEMP TABLE {name} AS
        WITH said AS (
            SELECT DISTINCT serial AS serial_text, imei AS imei_text,
                   CASE WHEN js.coarse IS NULL THEN {coarse("serial")} END AS s,
                   CASE WHEN ji.coarse IS NULL THEN {coarse("imei")} END AS i
            FROM {relation} l LEFT JOIN {junk} js ON js.coarse = {coarse("l.serial")}
            LEFT JOIN {junk} ji ON ji.coarse = {coarse("l.imei")}
            WHERE serial IS NOT NULL OR imei IS NOT NULL),
        both_said AS (SELECT i, min(s) AS s FROM said WHERE s IS NOT NULL AND i IS NOT NULL GROUP BY i)
        SELECT serial_text, imei_text, coalesce(said.s, b.s, said.i) AS k FROM said LEFT JOIN both_said b ON b.i = said.i
        WHERE coalesce(said.s, said.i) IS NOT NULL""")
    return name


def _side(con: Engine, lines: _Lines, decisions: Decisions, keys: str) -> Side:
    day = lines.at + timedelta(days=1)  # a device retired on the day itself is out
    settled = settle_fates(con, lines.compared, period=Period(day, day), decisions=decisions).devices
    apart = con.execute(f"""SELECT fate, sum(quantity) FROM {settled} WHERE fate IN ('virtual', 'merged', 'personal')
        GROUP BY fate""").fetchall()
    devices, elsewhere = fresh("side"), fresh("elsewhere")
    joined = "{keys} t ON t.serial_text IS NOT DISTINCT FROM l.serial AND t.imei_text IS NOT DISTINCT FROM l.imei"
    con.execute(f"CREATE TEMP TABLE {devices} AS {_devices_sql(settled, joined.format(keys=keys))}")
    con.execute(f"""CREATE TEMP TABLE {elsewhere} AS SELECT DISTINCT t.k FROM {lines.others} l
        JOIN {joined.format(keys=keys)}""")
    return Side(devices=devices, elsewhere=elsewhere, apart={fate: float(count) for fate, count in apart})


def _devices_sql(settled: str, keys: str) -> str:
    possible = "l.entered_on <= l.left_on OR l.left_on IS NULL"
    return f"""
        SELECT row_number() OVER (ORDER BY l.input, l.line, l.class_level = 'bundle') AS rid,
               l.input // {SHEETS} AS src, (l.class_level = 'bundle')::INTEGER AS part, t.k, l.source_id AS sid, l.name,
               coalesce(l.source_id, l.name, l.serial, l.model, l.type_word) AS label,
               md5(concat_ws('|', l.type_word, l.manufacturer, l.model, l.screen_size, l.entity, l.site)) AS lot,
               CASE WHEN l.fate = 'personal' THEN 'personal' WHEN l.fate = 'retired' THEN 'out'
                    WHEN l.status = 'ordered' THEN 'ordered' ELSE 'present' END AS state,
               coalesce(l.status, 'in_use') AS status, l.status IS NOT NULL AS status_given, l.quantity, l.category,
               concat_ws('|', l.manufacturer, l.model, l.type_word) AS kind,
               CASE WHEN {possible} THEN l.entered_on END AS entered_on,
               CASE WHEN l.entered_on IS NULL OR NOT ({possible}) THEN 'unknown' ELSE l.date_precision END
               AS entry_precision,
               l.left_on, l.entity, coalesce(l.ownership = 'leased', FALSE) AS leased, l.last_seen_on AS seen_on,
               CASE WHEN l.sheet = '' THEN l.file ELSE l.file || ' › ' || l.sheet END AS file, l.line
        FROM {settled} l LEFT JOIN {keys}
        WHERE l.fate NOT IN ('virtual', 'merged') AND l.quantity > 0"""
