"""A dossier: everything it holds, the same bytes each time, and nothing that its reader may not open."""

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from terreau.kernel.errors import TerreauError
from terreau.kernel.underway import Stopped
from terreau.publishing.dossier.build import archive, build
from terreau.publishing.dossier.story import digests
from terreau.publishing.dossier.verify import verify
from tests.publishing.dossier import world


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One dossier, built once, left as it is."""
    place = tmp_path_factory.mktemp("made")
    return build(world.package(), world.kept(place / "kept"), place / "dossier"), place / "dossier"


def bytes_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def manifest(folder):
    return json.loads((folder / "_manifeste/manifest.json").read_text(encoding="utf-8"))


def test_the_same_freeze_gives_the_same_bytes(made, tmp_path):
    summary, folder = made
    again = build(world.package(), world.kept(tmp_path / "kept"), tmp_path / "elsewhere")
    assert again.digest == summary.digest
    assert bytes_of(tmp_path / "elsewhere") == bytes_of(folder)


def test_the_archive_gives_the_same_bytes_too_and_verifies(made, tmp_path):
    archive(made[1], tmp_path / "a.zip", name="dossier")
    archive(made[1], tmp_path / "b.zip", name="dossier")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert verify(tmp_path / "a.zip") == ()


def test_a_new_dossier_verifies_and_holds_its_parts(made):
    summary, folder = made
    assert verify(folder) == ()
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "LISEZMOI.txt",
        "_manifeste",
        "criteres",
        "dossier.pdf",
        "earl.jsonld",
        "grille.xlsx",
        "hors-grille",
    }
    assert (summary.files, summary.criteria) == (2, 52)
    assert summary.digest == hashlib.sha256((folder / "_manifeste/manifest.json").read_bytes()).hexdigest()


def test_a_file_is_kept_once_and_named_wherever_it_serves(made):
    charter = [path for path, content in bytes_of(made[1]).items() if content == world.CHARTER]
    assert len(charter) == 1
    [found] = [one for one in manifest(made[1])["files"] if one["path"] == charter[0]]
    assert [one["number"] for one in found["serves"]] == ["1.1.1", "1.1.2", "1.1.2"]
    listing = next((made[1] / "criteres").glob("1.1.2-*/_preuves.txt")).read_text(encoding="utf-8")
    assert charter[0] in listing


def test_what_the_reader_may_not_open_is_named_but_does_not_leave(made):
    everything = b"".join(bytes_of(made[1]).values())
    assert world.SECRET not in everything
    assert b"intra.example" not in everything and b"salaries.pdf" not in everything
    [held] = [one for one in manifest(made[1])["aside"] if one["why"] == "withheld"]
    assert held["evidence"][0]["title"] == "Grille des salaires"
    assert manifest(made[1])["freeze"]["shorn"] == ["salaries"]


def test_each_absent_piece_says_why(made):
    told = {one["evidence"][0]["key"]: one["why"] for one in manifest(made[1])["aside"]}
    assert told == {"salaries": "withheld", "gone": "withdrawn", "page": "no_file", "bad": "no_file", "said": "no_file"}
    assert "remplacée" in next(one["reason"] for one in manifest(made[1])["aside"] if one["why"] == "withdrawn")


def test_lost_and_damaged_bytes_are_named_and_the_dossier_verifies(tmp_path):
    kept = world.kept(tmp_path / "kept")
    kept(world.digest(world.CHARTER)).unlink()
    kept(world.digest(world.PROOF)).write_bytes(b"other")
    summary = build(world.package(), kept, tmp_path / "dossier")
    assert (summary.files, summary.aside["missing"], summary.aside["damaged"]) == (0, 2, 1)
    assert verify(tmp_path / "dossier") == ()


def test_links_are_web_addresses_and_no_cell_is_a_formula(made):
    rows = list(
        csv.reader(io.StringIO((made[1] / "_manifeste/liens.csv").read_text(encoding="utf-8-sig")), delimiter=";")
    )
    assert rows[1:] == [["https://example.org/charte", "'=Page publique", "1.1.1", "2026-02-27", "200", ""]]


def test_the_grid_has_one_row_a_criterion_and_no_formula(tmp_path):
    from openpyxl import load_workbook

    from terreau.publishing.dossier.grid import grid
    from terreau.publishing.dossier.held import held
    from terreau.publishing.dossier.layout import arranged

    record = world.record()
    answer = record.answers["nr-terreau:1.1.1"]
    hostile = {**record.answers, answer.criterion: type(answer)(criterion=answer.criterion, text="=1+1\x00\u202e")}
    package = world.package(world.record(answers=hostile))
    sheet = load_workbook(io.BytesIO(grid(package, held(arranged(package), ())))).active
    assert sheet.max_row == 53
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert "=1+1" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_a_received_workbook_takes_the_place_of_our_grid(tmp_path):
    build(
        world.package(),
        world.kept(tmp_path / "kept"),
        tmp_path / "d",
        fills_grid=lambda path: path.write_bytes(b"received"),
    )
    assert (tmp_path / "d/grille.xlsx").read_bytes() == b"received"
    assert verify(tmp_path / "d") == ()


def test_verdicts_are_earl_assertions(made):
    graph = json.loads((made[1] / "earl.jsonld").read_text(encoding="utf-8"))["@graph"]
    outcome = {
        one["earl:test"]["@id"]: one["earl:result"]["earl:outcome"]["@id"]
        for one in graph
        if one["@type"] == "earl:Assertion"
    }
    assert len(outcome) == 52 * 3
    assert outcome["urn:terreau:nr-terreau:1.1.1:documents"] == "earl:passed"
    assert outcome["urn:terreau:nr-terreau:1.1.1:means"] == "earl:failed"  # partly is not passed
    assert outcome["urn:terreau:nr-terreau:1.1.1:results"] == "earl:untested"
    assert outcome["urn:terreau:nr-terreau:2.2.1:means"] == "earl:inapplicable"


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are those of POSIX")
@pytest.mark.parametrize("room", [20, 8_000, 100_000])
def test_a_full_disk_leaves_nothing(tmp_path, room, monkeypatch):
    import resource

    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # a module kept compiled, but cut short, would stop all after
    package, kept = world.package(), world.kept(tmp_path / "kept")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(
        resource.RLIMIT_FSIZE, (room, before[1])
    )  # the system refuses what goes beyond, as a full disk does
    try:
        with pytest.raises(TerreauError) as refused:
            build(package, kept, tmp_path / "there/dossier")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.code == "publishing.disk_full"
    assert list((tmp_path / "there").iterdir()) == []


def test_called_off_it_leaves_nothing(tmp_path):
    def enough(step, done, of):
        if step == "document":
            raise Stopped

    with pytest.raises(Stopped):
        build(world.package(), world.kept(tmp_path / "kept"), tmp_path / "there/dossier", enough)
    assert list((tmp_path / "there").iterdir()) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from terreau.publishing.dossier.build import build
from tests.publishing.dossier import world
def die(step, done, of):
    if step == "manifest":
        os.kill(os.getpid(), signal.SIGKILL)
build(world.package(), world.kept(Path(sys.argv[1]) / "kept"), Path(sys.argv[1]) / "there/dossier", die)
"""


@pytest.mark.skipif(os.name != "posix", reason="a process is killed by a signal")
def test_what_a_killed_process_left_is_swept_and_the_dossier_is_whole(made, tmp_path):
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False, cwd=Path(__file__).parents[3],
                            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})  # fmt: skip
    left = list((tmp_path / "there").iterdir())
    assert killed.returncode == -9 and len(left) == 1 and left[0].name.startswith(".dossier.partiel-")
    summary = build(world.package(), world.kept(tmp_path / "kept"), tmp_path / "there/dossier")
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["dossier"]
    assert summary.digest == made[0].digest


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "dossier").mkdir()
    with pytest.raises(TerreauError) as refused:
        build(world.package(), world.kept(tmp_path / "kept"), tmp_path / "dossier")
    assert refused.value.code == "publishing.target_exists"


def test_what_was_not_frozen_cannot_pass_for_it():
    with pytest.raises(TerreauError) as refused:
        world.package(frozen_sha256="00" * 32)
    assert refused.value.code == "publishing.freeze_altered"


def test_the_archive_is_stored_as_it_is_without_a_moment(made, tmp_path):
    archive(made[1], tmp_path / "numa.zip")
    with zipfile.ZipFile(tmp_path / "numa.zip") as opened:
        infos = opened.infolist()
    assert {(info.compress_type, info.date_time, info.filename.split("/")[0]) for info in infos} == {
        (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), "numa")
    }


def test_the_cover_names_the_digest_of_the_freeze_and_that_of_its_content():
    frozen = world.package(freeze_digest="cd" * 32)
    cover = dict(digests(frozen))
    assert cover == {
        "Empreinte du gel (SHA-256)": "cd" * 32,
        "Empreinte du contenu gelé (SHA-256)": frozen.record.digest,
    }
    draft = world.package(freeze="", frozen_sha256="")
    assert dict(digests(draft)) == {"Empreinte du contenu (SHA-256)": draft.record.digest}, "nothing is frozen there"
