"""Gathering evidence: what is kept, who opens it, what it supports, how it leaves."""

import hashlib
import html
import io
import re
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from terreau.app.evidence import door, gathering, naming
from terreau.app.evidence.models import Evidence, EvidenceLink
from terreau.app.files.models import File
from terreau.app.home import organisation_folder
from terreau.app.journal.models import Entry
from terreau.kernel.errors import TerreauError
from tests.app.examining import under_examination

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def upload(name="charte.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def kept(organisation, actor=None, **more):
    described = {"title": "Charte des achats", "confidentiality": "auditor"} | more
    return gathering.add(organisation, actor, described, upload=upload())


def zipped(**parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.fixture(autouse=True)
def questions():
    """A room whose subjects are questions of this test."""

    def named(organisation, user, key):
        if not key.startswith("question:"):
            return None
        facets = (("documents", "Documents"), ("results", "Résultats"))
        return door.Subject(key=key, label=key, url=f"/o/{organisation.slug}/preuves/", facets=facets)

    door.subjects("question", named)
    yield
    naming._NAMERS.pop("question")


@pytest.mark.both_databases
def test_a_piece_keeps_its_digest_its_dates_and_what_it_shows(organisation, editor):
    piece = kept(organisation, editor, effective_on=date(2026, 3, 1), valid_until=date(2027, 3, 1))
    gathering.tie(piece, editor, subject="question:1", facet="documents", locator="p. 2", proves="durée de 5 ans")
    pieces, links = door.records_for(organisation, ["question:1"])
    (record,) = pieces.values()
    assert record.sha256 == hashlib.sha256(PDF).hexdigest()
    assert record.effective_on == date(2026, 3, 1) and record.received_on == piece.received_on
    assert (links[0].locator, links[0].proves, links[0].strength) == ("p. 2", "durée de 5 ans", "supports")
    told = [entry.action for entry in Entry.objects.filter(organisation=organisation)]
    assert {"files.kept", "evidence.kept", "evidence.tied"} <= set(told)


@pytest.mark.both_databases
def test_a_withdrawn_piece_stays_named_with_its_bytes_and_can_no_longer_serve(organisation, editor):
    piece = kept(organisation, editor)
    gathering.withdraw(piece, editor, "Version erronée")
    assert piece.as_record().withdrawn and piece.as_record().withdrawn_why == "Version erronée"
    assert (organisation_folder(organisation.pk, "files") / piece.sha256).exists()
    with pytest.raises(TerreauError, match="withdrawn_already"):
        gathering.tie(piece, editor, subject="question:1", facet="documents")
    with pytest.raises(TerreauError, match="reason_needed"):
        gathering.withdraw(kept(organisation, editor), editor, "  ")


def test_a_newer_version_takes_the_place_and_asks_for_a_new_opinion(organisation, editor):
    old = kept(organisation, editor)
    link = gathering.tie(old, editor, subject="question:1", facet="documents")
    gathering.judge(link, editor, "accepted", "")
    new = kept(organisation, editor, title="Charte 2026")
    gathering.replace(old, editor, new)
    link.refresh_from_db()
    assert (link.evidence, link.opinion) == (new, "none")
    assert Evidence.objects.get(pk=old.pk).replaced_by == new


def test_what_is_closed_keeps_the_version_it_was_closed_with(organisation, editor, signed_in):
    def named(organisation, user, key):
        return door.Subject(key=key, label=key, url="/", facets=(("documents", "Documents"),), closed=key == "past:1")

    door.subjects("past", named)
    old = kept(organisation, editor)
    closed, living = (gathering.tie(old, editor, subject=key, facet="documents") for key in ("past:1", "past:2"))
    gathering.judge(closed, editor, "accepted", "")
    sent = {
        "title": "Charte 2026",
        "kind": "document",
        "confidentiality": "auditor",
        "upload": upload("charte-2026.pdf"),
    }
    told = signed_in(editor).post(reverse("evidence:replace", args=["valmont", old.pk]), sent, follow=True)
    naming._NAMERS.pop("past")
    closed.refresh_from_db()
    living.refresh_from_db()
    assert (closed.evidence, closed.opinion) == (old, "accepted")
    assert living.evidence.title == "Charte 2026"
    assert "1 réponse d’une évaluation close garde l’ancienne version." in told.content.decode()


@pytest.mark.both_databases
def test_two_people_who_describe_one_piece_are_told_and_nothing_is_overwritten(
    organisation, editor, contributor, signed_in
):
    piece = kept(organisation, editor)
    address = reverse("evidence:piece", args=["valmont", piece.pk])
    first, second = signed_in(editor), signed_in(contributor)
    read = re.search(r'name="seen" value="(\w+)"', first.get(address).content.decode())[1]
    sent = {"kind": "document", "confidentiality": "auditor", "seen": read}
    assert first.post(address, sent | {"title": "Charte signée"}).status_code == 302
    late = second.post(address, sent | {"title": "Charte votée"})
    told = html.unescape(late.content.decode())
    assert late.status_code == 409 and "Rien n'a été écrasé" in told
    assert "<h1>Charte signée</h1>" in told and 'value="Charte votée"' in told, "what is kept, beside what was typed"
    assert Evidence.objects.get(pk=piece.pk).title == "Charte signée"
    again = re.search(r'name="seen" value="(\w+)"', told)[1]
    assert second.post(address, sent | {"title": "Charte votée", "seen": again}).status_code == 302
    assert Evidence.objects.get(pk=piece.pk).title == "Charte votée"
    assert second.post(address, sent | {"title": "Sans avoir lu", "seen": ""}).status_code == 409


def test_a_piece_without_anything_to_open_is_refused_unless_somebody_says_it(organisation, editor):
    with pytest.raises(TerreauError, match="nothing_given"):
        gathering.add(organisation, editor, {"title": "Vide"})
    said = gathering.add(organisation, editor, {"title": "Dit en entretien", "kind": "statement"})
    assert said.as_record().kind == "statement"


HOSTILE = {
    "page.pdf": b"<!doctype html><script>alert(1)</script>",
    "dessin.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "page.html": b"<html></html>",
    "note.txt": b"\xef\xbb\xbf <!DOCTYPE HTML><script>alert(1)</script>",
    "macros.xlsx": zipped(**{"[Content_Types].xml": "x", "xl/workbook.xml": "x", "xl/vbaProject.bin": "x"}),
    "feuille4.xlsx": zipped(**{"[Content_Types].xml": "x", "xl/workbook.xml": "x", "xl/macrosheets/sheet1.xml": "x"}),
    "basic.ods": zipped(**{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "Basic/script-lc.xml": "x"}),
    "texte.docx": zipped(**{"[Content_Types].xml": "x", "xl/workbook.xml": "x"}),
    "bombe.zip": zipped(vide="0" * (17 * 1024 * 1024)),
    "coupe.zip": zipped(a="x")[:40],
    "image.png": b"\x89PNG not quite",
    "programme.exe": b"MZ\x90\x00",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_in_disguise_leaves_nothing_behind(name, organisation, editor):
    with pytest.raises(TerreauError) as refused:
        gathering.add(organisation, editor, {"title": name}, upload=upload(name, HOSTILE[name]))
    assert refused.value.code == "app.file_kind_refused"
    assert list(organisation_folder(organisation.pk, "files").iterdir()) == []
    assert not Evidence.objects.exists() and not File.objects.exists()


def test_an_antivirus_may_refuse_or_hold_back(organisation, editor, settings):
    settings.SCAN_COMMAND = "false"
    with pytest.raises(TerreauError, match="file_infected"):
        kept(organisation, editor)
    assert list(organisation_folder(organisation.pk, "files").iterdir()) == []
    settings.SCAN_COMMAND = "/absent/antivirus"
    assert kept(organisation, editor).held_back
    settings.SCAN_COMMAND = "true"
    assert not kept(organisation, editor).held_back


OPENED = {"owner": "team", "editor": "team", "contributor": "team", "reader": "organisation", "auditor": "auditor"}
ORDER = ("team", "organisation", "auditor", "public")


@pytest.mark.parametrize("role", OPENED)
def test_each_role_opens_what_was_meant_for_it(role, request, organisation, signed_in):
    person = request.getfixturevalue(role)
    client = signed_in(person)
    under_examination(organisation)
    for level in ORDER:
        piece = kept(organisation, title=level, confidentiality=level)
        expected = 200 if ORDER.index(level) >= ORDER.index(OPENED[role]) else 404
        assert client.get(reverse("evidence:piece", args=["valmont", piece.pk])).status_code == expected
        assert client.get(reverse("evidence:file", args=["valmont", piece.pk])).status_code == expected
        # the same bytes, asked by the door of kept files, obey the same rule
        assert client.get(reverse("files:download", args=["valmont", piece.file])).status_code == expected
    listed = client.get(reverse("evidence:list", args=["valmont"])).content.decode()
    told = client.get(reverse("evidence:csv", args=["valmont"])).content.decode()
    rows = {line.split(",")[0].split(";")[0].strip('"') for line in told.splitlines()[1:]}
    opened = ORDER[ORDER.index(OPENED[role]) :]
    assert rows == set(opened)
    assert all(f">{level}</a>" in listed for level in opened)
    assert not any(f">{level}</a>" in listed for level in set(ORDER) - set(opened))


def test_a_file_is_handed_over_as_an_attachment_in_a_sandbox(organisation, editor, signed_in):
    piece = kept(organisation, editor)
    answer = signed_in(editor).get(reverse("evidence:file", args=["valmont", piece.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="charte.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"] and answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == PDF


def test_a_person_adds_a_file_for_an_answer_and_comes_back_to_it(organisation, contributor, signed_in):
    client = signed_in(contributor)
    address = reverse("evidence:new", args=["valmont"]) + "?pour=question:7&facette=results"
    given = {"upload": upload("relevé ‮fdp.pdf"), "title": "", "kind": "document", "confidentiality": "auditor",
             "facet": "results", "locator": "p. 3", "proves": "38 %", "strength": "proves"}  # fmt: skip
    assert client.post(address, given).url == "/o/valmont/preuves/"
    link = EvidenceLink.objects.get()
    assert (link.subject, link.facet, link.strength) == ("question:7", "results", "proves")
    assert "‮" not in link.evidence.name and "‮" not in link.evidence.title


def test_the_kinds_of_files_accepted_are_said_in_the_language_of_the_page(contributor, signed_in):
    client = signed_in(contributor)
    for language, words in (("fr", "Types acceptés : csv"), ("en", "Accepted kinds: csv")):
        page = client.get(reverse("evidence:new", args=["valmont"]), headers={"accept-language": language})
        assert words in page.content.decode()


def test_a_form_that_is_refused_says_so_and_keeps_nothing(organisation, contributor, signed_in):
    client = signed_in(contributor)
    address = reverse("evidence:new", args=["valmont"])
    page = client.post(address, {"title": "Rien", "kind": "document", "confidentiality": "auditor"})
    assert "Déposez un fichier" in page.content.decode()
    page = client.post(
        address, {"url": "http://moi:secret@site.example/", "kind": "link", "confidentiality": "auditor"}
    )
    assert "mot de passe" in page.content.decode()
    assert client.get(address + "?pour=inconnu:3").status_code == 404
    assert not Evidence.objects.exists()


def test_the_panel_of_an_answer_asks_one_query_whatever_the_number_of_links(organisation, editor):
    for number in range(12):
        piece = kept(organisation, editor, title=f"Pièce {number}")
        gathering.tie(piece, editor, subject="question:1", facet="documents")
    with CaptureQueriesContext(connection) as asked:
        assert len(door.panel(organisation, "question:1")) == 12
    assert len(asked) == 1
    assert door.counts(organisation, ["question:1", "question:2"]) == {"question:1": 12}


def test_sorting_a_list_keeps_what_was_searched_and_starts_at_its_first_page(organisation, editor, reader_client):
    for number in range(23):
        gathering.add(organisation, editor, {"title": f"Charte {number}", "kind": "statement"})
    page = reader_client.get(
        reverse("evidence:list", args=["valmont"]) + "?q=Charte&etat=libres&page=2"
    ).content.decode()
    assert 'href="?q=Charte&amp;etat=libres&amp;tri=titre"' in page


def test_what_moves_on_takes_the_newest_version_of_a_piece(organisation, editor):
    old, new, gone, later = (
        kept(organisation, editor, title=title) for title in ("2024", "2025", "Retirée", "Ailleurs")
    )
    for piece in (old, gone, later):
        gathering.tie(piece, editor, subject="question:1", facet="documents", locator=piece.title)
    Evidence.objects.filter(pk=old.pk).update(replaced_by=new)  # as where the work was closed with the older
    gathering.withdraw(gone, editor, "Erreur")
    assert door.carry(organisation, {"question:1": [("question:2", ("documents",))]}) == 2
    carried = EvidenceLink.objects.filter(subject="question:2").values_list("evidence__title", flat=True)
    assert sorted(carried) == ["2025", "Ailleurs"]
