"""The page on formats says what the readers, the snapshot and the exports really do."""

import re
import tomllib
from datetime import date

import pytest

from terreau.footprint.detail import COLUMNS
from terreau.inventory import check
from terreau.inventory.dates import read as read_dates
from terreau.inventory.device import DEVICE, FATES, SNAPSHOT_COLUMNS, STATUSES
from terreau.inventory.reasons import HEADINGS
from terreau.tables.limits import MIB, Limits
from terreau.tables.limits import UPLOAD as UPLOAD_OF_THE_ENVIRONMENT
from tests.house.rules import REPO

PAGE = (REPO / "docs/reference/formats.md").read_text(encoding="utf-8")
ROOMS = ("tables", "inventory")
OUTCOMES = {"acceptée": "accepted", "douteuse": "doubtful", "rejetée": "rejected"}
REMARK = re.compile(r"^\| `(inventory\.\w+)` \| `(.*?)` \| (acceptée|douteuse|rejetée) \|", re.MULTILINE)
REMARKS = REMARK.findall(PAGE)


def missing_columns(page):
    return [
        one.name
        for one in DEVICE
        if not re.search(rf"^\| `{one.name}` \| {re.escape(one.fr)} \| {re.escape(one.en)} \|", page, re.MULTILINE)
    ]


def test_every_column_of_the_device_is_in_the_page_with_its_two_headings():
    assert missing_columns(PAGE) == []


def test_a_column_missing_from_the_page_is_seen():
    assert missing_columns(PAGE.replace("| `imei` | IMEI", "| `imei` | Code")) == ["imei"]


def test_every_column_of_a_snapshot_is_in_the_page_with_its_type():
    shown = PAGE.split("## L'instantané")[1].split("## ")[0]
    rows = [line.split("|")[1:3] for line in shown.splitlines() if line.startswith("| `")]
    told = {}
    for names, kinds in rows:
        listed, types = re.findall(r"`(\w+)`", names), re.findall(r"[A-Z]+(?:\([\d,]+\))?", kinds)
        told.update(dict(zip(listed, types if len(types) > 1 else types * len(listed), strict=True)))
    assert told == SNAPSHOT_COLUMNS


def test_statuses_fates_detail_and_reasons_are_all_named():
    for word in (*STATUSES, *FATES, *COLUMNS):
        assert f"`{word}`" in PAGE, word
    reasons = " ".join(PAGE.split("**Fichier des raisons**")[1].split())
    assert ", ".join(HEADINGS["fr"]) in reasons
    order = [
        fate for fate in re.findall(r"^\| `(\w+)` \|", PAGE.split("### Les constats")[0], re.MULTILINE) if fate in FATES
    ]
    assert tuple(order) == FATES


def test_every_error_and_finding_of_the_readers_is_named_and_no_other():
    known = {
        f"{room}.{code}"
        for room in ROOMS
        for code in tomllib.loads((REPO / f"src/terreau/{room}/errors.toml").read_text(encoding="utf-8"))
    }
    assert set(re.findall(r"`((?:tables|inventory)\.\w+)`", PAGE)) == known


@pytest.fixture(scope="module")
def read_at_once(tmp_path_factory):
    """Every example of the page, each in a file of its own, read in one go: how many lines it has, and what was read of it."""
    folder = tmp_path_factory.mktemp("examples")
    written = [written_as_a_file(folder / f"{rank}.csv", *remark[:2]) for rank, remark in enumerate(REMARKS)]
    report = check([folder / f"{rank}.csv" for rank in range(len(REMARKS))], at=date(2026, 9, 30))
    return {REMARKS[int(sheet.name.removesuffix(".csv"))]: (written[int(sheet.name.removesuffix(".csv"))], sheet)
            for sheet in report.files}  # fmt: skip


def written_as_a_file(path, code, example):
    """The example as the second line of ``path``, among others that make it what it is; how many lines there are."""
    parts = (part.partition("=") for part in example.split(" ; "))
    cells = {"Type": "écran"} | {name.strip(): value.strip() for name, _, value in parts}
    rows = [cells, {"Type": "écran", "Quantité": "2"}]
    if code == "inventory.date_other_order":
        rows += [{"Type": "écran", "Date d'achat": f"{day}/03/2022"} for day in range(13, 31)]
    headings = list(dict.fromkeys(name for row in rows for name in row))
    lines = [";".join(row.get(name, "1" if name == "Quantité" else "") for name in headings) for row in rows]
    path.write_text("\n".join([";".join(headings), *lines]) + "\n", encoding="utf-8")
    return len(rows)


@pytest.mark.parametrize("remark", REMARKS, ids=[code for code, *_ in REMARKS])
def test_an_example_of_the_page_is_read_as_the_page_says(remark, read_at_once):
    code, _example, outcome = remark
    lines, sheet = read_at_once[remark]
    assert code in {one.code for one in sheet.findings if one.line == 2}
    assert getattr(sheet.lines, OUTCOMES[outcome]) == (1 if outcome != "acceptée" else lines)


def test_every_date_of_the_page_is_read_as_the_page_says():
    table = PAGE.split("### Les dates")[1].split("L'ordre jour/mois")[0]
    for forms, told in re.findall(r"^\| (`.*?) \| (.*?) \|$", table, re.MULTILINE):
        for form in re.findall(r"`(.*?)`", forms):
            found = read_dates([form, "14/03/2022"]).by_value[form]
            assert found.code is None, form
            if said := re.match(r"\d{4}-\d\d-\d\d", told):
                assert found.day == date.fromisoformat(said[0]), form
            elif told.startswith("vide"):
                assert found.day is None, form
            else:
                assert found.day and found.day.year == 2022 and found.precision in ("month", "year"), form


def test_the_limits_of_the_page_are_those_of_the_code():
    shell, shown = Limits(), {}
    for name, there, upload in re.findall(r"^\| `TERREAU_MAX_(\w+)`.*? \| (.*?) \| (.*?) \|$", PAGE, re.MULTILINE):
        shown[name] = (_number(there), _number(upload))
    assert shown["BYTES"] == (shell.max_bytes // MIB, UPLOAD_OF_THE_ENVIRONMENT.max_bytes // MIB)
    assert shown["UNCOMPRESSED"] == (shell.max_uncompressed // MIB, UPLOAD_OF_THE_ENVIRONMENT.max_uncompressed // MIB)
    assert shown["COLUMNS"] == (shell.max_columns, UPLOAD_OF_THE_ENVIRONMENT.max_columns)
    assert shown["LINES"] == (shell.max_lines, UPLOAD_OF_THE_ENVIRONMENT.max_lines)
    assert shown["CELLS"] == (shell.max_cells, UPLOAD_OF_THE_ENVIRONMENT.max_cells)
    assert shown["MEMORY"][1] == UPLOAD_OF_THE_ENVIRONMENT.memory // MIB


def test_the_limits_of_the_browser_are_those_of_its_settings():
    from django.conf import settings

    assert f"| {settings.UPLOAD_MAX_BYTES // MIB} Mio, réglé par `TERREAU_UPLOAD_MAX_MB` |" in PAGE
    assert f"| {settings.WORK_SECONDS} s, réglé par `TERREAU_WORK_SECONDS` |" in PAGE
    assert f"{settings.UPLOAD_MAX_FILES} fichiers à la\nfois" in PAGE


def _number(text):
    digits = re.match(r"[\d\s]*", text)[0]
    return int(re.sub(r"\s", "", digits)) if digits.strip() else None
