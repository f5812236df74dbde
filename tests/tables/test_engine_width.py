"""How many processors an engine works with: one for a short list, all for a long one, those it was told for good."""

import os

import pytest

from terreau.tables.engine import WIDE_FROM, engine, widen


def threads_of(con):
    return con.execute("SELECT current_setting('threads')").fetchone()[0]


@pytest.mark.parametrize(("told", "lines", "threads"), [
    (None, WIDE_FROM - 1, 1), (None, WIDE_FROM, os.cpu_count()), (1, WIDE_FROM, 1), (3, WIDE_FROM, 3),
])  # fmt: skip
def test_an_engine_widens_for_a_long_list_unless_it_was_told_its_threads(told, lines, threads):
    with engine(told) as con:
        widen(con, lines)
        assert threads_of(con) == threads


def test_a_long_file_is_what_widens_an_engine(tmp_path):
    from terreau.tables.stored import store

    listed = tmp_path / "parc.csv"
    listed.write_text("Écran;1\n" * WIDE_FROM, encoding="utf-8")
    with engine() as con:
        store(con, listed, separator=";", quote='"', width=2)
        assert threads_of(con) == os.cpu_count()
