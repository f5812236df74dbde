"""Files that cannot be read: each gets its what, why and remedy in both languages, and nothing else."""

import tomllib
from importlib.resources import files

import pytest

from terreau.kernel.errors import TerreauError
from terreau.tables.engine import engine
from terreau.tables.limits import Limits, limits_from
from terreau.tables.reading import read_sheets
from tests.tables.reading_room import EXAMPLES, known_header

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
HOSTILE = {
    "empty.csv": (b"", "tables.empty_file"),
    "spaces.csv": (b" \n\n  \n", "tables.empty_file"),
    "separators.csv": (b";;;\n;;;\n", "tables.empty_file"),
    "photo.csv": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10, "tables.not_a_table"),
    "random.csv": (bytes(range(256)) * 40, "tables.not_text"),
    "report.csv": (b"%PDF-1.7\n%\xe2\xe3", "tables.not_a_table"),
    "data.json": (b'{"computers": []}', "tables.not_a_table"),
    "sheet.xml": (b'<?xml version="1.0"?><a/>', "tables.not_a_table"),
    "page.xls": (b"\r\n<html><body><table><tr><td>Nom</td></tr></table>", "tables.html_disguised"),
    "login.csv": (b"<!DOCTYPE html><html><title>Connexion</title>", "tables.html_disguised"),
    "old.xls": (OLE, "tables.old_excel"),
    "secret.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 99, "tables.password_protected"),
    "archive.zip": (b"PK\x05\x06" + b"\0" * 18, "tables.not_a_table"),
    "cut.xlsx": (b"PK\x03\x04" + b"\0" * 90, "tables.damaged_workbook"),
    "table.parquet": (b"PAR1" + b"\0" * 90, "tables.not_a_snapshot"),
    "wide.csv": (b"Nom;" + b";".join(b"c%d" % n for n in range(9_999)) + b"\n1;2\n", "tables.too_many_columns"),
    "line.csv": (b"Nom;Type\na;" + b"x" * 3_000_000 + b"\n", "tables.unreadable_csv"),
}


def refusal(path, limits=None):
    """The TerreauError reading ``path`` raises."""
    with engine() as con, pytest.raises(TerreauError) as caught:
        read_sheets(con, path, name=path.name, known_header=known_header, limits=limits or Limits())
    return caught.value


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_refused_with_a_remedy(tmp_path, name):
    content, code = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(content)
    refused = refusal(path)
    assert refused.code == code
    for language in ("fr", "en"):
        words = refused.words(language)
        assert name in words.what
        assert "‹" not in str(words)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert refusal(tmp_path / "nowhere.csv").code == "tables.missing_file"
    assert refusal(tmp_path).code == "tables.missing_file"


def test_a_file_beyond_the_stated_limits_is_refused():
    path = EXAMPLES / "parc_ecoles_cp1252.csv"
    assert refusal(path, Limits(max_bytes=1000)).code == "tables.too_heavy"
    assert refusal(path, Limits(max_lines=247)).code == "tables.too_many_lines"
    assert refusal(path, Limits(max_columns=10)).code == "tables.too_many_columns"


def test_limits_are_settings():
    assert limits_from({"TERREAU_MAX_SECONDS": "7"}, Limits()).seconds == 7
    assert limits_from({}, Limits()) == Limits()
    for wrong in ("0", "-1", "many"):
        with pytest.raises(TerreauError, match="TERREAU_MAX_LINES"):
            limits_from({"TERREAU_MAX_LINES": wrong}, Limits())


def test_every_word_of_this_room_exists_in_both_languages_and_differs():
    catalogue = tomllib.loads(files("terreau.tables").joinpath("errors.toml").read_text(encoding="utf-8"))
    for code, languages in catalogue.items():
        assert set(languages) == {"fr", "en"}, code
        for part in ("what", "why", "remedy"):
            assert languages["fr"][part].strip() != languages["en"][part].strip(), code
