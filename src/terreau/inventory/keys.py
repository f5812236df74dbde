"""How a line is recognised from one file to another (clés): by serial, else by its own mark, else by its name.

A serial is compared without case, spaces or hyphens. Serials that identify nothing ("To Be Filled By O.E.M.",
"illisible") are never keys. Only the serials that might be junk are looked at one by one: those written more than once,
those without any digit, the very short ones.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from terreau.inventory import serials
from terreau.inventory.lookup import lookup

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

_numbers = itertools.count(1)

SHORT_SERIAL = 5
"""Under this many characters a serial is checked against the junk list."""


def fresh(base: str) -> str:
    """A name no other relation of this process has: ``lines_7``."""
    return f"{base}_{next(_numbers)}"


def coarse(column: str) -> str:
    """SQL: a serial reduced to what is compared; NULL when nothing is left.

    Most are written as they are compared: knowing it costs a fifth of translating them (0.3 s per million lines).
    """
    bare = f"upper(translate({column}, ' -\u00a0\t', ''))"
    return f"nullif(CASE WHEN regexp_full_match({column}, '[0-9A-Z]*') THEN {column} ELSE {bare} END, '')"


def repeated_serials(con: Engine, relation: str) -> str:
    """Create the table ``(h)`` of the hashes of serials and IMEI written more than once; returns its name."""
    name = fresh("repeated")
    con.execute(f"""
        CREATE TEMP TABLE {name} AS SELECT h FROM (
            SELECT hash({coarse("serial")}) AS h FROM {relation} WHERE serial IS NOT NULL
            UNION ALL SELECT hash({coarse("imei")}) FROM {relation} WHERE imei IS NOT NULL)
        GROUP BY h HAVING count(*) > 1""")
    return name


def junk_serials(con: Engine, relation: str, repeated: str | None = None) -> str:
    """Create the table ``(coarse)`` of the serials and IMEI of ``relation`` that identify nothing; returns its name.

    repeated: table of ``repeated_serials``, made when not given
    """
    often = repeated or repeated_serials(con, relation)
    suspect = f"length(c) < {SHORT_SERIAL} OR translate(c, '0123456789', '') = c OR hash(c) IN (SELECT h FROM {often})"
    suspects = con.execute(f"""
        SELECT c, min(v) FROM (
            SELECT {coarse("serial")} AS c, serial AS v FROM {relation} WHERE serial IS NOT NULL
            UNION ALL SELECT {coarse("imei")}, imei FROM {relation} WHERE imei IS NOT NULL)
        WHERE c IS NOT NULL AND ({suspect}) GROUP BY c
    """).fetchall()
    junk = sorted(key for key, text in suspects if serials.is_junk(text))
    return lookup(con, fresh("junk_serials"), {"coarse": ("VARCHAR", junk)})


def serial_key(line: str, serial_junk: str, imei_junk: str) -> str:
    """SQL: the serial key of a line, NULL when nothing identifies it.

    line, serial_junk, imei_junk: aliases of the lines and of the junk table joined to each of the two columns.
    """
    serial, imei = coarse(f"{line}.serial"), coarse(f"{line}.imei")
    return f"""CASE WHEN {serial} IS NOT NULL AND {serial_junk}.coarse IS NULL THEN {serial}
        WHEN {imei} IS NOT NULL AND {imei_junk}.coarse IS NULL THEN {imei} END"""


def line_key() -> str:
    """SQL: how a line with its ``serial_key`` is recognised: ``serial:…``, else ``id:…``, else ``name:…``, else NULL."""
    return """CASE WHEN serial_key IS NOT NULL THEN 'serial:' || serial_key
        WHEN source_id IS NOT NULL THEN 'id:' || source_id WHEN name IS NOT NULL THEN 'name:' || name END"""


def keyed(relation: str, junk: str) -> str:
    """SQL: the lines of ``relation`` with ``serial_key`` and ``line_key``.

    ``line_key`` reads ``serial:…``, else ``id:…``, else ``name:…``, else NULL (nothing tells this line from its
    neighbours).
    """
    return f"""(
        SELECT *, {line_key()} AS line_key
        FROM (SELECT l.*, {serial_key("l", "js", "ji")} AS serial_key FROM {relation} l
              LEFT JOIN {junk} js ON js.coarse = {coarse("l.serial")}
              LEFT JOIN {junk} ji ON ji.coarse = {coarse("l.imei")}))"""
