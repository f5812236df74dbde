"""What a stranger's file can do stays in the child: it may die, sleep or starve without harm."""

import sys
import time
from dataclasses import replace

import pytest

from terreau.kernel.errors import TerreauError
from terreau.kernel.underway import Work, under_way
from terreau.tables.confined import confined
from terreau.tables.limits import MIB, UPLOAD
from tests.tables.reading_room import EXAMPLES


def test_a_child_reads_a_workbook_and_answers_plain_values():
    sheets = confined("tests.tables.children.reads", path=str(EXAMPLES / "parc_services_techniques.xlsx"))
    assert [lines for _, lines in sheets] == [140, 60]


def test_a_refusal_crosses_the_border_with_its_facts():
    with pytest.raises(TerreauError) as caught:
        confined("tests.tables.children.reads", path="/nowhere/parc.csv")
    assert caught.value.code == "tables.missing_file"
    assert "parc.csv" in caught.value.words("fr").what


def test_what_a_child_says_on_its_way_is_heard_by_whoever_waits():
    heard = []
    with under_way(Work(lambda *said: heard.append(said))):
        assert confined("tests.tables.children.tells", stop=lambda: False) == "done"
    assert heard == [("read", 3, 4), ("lay", 0, 0)]


def test_a_child_that_never_ends_is_stopped_and_said():
    start = time.monotonic()
    with pytest.raises(TerreauError, match="reading_too_long"):
        confined("tests.tables.children.slow", limits=replace(UPLOAD, seconds=1))
    assert time.monotonic() - start < 60


def test_a_child_killed_by_the_system_is_said():
    with pytest.raises(TerreauError) as caught:
        confined("tests.tables.children.dies", files=[["1.part", "parc.csv"]])
    assert caught.value.code == "tables.reading_died"
    assert "parc.csv" in caught.value.words("en").what


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no limit of memory")
def test_a_child_that_wants_all_the_memory_is_said():
    with pytest.raises(TerreauError, match="reading_died"):
        confined("tests.tables.children.hungry", limits=replace(UPLOAD, memory=1024 * MIB))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no limit of memory")
def test_a_cell_of_sixty_megabytes_is_refused_in_words_by_a_child_of_one_gigabyte(tmp_path):
    (tmp_path / "cellule.csv").write_bytes(b"Nom;Type\nPC1;" + b"a" * (60 * MIB) + b"\n")
    with pytest.raises(TerreauError) as caught:
        confined(
            "tests.tables.children.reads", limits=replace(UPLOAD, memory=1024 * MIB), path=str(tmp_path / "cellule.csv")
        )
    assert caught.value.code in ("tables.unreadable_csv", "tables.reading_died")


def test_our_own_mistakes_are_not_disguised_as_bad_files():
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        confined("tests.tables.children.mistaken")
