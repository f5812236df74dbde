"""Rows set down in a working file beside the engine, gone with it: small in memory, quick to ask again (lignes posées)."""

from __future__ import annotations

import itertools

from terreau.tables.engine import Engine, folder_of, literal, one_thread

ROWS_A_GROUP = 61_440
WORDS_A_GROUP = 4_096
WORKING = (
    f"FORMAT parquet, COMPRESSION uncompressed, WRITE_BLOOM_FILTER false, ROW_GROUP_SIZE {ROWS_A_GROUP}, "
    f"DICTIONARY_SIZE_LIMIT {WORDS_A_GROUP}"
)
"""Written once, read a few times, thrown away: dictionaries make it small enough (a third of a CSV), and compressing
it cost 0.4 s of processor time per million lines. Names and serials, never the same twice, have no dictionary to build."""

_NUMBERS = itertools.count(1)


def set_down(con: Engine, relation: str) -> str:
    """SQL of a relation with the rows of ``relation``, copied once in their order."""
    target = folder_of(con) / f"laid-{next(_NUMBERS)}.parquet"
    with one_thread(con):
        con.execute(f"COPY (FROM {relation}) TO {literal(str(target))} ({WORKING})")
    return f"read_parquet({literal(str(target))})"
