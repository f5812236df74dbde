"""What somebody hostile or hurried sends to the plan: once is once, a day is a day, a key is nobody's to read."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from terreau.app.journal.models import Entry
from terreau.app.plan import acting, arbitrating
from terreau.app.plan.models import Commitment, Review
from terreau.app.plan.models_arbitration import Arbitration, ArbitrationVersion
from terreau.app.plan.recording import record_of
from terreau.plan.aims import Aim, Baseline
from terreau.plan.commitments import Commitment as Record
from terreau.plan.commitments import Origin
from tests.app.plan.test_writing import NEW, errors_of

PROMISE = {"statement": "Garder les écrans", "start": "2026-01-01", "due": "2028-12-31", "do": "draft"}
ARBITRATIONS = "/o/valmont/plan/arbitrages/"


def key_of(page):
    return page.content.decode().partition('name="key" value="')[2].partition('"')[0]


def test_a_form_sent_twice_makes_one_commitment(owner_client, organisation):
    sent = PROMISE | {"key": key_of(owner_client.get(NEW))}
    first, second = owner_client.post(NEW, sent), owner_client.post(NEW, sent)
    assert first.url == second.url and Commitment.objects.count() == 1
    assert owner_client.post(NEW, PROMISE | {"key": "x"}).status_code == 302 and Commitment.objects.count() == 2


def test_a_page_gone_back_to_and_written_otherwise_is_not_lost(owner_client, organisation):
    sent = PROMISE | {"key": key_of(owner_client.get(NEW))}
    owner_client.post(NEW, sent)
    page = owner_client.post(NEW, sent | {"statement": "Garder les téléphones"})
    assert "vient d’être envoyé" in page.content.decode() and "Garder les téléphones" in page.content.decode()
    owner_client.post(NEW, sent | {"statement": "Garder les téléphones", "key": key_of(page)})
    assert {one.statement for one in Commitment.objects.all()} == {"Garder les écrans", "Garder les téléphones"}


def test_a_form_sent_twice_poses_one_question(owner_client, organisation, other_organisation, outsider):
    asked = {
        "question": "Écrans ?",
        "tensions": ["use", "cost"],
        "new_options": "Garder\nChanger",
        "took_part": "Achats",
    }
    new = f"{ARBITRATIONS}nouveau/"
    sent = asked | {"key": key_of(owner_client.get(new))}
    first, second = owner_client.post(new, sent), owner_client.post(new, sent)
    assert (first.status_code, first.url) == (302, second.url) and ArbitrationVersion.objects.count() == 1
    page = owner_client.post(new, sent | {"question": "Téléphones ?"})  # the page gone back to, another question
    assert page.status_code == 200 and "Téléphones ?" in page.content.decode() and Arbitration.objects.count() == 1
    assert owner_client.post(new, sent | {"question": "Téléphones ?", "key": key_of(page)}).status_code == 302
    theirs = arbitrating.pose(
        other_organisation, outsider, {"question": "La leur", "tensions": [], "took_part": [], "titles": []}
    )
    assert owner_client.post(new, asked | {"key": str(theirs.pk)}).status_code == 200
    theirs.refresh_from_db()
    assert (
        theirs.question == "La leur" and theirs.organisation == other_organisation and Arbitration.objects.count() == 3
    )


def test_a_page_out_of_date_throws_nothing_away(owner_client, owner, organisation, promised):
    row = promised(taken=False)
    acting.write(organisation, owner, record_of(row), into=row)  # somebody goes on writing
    page = owner_client.post(f"/o/valmont/plan/{row.pk}/supprimer/", {"revision": row.revision}, follow=True)
    assert "pendant que vous écriviez" in page.content.decode() and Commitment.objects.filter(pk=row.pk).exists()
    asked = {"question": "Écrans ?", "tensions": [], "took_part": [], "titles": [("", "Garder"), ("", "Changer")]}
    posed = arbitrating.pose(organisation, owner, asked)
    arbitrating.weigh(posed, owner, posed.options[0]["key"], [], [])
    page = owner_client.post(f"{ARBITRATIONS}{posed.pk}/retirer/", {"revision": 0}, follow=True)
    assert "pendant que vous écriviez" in page.content.decode() and Arbitration.objects.exists()
    drafted, asked_of = (f"/o/valmont/plan/{row.pk}/", "supprimer/"), (f"{ARBITRATIONS}{posed.pk}/", "retirer/")
    for (address, action), model in ((drafted, Commitment), (asked_of, Arbitration)):
        form = owner_client.get(address).content.decode().partition(f'action="{address}{action}"')[2]
        sent = re.search('name="revision" value="([^"]*)"', form.partition("</form>")[0])[1]
        owner_client.post(f"{address}{action}", {"revision": sent})
        assert not model.objects.exists()


def test_an_action_linked_twice_is_linked_once(owner_client, promised):
    row = promised()
    for _again in range(2):
        owner_client.post(f"/o/valmont/plan/{row.pk}/actions/", {"title": "Atelier", "owner": "Moyens généraux"})
    assert row.linked.count() == 1 and Entry.objects.filter(action="plan.linked").count() == 1
    owner_client.post(f"/o/valmont/plan/{row.pk}/actions/", {"title": "Atelier", "owner": "Une autre équipe"})
    assert row.linked.count() == 2


def test_the_name_of_a_commitment_of_another_organisation_opens_nothing(
    owner_client, organisation, other_organisation, outsider
):
    theirs = acting.write(other_organisation, outsider, Record(
        key=str(uuid4()), statement="Le leur", start=acting.timezone.localdate(), due=acting.timezone.localdate(),
    ))  # fmt: skip
    page = owner_client.post(NEW, PROMISE | {"key": str(theirs.pk)})
    assert page.status_code == 200 and "Le leur" not in page.content.decode()
    assert key_of(page) != str(theirs.pk)
    theirs.refresh_from_db()
    assert theirs.statement == "Le leur" and Commitment.objects.count() == 1


def test_a_review_comes_after_the_promise(owner_client, promised):
    row = promised()
    before = row.adopted_on - timedelta(days=1)
    page = owner_client.post(
        f"/o/valmont/plan/{row.pk}/revue/", {"on": before.isoformat(), "decision": "stop", "comment": "Fini"}
    )
    assert any("a été pris le" in one for one in errors_of(page)) and not Review.objects.exists()


def test_nothing_turns_the_line_round_in_a_promise(owner_client, organisation):
    owner_client.post(NEW, PROMISE | {"statement": "Garder \u202eles écrans\u200b", "owner": "DSI\u2066"})
    made = Commitment.objects.get()
    assert (made.statement, made.owner) == ("Garder les écrans", "DSI")


@pytest.mark.parametrize(("decided", "again"), [("0001-01-01", "0001-01-02"), ("2026-01-05", "9999-12-31")])
def test_an_arbitration_bears_a_day_of_this_time(owner_client, organisation, decided, again):
    owner_client.post(
        f"{ARBITRATIONS}nouveau/",
        {"question": "Écrans\u202e ?", "tensions": ["use", "cost"], "new_options": "Garder\nChanger"},
    )
    one = Arbitration.objects.get()
    assert one.question == "Écrans ?"
    key = one.options[0]["key"]
    for option in one.options:
        told = {f"{what}_{side}": "oui" for what in ("use", "cost") for side in ("brings", "costs")}
        owner_client.post(f"{ARBITRATIONS}{one.pk}/options/{option['key']}/", told)
    sent = {"decided": key, "why": "Ils marchent", "took_part": "achats"}
    page = owner_client.post(f"{ARBITRATIONS}{one.pk}/decider/", sent | {"decided_on": decided, "review_on": again})
    assert "sans doute une faute de frappe" in page.content.decode()
    one.refresh_from_db()
    assert not one.decided
    page = owner_client.post(
        f"{ARBITRATIONS}{one.pk}/decider/", sent | {"decided_on": "2026-01-05", "review_on": "2027-01-05"}
    )
    assert page.status_code == 302


def test_what_is_gone_is_not_told_by_its_key(owner_client, organisation, promised):
    lost = f"org:{organisation.pk}/prets"
    reference = f"{uuid4()}/12"
    row = promised(
        origin=Origin(kind="remark", reference=reference),
        result=Aim(indicator=lost, unit="%", direction="up", target=6.0, baseline=Baseline(value=4.2, on=acting.timezone.localdate() - timedelta(days=400))),
    )  # fmt: skip
    page = owner_client.get(f"/o/valmont/plan/{row.pk}/").content.decode()
    assert reference not in page and "la définition a été retirée" in page
    assert f">{lost}" not in page and f"« {lost}" not in page
