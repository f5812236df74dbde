"""Files from outside: refused in words, nothing half-written; other people's imports do not exist."""

import io
import zipfile

import pytest
from django.urls import reverse

from terreau.app.home import organisation_folder
from terreau.app.inventory.arrivals import folder_of, safe_name
from terreau.app.inventory.models import Draft, Snapshot
from tests.app.parc.dropping import SMALL, confirm, correct, drop, drop_text, text_of

pytestmark = pytest.mark.django_db


def bomb():
    """A workbook whose only sheet claims far more than it weighs."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(1200):
                sheet.write(b" " * 1024 * 1024)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("vide.csv", b" \n"),
        ("binaire.csv", bytes(range(256)) * 40),
        ("tronque.xlsx", b"PK\x03\x04" + b"\x00" * 60),
        ("entetes.csv", "Type;Modèle;Quantité\n".encode()),
        ("vieux.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
        ("recette.csv", b"Farine;Beurre\n200;100\n"),
        ("large.csv", (";".join(f"c{i}" for i in range(10_000)) + "\n").encode()),
    ],
)
def test_a_file_that_is_no_inventory_is_refused_in_words(editor_client, organisation, name, content):
    answer = drop(editor_client, (name, content))
    assert answer.status_code == 400
    assert "Que faire ?" in text_of(answer) or "À corriger" in text_of(answer)
    assert "Traceback" not in answer.content.decode()
    assert not Snapshot.objects.exists()
    assert list(organisation_folder(organisation.pk, "snapshots").iterdir()) == []


@pytest.mark.true_child
def test_a_zip_bomb_is_refused(editor_client):
    answer = drop(editor_client, ("bombe.xlsx", bomb()))
    assert answer.status_code == 400
    assert "Que faire ?" in text_of(answer)


def test_a_refused_file_leaves_nothing_behind(editor_client, organisation):
    drop(editor_client, ("recette.csv", b"Farine;Beurre\n200;100\n"))
    assert not Draft.objects.exists()
    drafts = organisation_folder(organisation.pk, "files") / "drafts"
    assert not drafts.exists() or list(drafts.iterdir()) == []


def test_a_correction_that_makes_the_file_unreadable_is_refused_and_changes_nothing(editor_client):
    drop_text(editor_client, "Type;Quantité\nÉcran;2\n")
    before = Draft.objects.get().understood["snapshot"]["sha256"]
    refused = correct(editor_client, column=1, becomes="ne pas lire")
    assert refused.status_code == 400
    assert "Que faire ?" in text_of(refused)
    draft = Draft.objects.get()
    assert draft.choices == {}
    assert draft.understood["snapshot"]["sha256"] == before
    confirm(editor_client)
    assert Snapshot.objects.get().summary["quantity"] == 2


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "..\\..\\boot.ini", "a/b/parc.csv", "\u202egnp.csv", "...", "x" * 400]
)
def test_a_file_name_never_leads_anywhere(name):
    kept = safe_name(name)
    assert kept and "/" not in kept and "\\" not in kept and ".." not in kept and "\u202e" not in kept
    assert len(kept) <= 120


def test_files_wait_under_names_of_ours(editor_client):
    drop(editor_client, ("..\\..\\évil name.csv", SMALL.encode()))
    assert sorted(path.name for path in folder_of(Draft.objects.get()).glob("0*")) == ["01.csv"]


def test_a_name_that_looks_like_markup_is_shown_as_text(editor_client):
    answer = drop(editor_client, ("<b>x<b>.csv", SMALL.encode()), name="<script>alert(1)</script>")
    assert "<script>alert" not in answer.content.decode()


def test_formulas_leave_as_text(editor_client):
    drop_text(editor_client, 'Type;Modèle;Nom\nÉcran;U2419H;=HYPERLINK("http://x")\n')
    confirm(editor_client)
    answer = editor_client.get(reverse("parc:lines", args=["valmont"]))
    told = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "HYPERLINK" in told
    assert ",=HYPERLINK" not in told and ";=HYPERLINK" not in told and ',"=HYPERLINK' not in told


def test_too_many_files_are_refused_on_the_form(editor_client, settings):
    settings.UPLOAD_MAX_FILES = 2
    answer = drop(editor_client, *[(f"{n}.csv", SMALL.encode()) for n in range(3)])
    assert answer.status_code == 400
    assert "Pas plus de 2 fichiers" in text_of(answer)


def test_too_many_bytes_are_refused_on_the_form(editor_client, settings):
    settings.UPLOAD_MAX_BYTES = 20
    answer = drop(editor_client, ("parc.csv", SMALL.encode()))
    assert answer.status_code in (400, 413)
    assert not Draft.objects.exists()


@pytest.mark.true_child
def test_a_reading_that_takes_too_long_names_the_setting_of_the_server(editor_client, settings):
    settings.WORK_SECONDS = 0
    answer = drop_text(editor_client, SMALL)
    assert answer.status_code == 400
    assert "TERREAU_WORK_SECONDS" in text_of(answer)
    assert "TERREAU_MAX" not in text_of(answer)
    assert not Draft.objects.exists()


def test_the_child_obeys_the_size_of_the_settings(editor_client, organisation, settings, tmp_path):
    from datetime import date

    from terreau.app.inventory import confinement
    from terreau.kernel.errors import TerreauError

    (tmp_path / "01.csv").write_text(SMALL, encoding="utf-8")
    settings.UPLOAD_MAX_BYTES = 20
    with pytest.raises(TerreauError) as refused:
        confinement.understand(
            folder=tmp_path,
            files=[("01.csv", "parc.csv")],
            at=date(2026, 9, 30),
            choices={},
            decisions={},
            previous=None,
        )
    assert "TERREAU_UPLOAD_MAX_MB" in refused.value.words("fr").remedy


def test_a_date_to_come_is_refused_on_the_form(editor_client):
    answer = drop_text(editor_client, SMALL, day="2099-01-01")
    assert answer.status_code == 400
    assert "date passée" in text_of(answer)


def test_another_organisation_sees_no_import_and_no_source(editor_client, outsider, signed_in):
    drop_text(editor_client, SMALL)
    draft = Draft.objects.get()
    elsewhere = signed_in(outsider)
    for name in ("understood", "reasons"):
        assert elsewhere.get(reverse(f"parc:{name}", args=["valmont", draft.pk])).status_code == 404
        assert elsewhere.get(reverse(f"parc:{name}", args=["numa", draft.pk])).status_code == 404
    for name in ("confirm", "abandon"):
        assert elsewhere.post(reverse(f"parc:{name}", args=["numa", draft.pk])).status_code == 404
    assert drop_text(elsewhere, SMALL).status_code == 404
    assert Draft.objects.count() == 1


def test_a_source_of_another_organisation_cannot_be_chosen(editor_client, other_organisation):
    from terreau.app.inventory.models import Source

    foreign = Source.objects.create(organisation=other_organisation, name="Ailleurs")
    answer = drop_text(editor_client, SMALL, source=str(foreign.pk))
    assert answer.status_code == 400
    assert not Draft.objects.exists()


@pytest.mark.parametrize("who", ["reader", "auditor", "contributor"])
def test_who_may_only_read_sees_the_fleet_and_imports_nothing(request, signed_in, who):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(reverse("parc:fleet", args=["valmont"])).status_code == 200
    assert drop_text(client, SMALL).status_code == 403
    assert client.get(reverse("parc:quick", args=["valmont"])).status_code == 403
