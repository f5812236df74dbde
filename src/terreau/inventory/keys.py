"""How a line is recognised from one file to another (clés): by serial, else by its own mark, else by its name.

A serial is compared without case, spaces or hyphens. Serials that identify nothing ("To Be Filled By O.E.M.",
"illisible") are never keys. Only the serials that might be junk are looked at one by one: those written more than once,
those without any digit, the very short ones.
"""

from __future__ import annotations

import itertools
import re
from threading import Thread
from typing import TYPE_CHECKING

from terreau.inventory import serials
from terreau.inventory.lookup import lookup
from terreau.tables.engine import literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from terreau.tables.engine import Engine

_numbers = itertools.count(1)

SORTED_FROM = 60_000
"""Lines from which repeated numbers are found by sorting [count]."""

SHORT_SERIAL = 5
"""Under this many characters a serial is checked against the junk list."""

MANY_NAMES, MANY_PHONES = 4, 3
"""A number that lines of this many names bear in one sheet, or a serial of this many IMEI, is no device's own [count]."""

_BLANKS = " -\t'\u00a0\u00ad\u2009\u200b\u200c\u200d\u202f\u2010\u2011\u2012\u2013\u2014\u2212\ufeff"
_DECIMAL = "[0-9]+[.,]0"
"""A number that a spreadsheet or a script made a decimal."""
_SPACED = "[0-9 ./-]{15,}"
"""An IMEI as people write it: 35 693803 564380 9, 35/693803/564380/9."""


def fresh(base: str) -> str:
    """A name no other relation of this process has: ``lines_7``."""
    return f"{base}_{next(_numbers)}"


def coarse(column: str) -> str:
    """SQL: a serial reduced to what is compared; NULL when nothing is left.

    Most are written as they are compared, or in small letters: knowing it costs a tenth of translating them (2 s per
    million lines).
    """
    return f"""nullif(CASE WHEN regexp_full_match({column}, '[0-9A-Z]*') THEN {column}
        WHEN regexp_full_match({column}, '[0-9A-Za-z]*') THEN upper({column})
        WHEN regexp_full_match({column}, '{_DECIMAL}') THEN regexp_extract({column}, '^[0-9]+')
        WHEN regexp_full_match({column}, '{_SPACED}') THEN regexp_replace({column}, '[^0-9]', '', 'g')
        ELSE upper(translate({column}, '{_BLANKS.replace("'", "''")}', '')) END, '')"""


def bare(text: str) -> str:
    """What ``coarse`` makes of one text; '' when nothing is left."""
    if re.fullmatch(_DECIMAL, text):
        return re.split("[.,]", text)[0]
    if re.fullmatch(_SPACED, text):
        return re.sub("[^0-9]", "", text)
    return "".join(letter for letter in text if letter not in _BLANKS).upper()


def repeated_serials(con: Engine, relation: str) -> str:
    """Create the table ``(h)`` of the hashes of serials and IMEI written more than once; returns its name."""
    name = fresh("repeated")
    written = f"""SELECT hash({coarse("serial")}) AS h FROM {relation} WHERE serial IS NOT NULL
        UNION ALL SELECT hash({coarse("imei")}) FROM {relation} WHERE imei IS NOT NULL"""
    if con.execute(f"SELECT 1 FROM {relation} LIMIT 1 OFFSET {SORTED_FROM}").fetchone():
        con.register("twice", {"h": _twice(con, written)})  # an array as it is: a list costs fifty times more
        con.execute(f"CREATE TEMP TABLE {name} AS SELECT h::UBIGINT AS h FROM twice")
        con.unregister("twice")
        return name
    con.execute(f"CREATE TEMP TABLE {name} AS SELECT h FROM ({written}) GROUP BY h HAVING count(*) > 1")
    return name


def bearing(relation: str, repeated: str) -> str:
    """SQL: the lines of ``relation`` whose serial or IMEI is among ``repeated`` (see ``repeated_serials``)."""
    often = f"(SELECT h FROM {repeated})"
    return f"(SELECT serial, imei FROM {relation} WHERE hash({coarse('serial')}) IN {often} OR hash({coarse('imei')}) IN {often})"


def _twice(con: Engine, written: str) -> NDArray[np.uint64]:
    """The hashes written more than once, by sorting them: for ten millions, less memory and time than grouping.

    Each half in a thread of its own (sorting lets the other work), then the two sorted halves merged.
    """
    import numpy as np

    hashes = con.execute(written).fetchnumpy()["h"]
    middle = len(hashes) // 2
    other = Thread(target=hashes[middle:].sort)
    other.start()
    hashes[:middle].sort()
    other.join()
    hashes.sort(kind="stable")  # which merges what is sorted already
    return np.unique(hashes[1:][hashes[1:] == hashes[:-1]])


def junk_serials(con: Engine, relation: str, repeated: str | None = None, *, sheet: str = "input",
                 compared: tuple[str, str] | None = None) -> str:  # fmt: skip
    """Create the table ``(coarse, many)`` of the serials and IMEI of ``relation`` that identify nothing; returns its name.

    repeated: table of ``repeated_serials``, made when not given ; sheet: SQL of the list a line stands in
    compared: columns of ``relation`` that already hold the coarse serial and the coarse IMEI
    many: it looks like a number, but too many lines of one list bear it (see ``_borne_by_many``)
    """
    often = repeated or repeated_serials(con, relation)
    serial, imei = compared or (coarse("serial"), coarse("imei"))
    suspect = f"length(c) < {SHORT_SERIAL} OR NOT regexp_matches(c, '[0-9]') OR hash(c) IN (SELECT h FROM {often})"
    suspects = con.execute(f"""
        SELECT c, min(v) AS text FROM (
            SELECT {serial} AS c, serial AS v FROM {relation} WHERE serial IS NOT NULL
            UNION ALL SELECT {imei}, imei FROM {relation} WHERE imei IS NOT NULL)
        WHERE c IS NOT NULL AND ({suspect}) GROUP BY c HAVING NOT ({plainly_a_number("min(v)")})
    """).fetchall()
    junk = sorted(key for key, text in suspects if serials.is_junk(text))
    table = lookup(con, fresh("junk_serials"), {"coarse": ("VARCHAR", junk), "many": ("BOOLEAN", [False] * len(junk))})
    if (con.execute(f"SELECT count(*) FROM {often}").fetchone() or (0,))[0]:
        con.execute(f"INSERT INTO {table} {_borne_by_many(relation, often, table, sheet, (serial, imei))}")
    return table


def plainly_a_number(text: str) -> str:
    """SQL: true of texts that ``serials.is_junk`` surely does not take for junk, so that few are looked at one by one.

    Seven letters and digits or more, nothing else, two different signs and a digit at least, no zero (0x0000), no word
    of the list nor what begins as one does ("todo", "tbd").
    """
    words = ", ".join(literal(word) for word in serials.plain_words())
    return f"""regexp_full_match({text}, '[0-9A-SU-Za-su-z][0-9A-Za-z]*[0-9][0-9A-Za-z]*') AND length({text}) > 6
        AND regexp_matches({text}, '[^0xX]') AND replace({text}, {text}[1], '') <> '' AND lower({text}) NOT IN ({words})"""


def _borne_by_many(relation: str, often: str, junk: str, sheet: str, compared: tuple[str, str]) -> str:
    """SQL: the numbers that cannot be those of one device, whatever they look like ("EN ATTENTE 2", an IMEI copied down).

    In one sheet: borne by lines of several names (``MANY_NAMES``); an IMEI on two serials; a serial (the code of the
    model, more often than not) on several IMEI (``MANY_PHONES``). Over all sheets: an IMEI on ``MANY_PHONES`` serials.
    """
    serial, imei = compared
    known = f"(SELECT coarse FROM {junk})"
    called = f"hash(lower(coalesce(name, source_id))), {sheet}"
    return f"""
        WITH written (token, other, phone, called, sheet) AS (
            SELECT {serial}, {imei}, FALSE, {called} FROM {relation} WHERE hash({serial}) IN (SELECT h FROM {often})
            UNION ALL
            SELECT {imei}, {serial}, TRUE, {called} FROM {relation} WHERE hash({imei}) IN (SELECT h FROM {often})),
        numbers AS (
            SELECT token, phone, called, sheet, CASE WHEN other <> token AND other NOT IN {known} THEN other END AS other
            FROM written WHERE token NOT IN {known}),
        twice AS (SELECT token, sheet FROM numbers GROUP BY ALL HAVING count(*) > 1)
        SELECT token, TRUE FROM numbers JOIN twice USING (token, sheet) GROUP BY token, sheet
        HAVING count(DISTINCT called) >= {MANY_NAMES} OR count(DISTINCT other) FILTER (phone) > 1
            OR count(DISTINCT other) FILTER (NOT phone) >= {MANY_PHONES}
        UNION
        SELECT token, TRUE FROM numbers WHERE phone GROUP BY token HAVING count(DISTINCT other) >= {MANY_PHONES}"""


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
