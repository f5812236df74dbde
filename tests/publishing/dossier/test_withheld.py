"""Of a piece that its reader may not open, a dossier keeps the title and the digest: nothing that was said of it."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from terreau.publishing.dossier.build import build
from terreau.publishing.dossier.verify import verify
from tests.publishing.dossier import world

WORDS = ("Dix salaires au-dessus", "Claire hésite", "note-de-paie", "Elle nommait Camille", "Vu avec Camille")


def secretive():
    found = world.record()
    key = "nr-terreau:1.1.1"
    evidence = dict(found.evidence)
    evidence["gone"] = replace(
        evidence["gone"], confidentiality="team", withdrawn_why=WORDS[3], name=f"{WORDS[2]}.pdf", owner=""
    )
    evidence["said"] = replace(evidence["said"], confidentiality="team")
    links = tuple(
        replace(link, proves=WORDS[0], opinion="questioned", opinion_text=WORDS[1])
        if link.evidence in ("salaries", "gone")
        else link
        for link in found.answers[key].links
    )
    answers = found.answers | {key: replace(found.answers[key], links=links)}
    beside = replace(found.off_grid[0], links=(world.tied("said", "off", proves=WORDS[4]),))
    return replace(found, evidence=evidence, answers=answers, off_grid=(beside,))


def written_in(folder):
    """Every file of a dossier, and of the workbooks in it: path -> bytes."""
    written = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for path, content in list(written.items()):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                written |= {path / name: book.read(name) for name in book.namelist()}
    return written


@pytest.mark.parametrize("audience", ["auditor", "public"])
def test_nothing_said_of_a_withheld_piece_leaves(audience, tmp_path):
    package = world.package(secretive(), audience=audience)
    build(package, world.kept(tmp_path / "kept"), tmp_path / "dossier")
    for path, content in written_in(tmp_path / "dossier").items():
        assert not [word for word in WORDS if word.encode() in content], path
    assert verify(tmp_path / "dossier") == ()


TITLES = ("Grille des salaires", "Projet de fusion", "feuille Salaires")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_public_dossier_does_not_even_say_the_title_of_what_the_organisation_keeps(language, tmp_path):
    found = secretive()
    key = "nr-terreau:1.1.1"
    inside = replace(
        found.evidence["gone"], confidentiality="organisation", title=TITLES[1], valid_until=date(2020, 1, 1)
    )
    links = tuple(
        replace(link, locator=TITLES[2]) if link.evidence == "salaries" else link for link in found.answers[key].links
    )
    found = replace(
        found,
        evidence=found.evidence | {"gone": inside},
        answers=found.answers | {key: replace(found.answers[key], links=links)},
    )
    package = world.package(found, audience="public", language=language)
    build(package, world.kept(tmp_path / "kept"), tmp_path / "dossier")
    for path, content in written_in(tmp_path / "dossier").items():
        assert not [word for word in TITLES if word.encode() in content], path
    assert not [one for one in package.readiness.blockers if one.words("fr").what and TITLES[1] in one.words("fr").what]
    told = (tmp_path / "dossier" / "_manifeste" / "manifest.json").read_text(encoding="utf-8")
    assert ("piece kept inside" if language == "en" else "pièce gardée en interne") in told, "it is counted, not named"
    assert verify(tmp_path / "dossier") == ()
    build(world.package(found), world.kept(tmp_path / "kept2"), tmp_path / "auditor")
    assert TITLES[0].encode() in (tmp_path / "auditor" / "_manifeste" / "manifest.json").read_bytes(), (
        "an auditor reads it"
    )


def test_a_statement_of_the_team_alone_still_verifies(tmp_path):
    found = world.record(evidence={"said": replace(world.pieces()["said"], confidentiality="team")})
    build(world.package(found), world.kept(tmp_path / "kept"), tmp_path / "dossier")
    assert verify(tmp_path / "dossier") == ()
