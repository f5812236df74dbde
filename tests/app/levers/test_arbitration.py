"""The register of arbitrations: what was weighed, decided and why; nothing of it is rewritten."""

import csv
import io
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from terreau.app.journal.models import Entry
from terreau.app.plan import arbitrating, door
from terreau.app.plan.models import Arbitration, ArbitrationVersion
from tests.app.levers.conftest import PLAN

QUESTION = "Tout remplacer, ou garder ce qui marche ?"
HERE = PLAN + "arbitrages/"


@pytest.fixture
def posed(organisation, owner):
    given = {"question": QUESTION, "tensions": ["cost", "environment"], "took_part": ["Achats"],
             "titles": [("", "Tout remplacer"), ("", "Garder")]}  # fmt: skip
    return arbitrating.pose(organisation, owner, given)


def decided(row, actor, **more):
    today = timezone.localdate()
    given = {"decided": row.options[1]["key"], "why": "Ils marchent.", "decided_on": today - timedelta(days=400), "review_on": None,
             "took_part": ["Achats"]}  # fmt: skip
    arbitrating.decide(row, actor, given | more)
    return Arbitration.objects.whole().get(pk=row.pk)


def text_of(answer):
    return unescape(answer.content.decode())


def sent(client, address, **given):
    return client.post(address, given)


def test_a_question_is_posed_with_its_options_and_says_what_it_lacks(contributor_client):
    answer = sent(contributor_client, HERE + "nouveau/", question=QUESTION, tensions=["cost", "people"],
                  new_options="Tout remplacer\nGarder\n", took_part="Achats\nIT\n")  # fmt: skip
    row = Arbitration.objects.get()
    assert answer.url == f"{HERE}{row.pk}/"
    assert [one["title"] for one in row.options] == ["Tout remplacer", "Garder"] and row.took_part == ["Achats", "IT"]
    text = text_of(contributor_client.get(answer.url))
    assert "ne dit rien de ce qu'elle coûte" in text and "Écrire la décision" not in text  # an editor decides


def test_a_question_without_words_or_with_two_options_alike_is_asked_again_and_nothing_is_lost(owner_client):
    text = text_of(sent(owner_client, HERE + "nouveau/", question="", new_options="Garder\ngarder", took_part="Achats"))
    assert "À corriger" in text and "Deux options portent le même nom" in text and "Garder\ngarder" in text
    assert not Arbitration.objects.exists()


def test_an_option_is_weighed_criterion_by_criterion_with_rules_and_one_of_ones_own(contributor_client, posed):
    key = posed.options[1]["key"]
    sent(contributor_client, f"{HERE}{posed.pk}/options/{key}/", revision=posed.revision, cost_brings="0 €", environment_brings="12 t",
         own_0="Confort", own0_costs="Tailles mêlées", rules=["screen-8y"])  # fmt: skip
    text = text_of(contributor_client.get(f"{HERE}{posed.pk}/"))
    assert (
        "0 €" in text and "Confort" in text and "− Tailles mêlées" in text and "Pas d’écran neuf avant huit ans" in text
    )


def test_two_criteria_of_one_name_are_refused_and_nothing_typed_is_lost(contributor_client, posed):
    key = posed.options[0]["key"]
    sent_words = {
        "own_0": "Confort",
        "own0_costs": "Bruit",
        "own_1": " confort",
        "own1_costs": "Chaleur",
        "cost_brings": "0 €",
    }
    text = text_of(sent(contributor_client, f"{HERE}{posed.pk}/options/{key}/", **sent_words))
    assert "déjà sur la page" in text and "Bruit" in text and "Chaleur" in text
    text = text_of(sent(contributor_client, f"{HERE}{posed.pk}/options/{key}/", own_0="coût", own0_costs="Bruit"))
    assert "déjà sur la page" in text and not Arbitration.objects.get().options[0]["effects"]


def test_reworking_keeps_what_was_said_of_an_option(organisation, owner, contributor_client, posed):
    key = posed.options[1]["key"]
    arbitrating.weigh(posed, owner, key, [{"criterion": "cost", "brings": "", "costs": "Un peu"}], [])
    row = Arbitration.objects.get()
    sent(contributor_client, f"{HERE}{row.pk}/modifier/", revision=row.revision, question=QUESTION, tensions=["cost"],
         **{f"option_{row.options[0]['key']}": "", f"option_{key}": "Garder ce qui marche"}, new_options="Louer")  # fmt: skip
    row.refresh_from_db()
    assert [one["title"] for one in row.options] == ["Garder ce qui marche", "Louer"]
    assert row.options[0]["effects"][0]["costs"] == "Un peu"
    assert ArbitrationVersion.objects.filter(arbitration=row).count() == 3  # every state stays


def test_two_people_writing_at_once_are_told(contributor_client, owner, posed):
    arbitrating.weigh(posed, owner, posed.options[0]["key"], [], [])
    text = text_of(
        sent(contributor_client, f"{HERE}{posed.pk}/modifier/", revision=0, question="Autre", new_options="A\nB")
    )
    assert "pendant que vous écriviez" in text
    assert Arbitration.objects.get().question == QUESTION


def test_a_decision_says_why_and_then_never_changes(owner_client, owner, posed):
    today = timezone.localdate()
    address = f"{HERE}{posed.pk}/decider/"
    given = {
        "revision": posed.revision,
        "decided": posed.options[1]["key"],
        "decided_on": today.isoformat(),
        "took_part": "Achats",
    }
    assert "À corriger" in text_of(sent(owner_client, address, **given))  # no reason
    assert sent(owner_client, address, **given, why="Ils marchent.").status_code == 302
    row = Arbitration.objects.get()
    text = text_of(sent(owner_client, address, **given | {"revision": row.revision}, why="Non, l'inverse."))
    assert "Cette décision est déjà écrite" in text and Arbitration.objects.get().why == "Ils marchent."
    assert Entry.objects.filter(action="plan.arbitration_decided").count() == 1
    version = ArbitrationVersion.objects.filter(arbitration=row).last()
    with pytest.raises(TypeError):
        version.save()


def test_one_option_alone_decides_nothing(organisation, owner, owner_client):
    row = arbitrating.pose(
        organisation, owner, {"question": QUESTION, "tensions": [], "took_part": [], "titles": [("", "Oui")]}
    )
    text = text_of(sent(owner_client, f"{HERE}{row.pk}/decider/", revision=0, decided=row.options[0]["key"], why="Parce que.",
                        decided_on=timezone.localdate().isoformat()))  # fmt: skip
    assert "il en faut au moins deux" in text and not Arbitration.objects.get().decided


def test_a_decision_whose_review_day_is_past_is_told_in_the_register_and_in_the_calendar(
    owner_client, organisation, owner, posed
):
    past = timezone.localdate() - timedelta(days=20)
    row = decided(posed, owner, review_on=past)
    assert "à revoir" in text_of(owner_client.get(HERE))
    (event,) = [one for one in door.due(organisation) if one.key.startswith("decision:")]
    assert event.on == past and event.url == f"{HERE}{row.pk}/"
    sent(owner_client, f"{HERE}{row.pk}/revoir/", revision=row.revision, on=timezone.localdate().isoformat(), kept="oui",
         comment="Toujours vrai.", by="Comité")  # fmt: skip
    assert "à revoir</span>" not in text_of(owner_client.get(HERE))
    assert "Toujours vrai." in text_of(owner_client.get(f"{HERE}{row.pk}/"))


def test_a_review_before_the_decision_is_refused(owner_client, owner, posed):
    row = decided(posed, owner, decided_on=timezone.localdate())
    early = (timezone.localdate() - timedelta(days=3)).isoformat()
    text = text_of(
        sent(owner_client, f"{HERE}{row.pk}/revoir/", revision=row.revision, on=early, kept="non", comment="Non")
    )
    assert "Une revue vient après la décision" in text


def test_a_decision_that_no_longer_holds_is_replaced_and_stays_readable(owner_client, owner, posed):
    row = decided(posed, owner)
    text = text_of(owner_client.get(HERE + "nouveau/", {"remplace": str(row.pk)}))
    assert "Remplacer une décision" in text and 'value="Garder"' in text
    given = {"question": QUESTION, **{f"option_{one['key']}": one["title"] for one in row.options}}
    sent(owner_client, f"{HERE}nouveau/?remplace={row.pk}", **given)
    later = Arbitration.objects.get(replaces=row)
    assert "remplacé" not in text_of(owner_client.get(f"{HERE}{row.pk}/"))  # only once the other is decided
    decided(later, owner)
    text = text_of(owner_client.get(f"{HERE}{row.pk}/"))
    assert "Une décision plus récente" in text and "Ils marchent." in text


def test_an_open_question_is_removed_and_a_decision_is_not(owner_client, owner, posed):
    row = decided(posed, owner)
    owner_client.post(f"{HERE}{row.pk}/retirer/")
    assert Arbitration.objects.filter(pk=row.pk).exists()


def test_the_csv_has_a_row_for_each_option(owner_client, owner, posed):
    decided(posed, owner)
    told = owner_client.get(HERE + "csv/").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told), delimiter=";" if ";" in told.splitlines()[0] else ","))
    assert [(row["Option"], row["Retenue"]) for row in rows] == [("Tout remplacer", ""), ("Garder", "1")]
    assert rows[1]["Pourquoi"] == "Ils marchent."


def test_what_a_person_writes_is_shown_as_text(owner_client, organisation, owner):
    row = arbitrating.pose(organisation, owner, {"question": "<script>alert(1)</script>", "tensions": [], "took_part": ["<b>"],
                                                 "titles": [("", "<img src=x>"), ("", "B")]})  # fmt: skip
    raw = owner_client.get(f"{HERE}{row.pk}/").content.decode()
    assert "<script>" not in raw and "<img" not in raw and "&lt;script&gt;" in raw


def test_another_organisation_sees_nothing_of_it(signed_in, outsider, posed):
    assert signed_in(outsider).get(f"{HERE}{posed.pk}/").status_code == 404
