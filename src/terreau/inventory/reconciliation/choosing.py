"""Which source speaks for each field of a device (choix des valeurs).

Fields go by groups, because a date without its precision or a status without its day would be half a truth. In each
group the sources are asked in their order (``vocabulary/sources.csv``, or the order a person gave); of the rows of one
rank, the one that stands best is asked first (``duplicates.best_first``).

- status, its words, the day of exit: the first rank that says something, through its best row only;
- dates of entry: the first rank that gives one the device can have (a purchase beats an enrolment);
- maker and model: together, a model the vocabulary knows before one it does not, unless a person ordered the sources;
- ownership: as the status, unless a person said whose the device is; operating system, share of use: as ownership, the first row that says it;
- the last contact is the latest of all; everything else, the first that says it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terreau.inventory.device import SNAPSHOT_COLUMNS
from terreau.inventory.duplicates import best_first
from terreau.inventory.keys import fresh
from terreau.inventory.reconciliation.clusters import ROW_ID
from terreau.inventory.reconciliation.owners import settled_owner
from terreau.inventory.reconciliation.sources import GROUPS, UNLISTED, ranked

if TYPE_CHECKING:
    from collections.abc import Collection

    from terreau.inventory.decisions import Decisions
    from terreau.inventory.reconciliation.clusters import Clusters
    from terreau.tables.engine import Engine

FIRST_TO_SAY = {
    "place": ("source_id", "name", "entity", "site", "country", "datacentre", "serial", "imei", "cost", "kwh_per_year",
              "pue", "years_before", "years_here", "years_after", "condition_at_purchase"),
    "model": ("type_word", "screen_size"),
    "use": ("operating_system", "use_mode", "use_rate"),
}  # fmt: skip
"""Fields taken one by one from the first row that says them, by group."""

KEPT_AS_IS = ("input", "line", "file", "sheet", "source", "kind", "doubtful", "quantity", "record", "row_id")
"""Columns of the row that counts, which are never another's."""

_STEP = 1_000_000_000
_KNOWN = f"class_level IN ('model', 'decision') OR rank_model < {UNLISTED}"
_SAYS_STATUS = "(status IS NOT NULL OR retired_on IS NOT NULL)"


def rank_rows(con: Engine, standing: str, found: Clusters, decisions: Decisions, said: Collection[str]) -> str:
    """Create the table of the rows of clusters, best first in each group; returns its name.

    said: the columns of which some line says something, at least (see ``said_columns``).

    Columns: those of ``standing``, row_id, serial_token, imei_token, decided, label, family, rank_… and key_… per group (the smallest speaks first), best (place
    by what the row says), place (1 for the row that counts), voice (the row its sheet speaks by), device (number of the
    row that counts).
    """
    told = con.execute(f"SELECT DISTINCT source, kind FROM {found.rows} ORDER BY ALL").fetchall()
    sources = ranked(con, told, decisions.sources)
    ranks = ", ".join(f"s.rank_{group}" for group in GROUPS)
    keys = ", ".join(f"rank_{group} * {_STEP}::BIGINT + best AS key_{group}" for group in GROUPS)
    first, then = best_first(said)
    order, name = fresh("order"), fresh("ranked")
    lines = f"(SELECT *, {ROW_ID} AS row_id FROM {standing})"
    con.execute(f"""
        CREATE TEMP TABLE {order} AS
        WITH told AS (
            SELECT c.row_id, m.label, rank() OVER (ORDER BY m.label, {first}) AS first
            FROM {lines} c JOIN {found.members} m ON m.row_id = c.row_id),
        equal AS (SELECT first FROM told GROUP BY first HAVING count(*) > 1),
        numbered AS (
            SELECT c.row_id, t.first, row_number() OVER (ORDER BY t.first, {then}, file, sheet, input, line) AS n
            FROM {lines} c JOIN told t ON t.row_id = c.row_id JOIN equal e ON e.first = t.first),
        tied AS (
            SELECT t.row_id, t.n - s.start AS after
            FROM numbered t JOIN (SELECT first, min(n) AS start FROM numbered GROUP BY first) s ON s.first = t.first),
        standing AS (
            SELECT c.row_id, c.input, c.entered_on IS NOT NULL AS dated, t.label, s.family, {ranks},
                   t.first + coalesce(e.after, 0) AS best
            FROM {lines} c JOIN told t ON t.row_id = c.row_id LEFT JOIN tied e ON e.row_id = c.row_id
            JOIN {sources} s ON s.source = c.source AND s.kind = c.kind),
        keyed AS (SELECT *, {keys} FROM standing),
        in_order AS (
            SELECT *, row_number() OVER status AS n, (lag(label) OVER status, lag(rank_status) OVER status)
                      IS DISTINCT FROM (label, rank_status) AS speaks_status,
                   (lag(label) OVER use, lag(rank_use) OVER use) IS DISTINCT FROM (label, rank_use) AS speaks_use
            FROM keyed WINDOW status AS (ORDER BY label, key_status), use AS (ORDER BY label, key_use)),
        whole AS (
            SELECT label, min(n) AS start, arg_min(row_id, n) AS device, min(rank_dates) FILTER (dated) AS rank_dated
            FROM in_order GROUP BY label),
        voices AS (SELECT label, input, min(n) AS n FROM in_order GROUP BY label, input)
        SELECT o.* EXCLUDE (input, dated, n), o.n - w.start + 1 AS place, w.device, w.rank_dated,
               o.n = v.n AS voice
        FROM in_order o JOIN whole w ON w.label = o.label JOIN voices v ON v.label = o.label AND v.input = o.input""")
    con.execute(f"""CREATE TEMP TABLE {name} AS
        SELECT s.*, n.serial_token, n.imei_token, n.decided, o.* EXCLUDE (row_id)
        FROM {lines} s JOIN {order} o ON o.row_id = s.row_id JOIN {found.rows} n ON n.row_id = s.row_id""")
    for table in (order, found.rows):
        con.execute(f"DROP TABLE {table}")
    return name


def said_columns(con: Engine, lines: str) -> frozenset[str]:
    """The columns of which some line says something: most exports leave half of them empty."""
    counts = ", ".join(f"count({column})" for column in SNAPSHOT_COLUMNS)
    found = con.execute(f"SELECT {counts} FROM {lines}").fetchone() or ()
    return frozenset(column for column, count in zip(SNAPSHOT_COLUMNS, found, strict=True) if count)


def choose(con: Engine, rows: str, said: Collection[str], owned: str = "") -> str:
    """Create the table of the rows that count, with the values chosen for them; returns its name.

    rows: the table of ``rank_rows`` ; said: as there ; owned: that of ``owners.owned_rows``. Columns: those of a snapshot, input, source, kind, row_id.
    """
    name = fresh("chosen")
    one_by_one = [f"arg_min({column}, key_{group}) AS {column}" if column in said else
                  f"CAST(NULL AS {SNAPSHOT_COLUMNS[column]}) AS {column}" for group, columns in FIRST_TO_SAY.items() for column in columns]  # fmt: skip
    kept = ", ".join(f"k.{column}" for column in KEPT_AS_IS)
    chosen = ", ".join(f"v.{column}" for group in FIRST_TO_SAY.values() for column in group if column != "name")
    voices = f"(SELECT r.*, o.owner FROM {rows} r LEFT JOIN {owned} o ON o.row_id = r.row_id)" if owned else rows
    con.execute(f"""
        CREATE TEMP TABLE {name} AS
        WITH said AS (
            SELECT label, {", ".join((*one_by_one, *_status(), *_dates(), *_model(), *_ownership(owned)))}
            FROM {voices} GROUP BY label)
        SELECT {kept}, {chosen}, CASE WHEN v.ownership = 'personal' THEN NULL ELSE v.name END AS name,
               v.ownership, v.last_seen_on, v.manufacturer, v.model, v.status, v.status_text,
               v.retired_on, v.bought_on, v.in_service_on,
               CASE WHEN v.in_service_on IS NOT NULL THEN v.precise_service ELSE coalesce(v.precise_bought, 'unknown')
                    END AS date_precision
        FROM said v JOIN {rows} k ON k.label = v.label AND k.place = 1""")
    return name


def _status() -> tuple[str, ...]:
    speaks = f"FILTER (speaks_status AND {_SAYS_STATUS})"
    return (
        f"arg_min_null(status, key_status) {speaks} AS status",
        f"arg_min_null(status_text, key_status) {speaks} AS status_text",
        f"arg_min_null(retired_on, key_status) {speaks} AS retired_on",
    )


def _dates() -> tuple[str, ...]:
    speaks = "FILTER ({} IS NOT NULL AND (rank_dated IS NULL OR (rank_dates = rank_dated AND entered_on IS NOT NULL)))"
    service, bought = speaks.format("in_service_on"), speaks.format("bought_on")
    return (
        f"arg_min(in_service_on, key_dates) {service} AS in_service_on",
        f"arg_min(date_precision, key_dates) {service} AS precise_service",
        f"arg_min(bought_on, key_dates) {bought} AS bought_on",
        f"arg_min(date_precision, key_dates) {bought} AS precise_bought",
        "max(last_seen_on) AS last_seen_on",
    )


def _model() -> tuple[str, ...]:
    key = f"key_model + CASE WHEN {_KNOWN} THEN 0 ELSE {UNLISTED * _STEP * 10} END"
    return (
        f"arg_min(model, {key}) AS model",
        f"coalesce(arg_min_null(manufacturer, {key}) FILTER (model IS NOT NULL), arg_min(manufacturer, key_model))"
        " AS manufacturer",
    )


def _ownership(owned: str) -> tuple[str, ...]:
    said = "arg_min(ownership, key_use) FILTER (speaks_use)"
    if not owned:
        return (f"{said} AS ownership",)
    ours = "arg_min(ownership, key_use) FILTER (ownership <> 'personal')"
    return (f"CASE WHEN min(owner) IS NULL THEN {said} ELSE {settled_owner('min(owner)', ours)} END AS ownership",)
