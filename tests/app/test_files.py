"""Files kept: named by their content, read through their link only."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.files import door
from terreau.app.files.models import File
from terreau.app.home import organisation_folder
from terreau.kernel.errors import TerreauError

pytestmark = pytest.mark.both_databases


def upload(name="note.txt", content=b"bonjour"):
    return SimpleUploadedFile(name, content)


def zipped(*names):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


def refusal(organisation, **file):
    with pytest.raises(TerreauError) as refused:
        door.keep(organisation, upload(**file))
    assert list(organisation_folder(organisation.pk, "files").iterdir()) == []
    return refused.value.code


def test_a_file_is_named_by_its_content(organisation, owner):
    kept = door.keep(organisation, upload(), actor=owner)
    assert kept.sha256 == "2cb4b1431b84ec15d35ed83bb927e27e8967d75f4bcd9cc4b25c8d879ae23e18"
    assert door.path_of(organisation, kept.id).read_bytes() == b"bonjour"


def test_the_bytes_leave_with_their_last_link(organisation, owner, django_capture_on_commit_callbacks):
    first, second = door.keep(organisation, upload()), door.keep(organisation, upload(name="copie.txt"))
    path = door.path_of(organisation, first.id)
    with django_capture_on_commit_callbacks(execute=True):
        door.delete(organisation, first.id, actor=owner)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        door.delete(organisation, second.id, actor=owner)
    assert not path.exists()


def test_the_same_content_is_never_shared_by_two_organisations(organisation, other_organisation):
    ours, theirs = door.keep(organisation, upload()), door.keep(other_organisation, upload())
    assert door.path_of(organisation, ours.id) != door.path_of(other_organisation, theirs.id)
    with pytest.raises(File.DoesNotExist):
        door.path_of(organisation, theirs.id)


@pytest.mark.parametrize(
    "file",
    [
        {"name": "page.html"},
        {"name": "dessin.svg"},
        {"name": "rapport.pdf", "content": b"MZ\x90"},
        {"name": "liste.csv", "content": b"a\x00b"},
        {"name": "liste.csv", "content": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"},
        {"name": "page.txt", "content": "<html>".encode("utf-16")},
        {"name": "classeur.xlsx", "content": zipped("xl/vbaProject.bin")},
        {"name": "classeur.xlsx", "content": b"PK\x03\x04 truncated"},
    ],
)
def test_a_file_in_disguise_is_refused_and_nothing_is_left(organisation, file):
    assert refusal(organisation, **file) == "app.file_kind_refused"


def test_an_empty_file_and_one_too_large_are_refused(organisation, settings):
    assert refusal(organisation, content=b"") == "app.file_empty"
    settings.UPLOAD_MAX_BYTES = 3
    assert refusal(organisation) == "app.file_too_large"


def test_an_organisation_has_limited_room(organisation, settings):
    settings.ORGANISATION_MAX_BYTES = 3
    assert refusal(organisation) == "app.organisation_full"


def test_a_workbook_and_an_utf16_list_are_accepted(organisation):
    door.keep(organisation, upload("classeur.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml")))
    door.keep(organisation, upload("liste.csv", "nom;modèle".encode("utf-16")))
    assert File.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("é" * 300 + ".txt", "é" * 196 + ".txt"),
        ("a\u202egpj.txt", "agpj.txt"),
        ("CON .txt.", "CON .txt"),
        ("e\u0301.txt", "é.txt"),
    ],
)
def test_a_name_is_cut_and_freed_of_hidden_signs_but_keeps_its_extension(organisation, given, kept):
    assert door.keep(organisation, upload(given)).name == kept


def test_a_name_never_leads_elsewhere(organisation):
    kept = door.keep(organisation, upload("..\\..\\etc/passwd.txt"))
    assert kept.name == "passwd.txt"


def test_a_file_is_handed_over_as_an_attachment_in_a_sandbox(organisation, reader_client):
    kept = door.keep(organisation, upload("Étude n°1.txt"))
    answer = reader_client.get(f"/o/valmont/fichiers/{kept.id}/")
    assert b"".join(answer.streaming_content) == b"bonjour"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_another_organisation_s_file_is_not_found(other_organisation, owner_client):
    theirs = door.keep(other_organisation, upload())
    assert owner_client.get(f"/o/valmont/fichiers/{theirs.id}/").status_code == 404
    assert owner_client.get(f"/o/numa/fichiers/{theirs.id}/").status_code == 404
