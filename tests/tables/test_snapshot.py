"""A snapshot is named by its content, whole or absent, and never rewritten."""

import json

import pytest

from terreau.kernel.errors import TerreauError
from terreau.tables.engine import engine
from terreau.tables.snapshot import is_snapshot, read_manifest, read_snapshot, verified, write_snapshot

ROWS = "SELECT n AS line, 'PC-' || n AS name FROM range({lines}) AS r(n)"


def write(folder, lines=3, threads=None, **manifest):
    """Write a snapshot of ``lines`` made-up rows."""
    with engine(threads) as con:
        return write_snapshot(con, ROWS.format(lines=lines), folder, manifest)


def test_the_same_lines_twice_make_one_snapshot_with_its_first_manifest(tmp_path):
    first = write(tmp_path, source="glpi")
    again = write(tmp_path, source="other")
    assert again == first
    assert first.manifest == {"source": "glpi"}
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{first.sha256}.json", f"{first.sha256}.parquet"]


def test_the_bytes_do_not_depend_on_the_threads(tmp_path):
    digests = {write(tmp_path / str(threads), 400_000, threads).sha256 for threads in (1, 2, 4)}
    assert len(digests) == 1


def test_other_lines_make_another_snapshot(tmp_path):
    assert write(tmp_path, 3).sha256 != write(tmp_path, 4).sha256
    assert len(list(tmp_path.glob("*.parquet"))) == 2


def test_a_snapshot_tells_its_lines_and_can_be_read_again(tmp_path):
    record = write(tmp_path, 5)
    with engine() as con:
        rows = con.execute(f"SELECT line, name FROM read_parquet('{record.path}')").fetchall()
    assert record.lines == 5
    assert rows[4] == (4, "PC-4")
    assert verified(record.path) == record


def test_a_snapshot_whose_bytes_changed_is_refused(tmp_path):
    record = write(tmp_path)
    record.path.write_bytes(record.path.read_bytes()[:-9] + b"123456789")
    with pytest.raises(TerreauError, match="damaged_snapshot"):
        verified(record.path)


def test_half_a_snapshot_is_not_one(tmp_path):
    record = write(tmp_path)
    assert is_snapshot(record.path)
    record.path.with_suffix(".json").unlink()
    assert not is_snapshot(record.path)
    with pytest.raises(TerreauError, match="not_a_snapshot"):
        read_manifest(record.path)
    assert write(tmp_path).path == record.path
    assert is_snapshot(record.path)


def test_a_manifest_that_is_not_one_is_refused(tmp_path):
    record = write(tmp_path)
    record.path.with_suffix(".json").write_text(json.dumps([1]), encoding="utf-8")
    with pytest.raises(TerreauError, match="not_a_snapshot"):
        read_snapshot(record.path)


def test_a_question_that_fails_leaves_nothing_behind(tmp_path):
    with engine() as con, pytest.raises(Exception, match="nowhere"):
        write_snapshot(con, "SELECT * FROM nowhere", tmp_path)
    assert list(tmp_path.iterdir()) == []
