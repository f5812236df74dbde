"""Bad files meet a clear message, and nothing half-written stays behind."""

import csv
from pathlib import Path

import pytest

from terreau import inventory
from terreau.kernel.errors import TerreauError
from terreau.tables.limits import Limits
from tests.inventory.hostile.files import READ, REFUSED, inflated, write
from tests.inventory.lines.conftest import AT


def refusal(path: Path, folder: Path, limits: Limits | None = None) -> TerreauError:
    """What checking, then importing, raises; both say the same and neither writes anything."""
    limits = limits or Limits()
    with pytest.raises(TerreauError) as checked:
        inventory.check([path], at=AT, limits=limits)
    with pytest.raises(TerreauError) as imported:
        inventory.bring_in([path], at=AT, folder=folder, reasons=folder.with_suffix(".csv"), limits=limits)
    assert imported.value.code == checked.value.code
    assert not folder.exists()
    assert not folder.with_suffix(".csv").exists()
    return checked.value


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_an_inventory_is_refused_with_a_remedy_and_leaves_nothing(tmp_path, name):
    content, code = REFUSED[name]
    refused = refusal(write(tmp_path / "in", name, content), tmp_path / "kept")
    assert refused.code == code
    for language in ("fr", "en"):
        words = refused.words(language)
        assert name in words.what
        assert words.why
        assert words.remedy
        assert "‹" not in str(words)
    assert refused.words("fr").what != refused.words("en").what


def test_a_small_workbook_that_inflates_without_end_is_refused(tmp_path):
    path = write(tmp_path / "in", "bombe.xlsx", inflated(64))
    assert path.stat().st_size < 200_000
    refused = refusal(path, tmp_path / "kept", Limits(max_uncompressed=32 << 20))
    assert refused.code == "tables.zip_bomb"


def test_one_bad_file_among_good_ones_stops_the_import_before_anything_is_written(tmp_path):
    good = write(tmp_path / "in", "a.csv", READ["texte.xlsx"][0])
    bad = write(tmp_path / "in", "z.csv", REFUSED["photo.csv"][0])
    with pytest.raises(TerreauError, match="z.csv"):
        inventory.bring_in([good, bad], at=AT, folder=tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is_read_line_by_line_and_every_oddity_is_said(tmp_path, name):
    content, lines, said = READ[name]
    path = write(tmp_path / "in", name, content)
    why = tmp_path / "why.csv"
    kept = inventory.bring_in([path], at=AT, folder=tmp_path / "kept", reasons=why)
    (sheet,) = kept.report.files
    read = sheet.lines
    assert (read.accepted, read.doubtful, read.rejected) == lines
    assert read.read == sum(lines)
    assert said <= {one.code for one in sheet.findings}
    with why.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert len({row[2] for row in rows[1:]}) == read.doubtful + read.rejected
    assert not [cell for row in rows for cell in row if cell[:1] in "=+@" and cell]
    assert sorted(one.suffix for one in (tmp_path / "kept").iterdir()) == [".json", ".parquet"]
    for language in ("fr", "en"):
        assert all("‹" not in str(one.words(language)) for one in sheet.findings)
