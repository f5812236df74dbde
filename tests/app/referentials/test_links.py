"""What stands beside: crosswalks a person confirms, passages from an edition to the next."""

import copy
import re

import pytest
from django.urls import reverse

from terreau.app.journal.models import Entry
from terreau.app.referentials import crossing, door, moving, storing
from terreau.app.referentials.models import CrosswalkConfirmation, MigrationStep
from terreau.kernel.errors import TerreauError
from terreau.referentials import crosswalk
from tests.referentials.small import document

KEY = "rgesn-2024:1.1"


def test_neighbours_are_named_and_lead_to_their_page(organisation):
    found = door.neighbours(organisation, KEY)
    assert found
    assert not any(one.confirmed for one in found)
    ours = next(one for one in found if one.key.startswith("nr-terreau:"))
    assert ours.url.startswith("/o/valmont/referentiels/nr-terreau/critere/")
    assert all(one.label for one in found)


def test_what_a_person_confirms_comes_first_and_what_they_refuse_goes(organisation, other_organisation, owner):
    first, second = crosswalk.neighbours(KEY)[:2]
    crossing.say(organisation, owner, KEY, second.b, holds=True)
    crossing.say(organisation, owner, first.b, KEY, holds=False)
    found = door.neighbours(organisation, KEY)
    assert (found[0].key, found[0].confirmed, found[0].by) == (second.b, True, str(owner))
    assert first.b not in {one.key for one in found}
    assert not any(one.confirmed for one in door.neighbours(other_organisation, KEY))
    assert Entry.objects.filter(action="referentials.crosswalk_said").count() == 2


def test_the_documents_known_by_name_only_are_listed_with_their_link(organisation, client, reader):
    client.force_login(reader)
    seen = client.get("/o/valmont/referentiels/correspondances/").content.decode()
    listed = re.findall(r'<dt><a href="(https://[^"]+)" rel="noreferrer">([^<]+)</a></dt>', seen)
    assert {"AFNOR SPEC Z77-103-0", "ISO/IEC 27001:2022", "GR491", "AFNOR SPEC 2201"} <= {
        name for _link, name in listed
    }


def test_a_duty_says_when_it_is_due_and_how_often(organisation, client, reader):
    client.force_login(reader)
    there = "/o/valmont/referentiels/reen-35/critere/3.1/"
    assert "<dt>Échéance</dt><dd>31/12/2025, puis une fois par an</dd>" in client.get(there).content.decode()
    client.cookies["django_language"] = "en"
    assert "then once a year" in client.get(there).content.decode()


def test_an_identifier_outside_leads_to_its_own_page(organisation):
    label, address = crossing.label_of(organisation, "gr491:7-3047")
    assert label.endswith(", 7-3047") and address.startswith("https://gr491.isit-europe.org/en/crit.php?id=7-3047-")


def test_a_pair_nobody_proposed_is_refused(organisation, owner):
    with pytest.raises(TerreauError) as refused:
        crossing.say(organisation, owner, KEY, "rgaa-4.1:inventé", holds=True)
    assert refused.value.code == "app.crosswalk_unknown"


def test_an_editor_confirms_on_the_page_and_a_reader_only_looks(editor_client, reader_client):
    pair = crosswalk.neighbours(KEY)[0]
    address = reverse("referentials:crosswalks", args=["valmont"]) + "?referentiel=rgesn-2024&etat="
    sent = {"a": pair.a, "b": pair.b, "holds": "1"}
    assert reader_client.post(address, sent).status_code == 403
    assert editor_client.post(address, sent).status_code == 302
    assert CrosswalkConfirmation.objects.get().holds


def two_versions(organisation, owner):
    later = copy.deepcopy(document()) | {"version": "2"}
    asked = later["themes"][0]["rubrics"][0]["criteria"]
    asked[1]["question"] = {"fr": "Une question toute neuve ?", "en": "A brand new question?"}
    first = storing.keep_edition(organisation, owner, document(), origin="yaml")
    second = storing.keep_edition(organisation, owner, later, origin="yaml")
    return first, second


def test_a_passage_is_accepted_one_by_one(organisation, owner, editor_client):
    first, second = two_versions(organisation, owner)
    old, new = (door.edition_for(organisation, row.key, row.version) for row in (first, second))
    address = reverse("referentials:migration", args=["valmont", str(second.pk)]) + f"?depuis={first.pk}"
    assert editor_client.post(address, {"rank": "known", "accepted": "1"}).status_code == 302
    assert [(step.old, step.kind) for step in door.accepted_steps(organisation, old, new)] == [
        (("1.1.1",), "same"),
        (("1.1.11",), "same"),
    ]
    gone = next(rank for rank, (step, _said) in enumerate(moving.steps(organisation, old, new)) if step.kind == "gone")
    for accepted in ("1", "0"):
        editor_client.post(address, {"rank": str(gone), "accepted": accepted})
    assert MigrationStep.objects.get(kind="gone").accepted is False
    assert Entry.objects.filter(action="referentials.steps_said").count() == 3


def test_the_earlier_edition_points_to_the_later(organisation, owner, reader_client):
    first, second = two_versions(organisation, owner)
    page = reader_client.get(reverse("referentials:edition", args=["valmont", str(first.pk)])).content.decode()
    assert f"/o/valmont/referentiels/{second.pk}/passage/?depuis={first.pk}" in page
    assert (
        reader_client.get(
            reverse("referentials:migration", args=["valmont", str(first.pk)]) + f"?depuis={second.pk}"
        ).status_code
        == 404
    )
