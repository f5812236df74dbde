"""Verifying finds whatever was changed, lost, added or rigged, and never trusts what it reads."""

import json
import os
import shutil
import zipfile

import pytest

from terreau.kernel.errors import TerreauError
from terreau.publishing.dossier.build import archive, build
from terreau.publishing.dossier.verify import verify
from tests.publishing.dossier import world


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    place = tmp_path_factory.mktemp("whole")
    build(world.package(), world.kept(place / "kept"), place / "dossier")
    return place / "dossier"


@pytest.fixture
def dossier(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "dossier")


def codes(path):
    return {one.code for one in verify(path)}


EVERY_KIND = ("LISEZMOI.txt", "dossier.pdf", "earl.jsonld", "grille.xlsx", "_manifeste/gel.json", "_manifeste/referentiel.json",
              "_manifeste/liens.csv", "_manifeste/manifest.csv", "criteres/*/*.pdf", "criteres/*/*.csv", "criteres/*/_preuves.txt",
              "hors-grille/*/_preuves.txt")  # fmt: skip


@pytest.mark.parametrize("where", EVERY_KIND)
def test_one_changed_byte_is_found_in_any_file(dossier, where):
    path = next(dossier.glob(where))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    found = {(one.code, one.path) for one in verify(dossier)}
    assert ("file_changed", path.relative_to(dossier).as_posix()) in found


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ('"language": "fr"', '"language": "en"'),
        ('"variant": ""', '"variant": "x"'),
        ('"layout"', ' "layout"'),
        ("p. 2", "p. 3"),
    ],
)
def test_a_word_changed_in_the_manifest_itself_is_found(dossier, written, instead):
    path = dossier / "_manifeste/manifest.json"
    told = path.read_text(encoding="utf-8")
    assert written in told
    path.write_text(told.replace(written, instead, 1), encoding="utf-8")
    assert ("file_changed", "_manifeste/manifest.json") in {(one.code, one.path) for one in verify(dossier)}


def test_the_seal_of_the_manifest_is_read_by_an_ordinary_command_and_missed_when_it_is_gone(dossier):
    seal = dossier / "_manifeste/manifest.sha256"
    assert seal.read_text() == f"{world.digest((dossier / '_manifeste/manifest.json').read_bytes())}  manifest.json\n"
    seal.write_text(seal.read_text().upper())
    assert codes(dossier) == {"file_changed"}
    seal.unlink()
    assert [(one.code, one.path) for one in verify(dossier)] == [("file_missing", "_manifeste/manifest.sha256")]


def test_a_dossier_of_before_the_seal_verifies(dossier):
    rewritten(dossier, lambda told: told.pop("seal"))
    (dossier / "_manifeste/manifest.sha256").unlink()
    assert verify(dossier) == ()


@pytest.mark.parametrize("where", EVERY_KIND)
def test_a_missing_file_is_found(dossier, where):
    path = next(dossier.glob(where))
    path.unlink()
    assert ("file_missing", path.relative_to(dossier).as_posix()) in {(one.code, one.path) for one in verify(dossier)}


def test_a_file_cut_short_or_grown_is_found(dossier):
    (dossier / "dossier.pdf").write_bytes((dossier / "dossier.pdf").read_bytes()[:-1])
    with (dossier / "earl.jsonld").open("ab") as file:
        file.write(b"x" * 100)
    assert [one.path for one in verify(dossier)] == ["dossier.pdf", "earl.jsonld"]


def test_an_added_file_and_a_link_elsewhere_are_found(dossier):
    (dossier / "criteres/plus.pdf").write_bytes(b"%PDF")
    (dossier / "ailleurs").symlink_to("/etc/passwd")
    (dossier / "dedans").symlink_to(dossier / "criteres")
    found = [(one.code, one.path) for one in verify(dossier)]
    assert found == [("strange_entry", "ailleurs"), ("strange_entry", "dedans"), ("file_added", "criteres/plus.pdf")]


def test_a_listed_file_replaced_by_a_link_to_the_same_bytes_is_found(dossier, tmp_path):
    shutil.move(dossier / "dossier.pdf", tmp_path / "outside.pdf")
    (dossier / "dossier.pdf").symlink_to(tmp_path / "outside.pdf")
    assert codes(dossier) == {"strange_entry", "file_missing"}


def rewritten(dossier, change):
    """The manifest as a forger would leave it: changed, and well formed."""
    path = dossier / "_manifeste/manifest.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    change(told)
    path.write_text(json.dumps(told), encoding="utf-8")
    path.with_suffix(".sha256").write_text(f"{world.digest(path.read_bytes())}  manifest.json\n", encoding="utf-8")


def evidence(told):
    return next(one for one in told["files"] if one["kind"] == "evidence")


def test_a_file_swapped_with_its_digest_in_the_manifest_is_found(dossier):
    def swap(told):
        one = evidence(told)
        (dossier / one["path"]).write_bytes(b"other")
        one |= {"sha256": world.digest(b"other"), "size": 5}

    rewritten(dossier, swap)
    assert codes(dossier) == {"table_disagrees", "evidence_replaced"}


def test_a_link_from_criterion_to_file_added_or_taken_away_is_found(dossier):
    manifest = (dossier / "_manifeste/manifest.json").read_bytes()
    rewritten(dossier, lambda told: evidence(told)["serves"].pop())
    assert {"link_lost", "table_disagrees"} >= codes(dossier) >= {"link_lost"}
    (dossier / "_manifeste/manifest.json").write_bytes(manifest)
    rewritten(dossier, lambda told: evidence(told)["serves"].append(evidence(told)["serves"][0] | {"facet": "results"}))
    assert codes(dossier) == {"link_added"}, "the tables name criteria, not facets"


def test_a_frozen_record_rewritten_with_its_digest_is_found_by_the_tables(dossier):
    def forge(told):
        path = dossier / "_manifeste/gel.json"
        record = json.loads(path.read_text(encoding="utf-8"))
        record["answers"]["nr-terreau:1.1.1"]["links"] = []
        path.write_text(json.dumps(record), encoding="utf-8")

    rewritten(dossier, forge)
    assert codes(dossier) == {"file_changed", "frozen_changed", "link_added"}


@pytest.mark.parametrize(
    "path", ["../outside", "/etc/passwd", "a/../../b", "criteres//x", "CON", "x\u202etxt", "a\\b", "fin. ", "é" * 200]
)
def test_a_hostile_path_in_the_manifest_is_never_opened(dossier, path):
    rewritten(dossier, lambda told: evidence(told).update(path=path))
    assert "path_unlawful" in codes(dossier)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"layout": "terreau-dossier-1"}',
        b"[" * 200_000,
        b"\xff\xfe",
        b'{"layout":"terreau-dossier-1","files":[{}],"aside":[],"links":[]}',
    ],
)
def test_a_manifest_that_is_none_is_said(dossier, content):
    (dossier / "_manifeste/manifest.json").write_bytes(content)
    assert "manifest_unreadable" in codes(dossier)


def zipped(folder, target, *more):
    archive(folder, target, name="dossier")
    with zipfile.ZipFile(target, "a") as opened:
        for name, content, attributes in more:
            info = zipfile.ZipInfo(name)
            info.external_attr = attributes << 16
            opened.writestr(info, content, zipfile.ZIP_DEFLATED)
    return target


@pytest.mark.parametrize("name", ["../x", "/x", "dossier/../../x", "x", "dossier/a\\b"])
def test_a_rigged_entry_of_an_archive_is_found(dossier, tmp_path, name):
    assert "strange_entry" in codes(zipped(dossier, tmp_path / "d.zip", (name, b"x", 0o100644)))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_link_inside_an_archive_and_a_name_given_twice_are_found(dossier, tmp_path):
    target = zipped(
        dossier, tmp_path / "d.zip", ("dossier/x", b"/etc/passwd", 0o120777), ("dossier/earl.jsonld", b"{}", 0o100644)
    )
    assert [(one.code, one.facts.get("sort")) for one in verify(target)] == [
        ("strange_entry", "link"),
        ("strange_entry", "twice"),
    ]


def test_a_bomb_is_not_unpacked(dossier, tmp_path):
    size = (dossier / "earl.jsonld").stat().st_size
    (dossier / "earl.jsonld").unlink()
    bomb = zipped(dossier, tmp_path / "d.zip", ("dossier/earl.jsonld", b"0" * 5_000_000, 0o100644))
    [found] = verify(bomb)
    assert (found.code, found.path) == ("file_changed", "earl.jsonld")
    assert found.facts["found"] == world.digest(b"0" * (size + 1))[:16], "read no further than it should be long"


@pytest.mark.skipif(os.name != "posix", reason="special files are those of POSIX")
def test_a_special_file_is_not_opened(dossier):
    os.mkfifo(dossier / "attend")
    assert [one.code for one in verify(dossier)] == ["strange_entry"]


NONE = {
    "no_dossier": (lambda path: path.mkdir(), lambda path: path.write_bytes(b"no")),
    "nothing_there": (lambda path: None,),
}


@pytest.mark.parametrize(("code", "make"), [(code, make) for code, makes in NONE.items() for make in makes])
def test_what_is_no_dossier_is_refused(tmp_path, code, make):
    make(tmp_path / "x")
    with pytest.raises(TerreauError) as refused:
        verify(tmp_path / "x")
    assert refused.value.code == f"publishing.{code}"


def test_each_difference_is_said_in_both_languages(dossier):
    (dossier / "LISEZMOI.txt").unlink()
    [one] = verify(dossier)
    assert one.words("fr").what == "LISEZMOI.txt manque." and one.words("en").what == "LISEZMOI.txt is missing."
