"""One device written twice counts once (doublons): same serial, same IMEI, or a person said so (see reconciliation).

Of the lines of one device, the one that counts is chosen by what it says, never by where it stands: in service before
in stock before retired before personal; then the larger quantity; then the one whose date of entry is known; then the one
that names its entity; then the most recently seen; then the most complete; then the one read without doubt; then by name,
in alphabetical order. Only two identical lines are told apart by their file and line number, and that changes no figure.
"""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from terreau.inventory.keys import coarse, fresh
from terreau.inventory.remarks import remark

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

_FILLED = ("in_service_on", "bought_on", "model", "type_word", "manufacturer", "entity", "site", "country",
           "kwh_per_year", "source_id", "status", "datacentre")  # fmt: skip
_TEXTS = ("name", "source_id", "model", "type_word", "manufacturer", "entity", "site", "country", "datacentre",
          "serial", "imei", "screen_size", "operating_system")  # fmt: skip

_FIGURES = ("bought_on", "in_service_on", "retired_on", "date_precision", "kwh_per_year", "status", "status_text",
            "ownership", "cost", "pue", "use_mode", "use_rate", "years_before", "years_here", "years_after",
            "condition_at_purchase")  # fmt: skip


def best_first(said: Container[str]) -> tuple[str, str]:
    """SQL: the order of the lines of one device, and then of those that order leaves equal (few: it costs far more).

    said: columns of which some line says something (the others are skipped)
    Relations have ``standing``, ``entered_on`` and the columns of a snapshot.
    """
    filled = [f"({column} IS NOT NULL)::INT" for column in _FILLED if column in said]
    last = [f"coalesce({column}::VARCHAR, chr(1114109))" for column in (*_TEXTS, *_FIGURES) if column in said]
    order = ", ".join((
        "list_position(['counted', 'stock', 'retired', 'personal'], standing)",
        "quantity DESC",
        # a device manager sees a device last but knows neither its age nor its entity: the inventory speaks first
        "(entered_on IS NULL)",
        "(entity IS NULL)",
        "last_seen_on DESC NULLS LAST",
        f"({' + '.join(filled or ['0'])}) DESC",
        "doubtful",
    ))  # fmt: skip
    return order, f"concat_ws(chr(1), {', '.join(last or [repr('')])})"


def merged_rows(con: Engine, rows: str) -> str:
    """Create the table of rows that repeat another one; returns its name.

    rows: the table of ``reconciliation.choosing.rank_rows``
    Columns: input, line, number (serial, IMEI, or '' when a person says so), found_by (serial, imei, decision), device,
    kept_input, kept_file, kept_sheet, kept_line.
    """
    name = fresh("merged")
    con.execute(f"""
        CREATE TEMP TABLE {name} AS
        SELECT r.input, r.line, CASE WHEN {BY} = 'decision' THEN '' ELSE coalesce(r.serial_token, r.imei_token) END
               AS number, {BY} AS found_by, r.device, k.input AS kept_input, k.file AS kept_file, k.sheet AS kept_sheet,
               k.line AS kept_line
        FROM {rows} r JOIN {rows} k ON k.label = r.label AND k.place = 1 WHERE r.place > 1""")
    return name


def nothing_merged(con: Engine) -> str:
    """The same table, empty."""
    name = fresh("merged")
    con.execute(f"""CREATE TEMP TABLE {name} (input INTEGER, line BIGINT, number VARCHAR, found_by VARCHAR, device BIGINT,
        kept_input INTEGER, kept_file VARCHAR, kept_sheet VARCHAR, kept_line BIGINT)""")
    return name


BY = """CASE WHEN r.serial_token = k.serial_token THEN 'serial'
    WHEN r.imei_token IN (k.imei_token, k.serial_token) OR r.serial_token = k.imei_token THEN 'imei'
    WHEN r.decided OR k.decided THEN 'decision' ELSE 'imei' END"""
"""SQL: how two rows of one device were recognised: by their serial, by an IMEI (their own, or that of a third row which
links them), by a person."""


SAID = """CASE found_by WHEN 'serial' THEN 'inventory.duplicate_serial' WHEN 'imei' THEN 'inventory.duplicate_imei'
    ELSE 'inventory.duplicate_decision' END"""


def remark_merged(con: Engine, remarks: str, merged: str) -> None:
    """Say of each repeated line which one counts in its stead."""
    remark(con, remarks, f"""
        SELECT input, line, '', {SAID}, number,
               json_object('kept_file', CASE WHEN kept_sheet = '' THEN kept_file ELSE kept_file || ' › ' || kept_sheet
                           END, 'kept_line', kept_line) FROM {merged}""")  # fmt: skip


def remark_of_many(con: Engine, remarks: str, lines: str, junk: str) -> None:
    """Say of each line whose number too many others bear that it recognises nothing; junk: of ``keys.junk_serials``."""
    for column in ("serial", "imei"):
        remark(
            con,
            remarks,
            f"""
            SELECT input, line, '', 'inventory.number_of_many', {column}, '{{}}' FROM {lines}
            WHERE {coarse(column)} IN (SELECT coarse FROM {junk} WHERE many)""",
        )
