"""One device written twice counts once (doublons): same serial, or same IMEI when there is no serial.

Of the lines of one device, the one that counts is chosen by what it says, never by where it stands: in service before
in stock before retired before personal; then the larger quantity; then the one whose date of entry is known; then the one
that names its entity; then the most recently seen; then the most complete; then the one read without doubt; then by name,
in alphabetical order. Only two identical lines are told apart by their file and line number, and that changes no figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terreau.inventory.keys import coarse, fresh, junk_serials, keyed, repeated_serials
from terreau.inventory.remarks import remark

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

_FILLED = ("in_service_on", "bought_on", "model", "type_word", "manufacturer", "entity", "site", "country",
           "kwh_per_year", "source_id", "status", "datacentre")  # fmt: skip
_TEXTS = ("name", "source_id", "model", "type_word", "manufacturer", "entity", "site", "country", "datacentre",
          "serial", "imei", "screen_size", "operating_system")  # fmt: skip

BEST_FIRST = ", ".join(
    (
        "list_position(['counted', 'stock', 'retired', 'personal'], standing)",
        "quantity DESC",
        # a device manager sees a device last but knows neither its age nor its entity: the inventory speaks first
        "(entered_on IS NULL)",
        "(entity IS NULL)",
        "last_seen_on DESC NULLS LAST",
        f"({' + '.join(f'({column} IS NOT NULL)::INT' for column in _FILLED)}) DESC",
        "doubtful",
        *(f"{column} NULLS LAST" for column in _TEXTS),
        "bought_on NULLS LAST", "in_service_on NULLS LAST", "retired_on NULLS LAST", "kwh_per_year NULLS LAST",
        "file", "sheet", "input", "line",
    )
)  # fmt: skip


def merged_lines(con: Engine, standing: str) -> str:
    """Create the table of lines that repeat another one; returns its name.

    standing: relation of lines with ``input``, ``line``, ``standing``, ``is_virtual`` and the snapshot's columns
    Columns: input, line, serial_key, kept_input, kept_file, kept_sheet, kept_line.
    """
    repeated = repeated_serials(con, standing)
    often = f"(SELECT h FROM {repeated})"
    twice = f"""(SELECT * FROM {standing} WHERE NOT coalesce(is_virtual, FALSE)
        AND (hash({coarse("serial")}) IN {often} OR hash({coarse("imei")}) IN {often}))"""
    name, candidates = fresh("merged"), fresh("candidates")
    if not (con.execute(f"SELECT count(*) FROM {repeated}").fetchone() or (0,))[0]:
        con.execute(f"""CREATE TEMP TABLE {name} (input INTEGER, line BIGINT, serial_key VARCHAR, kept_input INTEGER,
            kept_file VARCHAR, kept_sheet VARCHAR, kept_line BIGINT)""")
        return name
    con.execute(f"CREATE TEMP TABLE {candidates} AS FROM {twice}")
    con.execute(f"""
        CREATE TEMP TABLE {name} AS
        WITH ranked AS (
            SELECT input, file, sheet, line, serial_key,
                   row_number() OVER (PARTITION BY serial_key ORDER BY {BEST_FIRST}) AS place
            FROM {keyed(candidates, junk_serials(con, candidates))} WHERE serial_key IS NOT NULL)
        SELECT r.input, r.line, r.serial_key, k.input AS kept_input, k.file AS kept_file, k.sheet AS kept_sheet,
               k.line AS kept_line
        FROM ranked r JOIN ranked k ON k.serial_key = r.serial_key AND k.place = 1
        WHERE r.place > 1
    """)
    return name


def remark_merged(con: Engine, remarks: str, merged: str) -> None:
    """Say of each repeated line which one counts in its stead."""
    remark(con, remarks, f"""
        SELECT input, line, '', 'inventory.duplicate_serial', serial_key,
               json_object('kept_file', CASE WHEN kept_sheet = '' THEN kept_file ELSE kept_file || ' › ' || kept_sheet
                           END, 'kept_line', kept_line) FROM {merged}""")  # fmt: skip
