"""From a freeze to an archive that verifies: who may, what leaves, what stays, and what happens when it goes wrong."""

import io
import json
import zipfile
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from terreau.app.audits import acting, freezing
from terreau.app.diagnosis.models import Answer, Assessment
from terreau.app.evidence import door as evidence
from terreau.app.evidence import gathering
from terreau.app.evidence.models import Evidence
from terreau.app.journal import door as journal
from terreau.app.journal.models import Entry
from terreau.app.publishing import making, packing
from terreau.app.publishing.models import Dossier, Pin
from terreau.app.tasks.models import Job, State
from terreau.kernel.errors import TerreauError
from terreau.publishing.dossier.verify import contents, verify
from terreau.referentials import library
from tests.app.matrix_dossiers import a_dossier
from tests.app.referentials.assessed import EXAMPLE, assessed

KEY = "nr-terreau:1.1.1"
CHARTER, WAGES = b"%PDF-1.7\ncharte\n%%EOF\n", b"%PDF-1.7\nsalaires\n%%EOF\n"


@pytest.fixture
def assessment(organisation, owner):
    """One answer with a piece for the auditor, one of the team, and a link."""
    edition = library.edition("nr-terreau")
    made = Assessment.objects.create(
        organisation=organisation, referential=edition.key, version=edition.version, digest=edition.digest, title="Grille Terreau",
        period_start=timezone.localdate() - timedelta(days=300), period_end=timezone.localdate(), target_on=timezone.localdate(),
    )  # fmt: skip
    Answer.objects.create(
        assessment=made, criterion=KEY, facets={"documents": {"verdict": "yes", "text": "Deux pages."}}
    )
    for title, who, content in (("Charte", "auditor", CHARTER), ("Salaires", "team", WAGES)):
        evidence.receive(organisation, owner, {"title": title, "confidentiality": who}, subject=f"answer:{made.pk}/{KEY}", facet="documents",
                         upload=SimpleUploadedFile(f"{title}.pdf", content), locator="p. 1", strength="proves")  # fmt: skip
    return made


@pytest.fixture
def freeze(organisation, owner, assessment):
    return freezing.freeze(organisation, owner, assessment.pk, "Avant l'audit")


@pytest.fixture
def source(organisation, freeze):
    return packing.source_of(organisation, f"gel-{freeze.pk}")


def made(organisation, actor, source, audience="auditor"):
    job = making.ask(organisation, actor, source, audience=audience, language="fr")
    assert job.state == State.DONE, job.refusal
    return Dossier.objects.get(pk=job.result["dossier"])


def test_an_editor_makes_a_dossier_of_a_freeze_and_takes_it_away(editor_client, organisation, freeze):
    answer = editor_client.post(
        reverse("publishing:new", args=["valmont"]),
        {"source": f"gel-{freeze.pk}", "audience": "auditor", "language": "fr"},
    )
    row = Dossier.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("publishing:dossier", args=["valmont", row.pk]))
    archive = editor_client.get(reverse("publishing:download", args=["valmont", row.pk]))
    content = b"".join(archive.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        manifest = json.loads(opened.read(f"{row.name}/_manifeste/manifest.json"))
    assert manifest["freeze"]["digest"] == freeze.digest and manifest["journal"]["number"] == freeze.journal_number
    assert verify(making.path_of(row)) == () and contents(making.path_of(row))[0] == row.digest
    assert CHARTER in content and WAGES not in content
    assert row.aside == {"withheld": 1} and row.files == 1
    assert journal.verify(organisation).sound


def test_the_same_freeze_gives_the_same_archive_whatever_changed_since(organisation, owner, source, assessment):
    first = making.path_of(made(organisation, owner, source)).read_bytes()
    organisation.headcount = 12
    organisation.save()
    Answer.objects.filter(assessment=assessment).update(text="Changée depuis.")
    Evidence.objects.filter(title="Charte").update(title="Renommée depuis", url_status=404)
    second = made(organisation, owner, source)
    assert making.path_of(second).read_bytes() == first
    assert Pin.objects.count() == 1


@pytest.mark.parametrize("how", ["withdrawn", "closed"])
def test_an_archive_that_holds_a_piece_taken_away_since_is_to_be_made_again(
    how, editor_client, reader_client, organisation, owner, source
):
    row = made(organisation, owner, source)
    page, archive, home = (
        reverse("publishing:dossier", args=["valmont", row.pk]),
        reverse("publishing:download", args=["valmont", row.pk]),
        reverse("publishing:list", args=["valmont"]),
    )
    assert "ne la remettez plus" not in editor_client.get(page).content.decode()
    assert "disponible" in reader_client.get(home).content.decode()
    charter = Evidence.objects.get(title="Charte")
    if how == "withdrawn":
        gathering.withdraw(charter, owner, "Elle nommait quelqu'un")
    else:
        gathering.describe(charter, owner, {"confidentiality": "team"})
    told = editor_client.get(page).content.decode()
    assert "ne la remettez plus" in told and f"?source={row.source}" in told
    assert "à refaire" in editor_client.get(home).content.decode()
    assert (
        "expiré" in reader_client.get(home).content.decode() and archive not in reader_client.get(page).content.decode()
    )
    assert (editor_client.get(archive).status_code, reader_client.get(archive).status_code) == (200, 400)
    again = made(organisation, owner, source)
    assert CHARTER not in making.path_of(again).read_bytes() and verify(making.path_of(again)) == ()
    assert (
        "ne la remettez plus"
        not in editor_client.get(reverse("publishing:dossier", args=["valmont", again.pk])).content.decode()
    )
    assert again.files == 0
    assert again.aside == ({"withheld": 1, "withdrawn_since": 1} if how == "withdrawn" else {"withheld": 2})
    shown = editor_client.get(reverse("publishing:dossier", args=["valmont", again.pk])).content.decode()
    assert ("retirée depuis le gel" in shown) is (how == "withdrawn"), "and never « introuvable »"


@pytest.mark.parametrize("how", ["withdrawn", "closed"])
def test_nothing_more_is_said_of_a_piece_taken_away_since_the_freeze(how, organisation, owner, source):
    from terreau.app.publishing import compiling

    def said():
        with zipfile.ZipFile(making.path_of(made(organisation, owner, source, "public"))) as opened:
            public = b"".join(opened.read(name) for name in opened.namelist())
        path = compiling.written(organisation, source.key, "policy", "docx", "fr")
        with zipfile.ZipFile(path) as opened:
            return b"Le pacte" in public, "Le pacte des achats" in opened.read("word/document.xml").decode()

    Evidence.objects.filter(title="Charte").update(title="Le pacte des achats", confidentiality="public")
    source = packing.source_of(
        organisation, f"gel-{freezing.freeze(organisation, owner, source.assessment, 'Avec le titre').pk}"
    )
    assert said() == (True, True)
    charter = Evidence.objects.get(title="Le pacte des achats")
    if how == "withdrawn":
        gathering.withdraw(charter, owner, "Périmée")
    else:
        gathering.describe(charter, owner, {"confidentiality": "team"})
    assert said() == (how == "withdrawn", False), "withdrawn, it stays named as it was frozen; closed, it is not"


def test_the_same_dossier_asked_twice_is_one_work_and_two_others_wait(organisation, owner, source, settings):
    settings.TASKS_HERE = False  # no worker takes them: they stay under way

    def ask(language="fr", audience="auditor"):
        return making.ask(organisation, owner, source, audience=audience, language=language, patience=0)

    assert ask().pk == ask().pk != ask("en").pk
    with pytest.raises(TerreauError) as refused:
        ask(audience="public")
    assert refused.value.code == "app.dossiers_under_way"


def test_the_work_under_way_gives_a_draft_that_says_so(organisation, owner, assessment):
    row = made(organisation, owner, packing.source_of(organisation, f"brouillon-{assessment.pk}"))
    assert row.draft and "brouillon" in row.name
    assert contents(making.path_of(row))[1]["freeze"]["draft"] is True


def test_bytes_that_nobody_has_or_that_are_held_back_are_not_found(organisation, assessment):
    charter = Evidence.objects.get(title="Charte")
    assert packing.paths(organisation)(charter.sha256).read_bytes() == CHARTER
    Evidence.objects.update(held_back=True)
    for sha256 in (charter.sha256, "00" * 32):
        with pytest.raises(LookupError):
            packing.paths(organisation)(sha256)


def test_an_auditor_sees_the_dossiers_of_what_they_examine_and_no_other(
    auditor_client, organisation, owner, source, assessment
):
    world = SimpleNamespace(organisation=organisation, owner=owner)
    frozen, inside = (
        a_dossier(world, freeze=source.freeze),
        a_dossier(world, freeze=source.freeze, audience="organisation"),
    )
    draft = a_dossier(world, freeze=None)
    there = [reverse("publishing:download", args=["valmont", one.pk]) for one in (frozen, inside, draft)]
    assert [auditor_client.get(one).status_code for one in there] == [404, 404, 404]
    today = timezone.localdate()
    audit = acting.prepare(
        organisation,
        owner,
        {
            "assessment": assessment.pk,
            "title": "Label",
            "body": "Organisme",
            "window_from": today,
            "window_until": today,
        },
    )
    acting.request(audit, owner, 0, "")
    acting.move(audit, owner, "examining")
    audit.refresh_from_db()
    assert audit.freeze_id == frozen.freeze
    assert [auditor_client.get(one).status_code for one in there] == [200, 404, 404]
    assert (
        auditor_client.get(
            reverse("publishing:document", args=["valmont", f"gel-{frozen.freeze}", "policy", "odt"])
        ).status_code
        == 200
    )
    assert (
        auditor_client.get(
            reverse("publishing:document", args=["valmont", f"brouillon-{assessment.pk}", "policy", "odt"])
        ).status_code
        == 404
    )
    acting.move(audit, owner, "answering")
    type(audit).objects.filter(pk=audit.pk).update(
        window_from=today - timedelta(days=9), window_until=today - timedelta(days=1)
    )
    assert auditor_client.get(there[0]).status_code == 404


def test_what_the_auditor_said_is_in_the_dossier(organisation, owner, auditor, assessment, freeze):
    today = timezone.localdate()
    audit = acting.prepare(
        organisation,
        owner,
        {
            "assessment": assessment.pk,
            "title": "Label",
            "body": "Organisme",
            "window_from": today,
            "window_until": today,
        },
    )
    acting.request(audit, owner, 0, "")
    acting.move(audit, owner, "examining")
    audit.refresh_from_db()
    acting.judge(audit, auditor, KEY, "documents", "partial", "Non signée.", "yes")
    package = packing.package_of(
        organisation, packing.source_of(organisation, f"gel-{audit.freeze_id}"), language="fr", audience="auditor"
    )
    assert package.verdict_of(KEY, "documents").reason == "Non signée."
    assert package.auditor.bars["documents"].floor < package.own.bars["documents"].floor


def test_an_expired_archive_is_said_and_swept(editor_client, organisation, owner):
    row = a_dossier(
        SimpleNamespace(organisation=organisation, owner=owner), expires_on=timezone.now() - timedelta(days=1)
    )
    refused = editor_client.get(reverse("publishing:download", args=["valmont", row.pk]))
    assert refused.status_code >= 400 and "gardée" in refused.content.decode()
    assert (
        "Refaire ce dossier"
        in editor_client.get(reverse("publishing:dossier", args=["valmont", row.pk])).content.decode()
    )
    making.sweep(organisation)
    assert not making.path_of(row).exists()


def test_a_dossier_called_off_leaves_no_archive(organisation, owner, source, monkeypatch):
    monkeypatch.setattr(making, "_told", lambda path: 1 / 0)  # whatever goes wrong once the archive is there
    job = making.ask(organisation, owner, source, audience="auditor", language="fr")
    assert job.state == State.REFUSED and not Dossier.objects.exists()
    assert not list(making.folder(organisation).glob("*dossier*"))


def test_a_try_cut_before_its_end_is_taken_up_again(organisation, source):
    inputs = {
        "source": source.key,
        "audience": "auditor",
        "language": "fr",
        "dossier": "d",
        "name": making.file_name("d"),
    }
    first = making.made(organisation, inputs)
    assert making.made(organisation, inputs) == first and first["aside"] == {"withheld": 1}


def test_the_oldest_archives_leave_room(organisation, owner, monkeypatch):
    monkeypatch.setattr(making, "KEPT", 2)
    rows = [
        a_dossier(SimpleNamespace(organisation=organisation, owner=owner), made_on=timezone.now() - timedelta(days=day))
        for day in range(3)
    ]
    making.sweep(organisation)  # before one more is made
    assert [making.there(row) for row in rows] == [True, False, False]


def test_a_damaged_freeze_makes_no_dossier(organisation, owner, freeze, source):
    type(freeze).objects.filter(pk=freeze.pk)._raw_delete("default")
    freeze.record = freeze.record.replace("Deux pages", "Trois pages")
    type(freeze).objects.bulk_create([freeze])
    job = making.ask(organisation, owner, source, audience="auditor", language="fr")
    assert (job.state, job.refusal["code"]) == (State.REFUSED, "app.freeze_damaged")


def test_removing_a_dossier_is_told_and_takes_its_archive(
    editor_client, organisation, owner, django_capture_on_commit_callbacks
):
    path = making.path_of(row := a_dossier(SimpleNamespace(organisation=organisation, owner=owner)))
    with django_capture_on_commit_callbacks(execute=True):
        editor_client.post(reverse("publishing:remove", args=["valmont", row.pk]))
    assert not path.exists() and not Dossier.objects.exists()
    assert Entry.objects.get(action="publishing.removed").facts["digest"] == row.digest


def test_another_organisation_meets_nothing(signed_in, outsider, organisation, owner, freeze):
    row = a_dossier(SimpleNamespace(organisation=organisation, owner=owner))
    client = signed_in(outsider)
    for name in ("dossier", "download"):
        assert client.get(reverse(f"publishing:{name}", args=["valmont", row.pk])).status_code == 404
        assert client.get(reverse(f"publishing:{name}", args=["numa", row.pk])).status_code == 404
    client.post(
        reverse("publishing:new", args=["numa"]),
        {"source": f"gel-{freeze.pk}", "audience": "auditor", "language": "fr"},
    )
    assert not Job.objects.exists()


def test_a_received_workbook_is_filled_for_an_auditor_and_never_published(organisation, owner):
    source = packing.source_of(organisation, f"brouillon-{assessed(organisation, owner).pk}")
    grids = {}
    for audience in ("auditor", "public"):
        with zipfile.ZipFile(making.path_of(made(organisation, owner, source, audience))) as opened:
            names = [one for one in opened.namelist() if one.endswith(".xlsx")]
            grids[audience] = load_workbook(io.BytesIO(opened.read(*names))).sheetnames
    assert grids == {"auditor": load_workbook(EXAMPLE).sheetnames, "public": ["Grille"]}
