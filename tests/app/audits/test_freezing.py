"""What was frozen stays, word for word, whatever becomes of the living copy."""

import hashlib
import json

import pytest
from django.db import connection

from terreau.app.audits import differing, door, freezing
from terreau.app.audits.models import Freeze
from terreau.app.diagnosis import door as diagnosis
from terreau.app.diagnosis.models import Answer
from terreau.app.journal import door as journal
from terreau.kernel import canonical
from terreau.kernel.errors import TerreauError
from terreau.publishing.dossier.records import OrganisationFacts, packaged
from terreau.referentials import library

from .conftest import KEY

pytestmark = pytest.mark.usefixtures("assessment")


@pytest.mark.both_databases
def test_a_freeze_reads_back_as_it_was(organisation, owner, assessment):
    before = diagnosis.record_of(organisation, assessment.pk)
    head = journal.head(organisation)
    row = freezing.freeze(organisation, owner, assessment.pk, "Avant l’audit")
    Answer.objects.all().delete()
    found = door.frozen(organisation, str(row.pk))
    assert (found.record, found.record_sha256) == (before, before.digest)
    assert found.edition == library.edition("nr-terreau") and found.edition.digest == before.edition_digest
    assert (found.journal_number, found.journal_head) == (head.number, head.digest)
    assert [one.pk for one in door.freezes_of(organisation, assessment.pk)] == [row.pk]


def test_a_variant_is_frozen_with_its_whole_edition_so_that_a_dossier_can_be_bound(organisation, owner, assessment):
    type(assessment).objects.update(variant="local-authorities")
    found = freezing.read(freezing.freeze(organisation, owner, assessment.pk))
    assert found.edition.digest == found.record.edition_digest
    bound = packaged(
        found.record,
        found.edition,
        OrganisationFacts(name="Valmont"),
        found.frozen_on.date(),
        frozen_sha256=found.record_sha256,
    )
    assert bound.asked == found.asked


def test_the_same_state_twice_is_one_freeze_and_a_change_another(organisation, owner, assessment):
    first = freezing.freeze(organisation, owner, assessment.pk)
    assert freezing.freeze(organisation, owner, assessment.pk) == first
    Answer.objects.filter(criterion=KEY).update(text="Deux chartes.", facets={"documents": {"verdict": "partial"}})
    second = freezing.freeze(organisation, owner, assessment.pk)
    (changed,) = differing.changes(freezing.read(first), freezing.read(second))
    assert (changed.number, changed.verdicts[0][1:]) == ("1.1.1", ("Oui", "En partie"))
    assert "texte réécrit" in changed.others
    assert differing.changes(freezing.read(first), freezing.read(first)) == []


@pytest.mark.both_databases
@pytest.mark.parametrize("column", ["record", "edition"])
def test_a_freeze_edited_in_the_database_is_seen(organisation, owner, assessment, column, owner_client):
    row = freezing.freeze(organisation, owner, assessment.pk)
    freezing.read(row)  # at hand already: it is checked again all the same
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE audits_freeze SET {column} = replace({column}, 'charte', 'Charte')")
    with pytest.raises(TerreauError) as refused:
        door.frozen(organisation, row.pk)
    assert refused.value.code == "app.freeze_damaged"
    answer = owner_client.get(f"/o/valmont/audits/gels/{row.pk}/")
    assert answer.status_code >= 400 and "ne correspond plus" in answer.content.decode()


def test_a_freeze_is_never_changed(organisation, owner, assessment):
    row = freezing.freeze(organisation, owner, assessment.pk)
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        Freeze.objects.update(title="Autre")


def test_what_is_taken_away_gives_its_digest_again(
    organisation, owner, assessment, owner_client, editor_client, reader_client
):
    row = freezing.freeze(organisation, owner, assessment.pk)
    answer = editor_client.get(f"/o/valmont/audits/gels/{row.pk}/json/")
    told = json.loads(answer.content)
    record, edition = (canonical.text(told[part]) for part in ("record", "edition"))
    assert hashlib.sha256(f"{len(record)}:{record}{len(edition)}:{edition}".encode()).hexdigest() == told["digest"]
    assert "ne pas montrer" not in answer.content.decode()  # team notes are in no freeze
    assert reader_client.get(f"/o/valmont/audits/gels/{row.pk}/json/").status_code == 403


def test_freezing_from_the_page_says_when_nothing_changed(assessment, owner_client):
    page = f"/o/valmont/audits/geler/{assessment.pk}/"
    first = owner_client.post(page, {"note": "Revue"})
    assert owner_client.post(page).url == first.url and Freeze.objects.get().note == "Revue"
    assert owner_client.post("/o/valmont/audits/geler/5c1a7f7e-0000-4000-8000-000000000009/").status_code == 404


def test_an_empty_list_teaches(organisation, assessment, owner_client, reader_client):
    page = owner_client.get("/o/valmont/audits/").content.decode()
    assert "Aucun audit pour l’instant" in page and f"/audits/nouveau/{assessment.pk}/" in page
    assert "Un éditeur ou un propriétaire" in reader_client.get("/o/valmont/audits/").content.decode()


def test_the_last_freezes_read_stay_at_hand(organisation, owner, assessment):
    row = freezing.freeze(organisation, owner, assessment.pk)
    assert freezing.read(Freeze.objects.get(pk=row.pk)) is freezing.read(row)
    assert len(freezing._READ) <= freezing.MOST_READ
