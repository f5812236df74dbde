"""The fleet page, ten lines, what is to settle, the columns of an inventory."""

import pytest
from django.urls import reverse
from django.utils import timezone

from terreau.app.indicators import following
from terreau.app.inventory import door
from terreau.app.inventory.models import Decision, Snapshot
from terreau.app.journal.models import Entry
from terreau.indicators.catalogue import indicator
from tests.app.parc.dropping import SMALL, confirm, drop_text, text_of

pytestmark = pytest.mark.django_db


def fill(client, **counts):
    """Send the ten lines; the fleet they make, or the form that refuses them."""
    sent = client.post(reverse("parc:quick", args=["valmont"]), {"country": "France", **counts})
    return client.get(reverse("parc:fleet", args=["valmont"])) if sent.status_code == 302 else sent


def test_ten_lines_make_a_fleet(editor_client, organisation):
    fleet = fill(editor_client, laptops=12, screens=10, phones=4, mean_age="3", headcount=12)
    assert "Équipements comptés 26" in text_of(fleet)
    organisation.refresh_from_db()
    assert organisation.headcount == 12
    inputs = door.fleet_inputs(organisation)
    assert len(inputs.snapshots) == 1 and inputs.snapshots[0].is_file()
    assert inputs.last_import == timezone.localdate()


def test_ten_lines_filled_again_replace_the_first(editor_client):
    fill(editor_client, laptops=12)
    assert "Équipements comptés 5" in text_of(fill(editor_client, laptops=5))
    assert Snapshot.objects.count() == 2


def test_an_empty_form_says_what_is_missing(editor_client):
    answer = fill(editor_client)
    assert answer.status_code == 400
    assert "au moins un nombre" in text_of(answer)
    assert not Snapshot.objects.exists()


def test_an_age_nobody_knows_stays_unknown(editor_client, organisation):
    fill(editor_client, laptops=12)
    assert door.headline(organisation).age_known == 0


def test_the_headline_counts_by_hand(editor_client, organisation):
    assert door.headline(organisation) is None
    drop_text(editor_client, SMALL)
    confirm(editor_client)
    told = door.headline(organisation)
    assert told.counted == 10
    assert told.age_known == pytest.approx(7 / 10)
    assert told.unsettled == 2


def test_an_unknown_model_is_settled_once_and_for_all_imports(editor_client, organisation):
    drop_text(editor_client, SMALL)
    confirm(editor_client)
    address = reverse("parc:settle", args=["valmont"])
    page = editor_client.get(address)
    assert "Zorglub 4000" in text_of(page)
    key = '["", "Zorglub 4000", "Machin"]'
    settled = editor_client.post(address, {"k1": key, "a1": "tablette"}, follow=True)
    assert "1 réponse retenue" in text_of(settled)
    assert Decision.objects.get().answer["category"] == "tablet"
    assert door.headline(organisation).unsettled == 0
    drop_text(editor_client, SMALL.replace("Zorglub 4000;2", "Zorglub 4000;5"), name="Autre")
    confirm(editor_client)
    assert door.headline(organisation).unsettled == 0
    assert "inventory.settled" in set(Entry.objects.values_list("action", flat=True))


def test_an_answer_that_names_no_category_comes_back_with_its_error(editor_client):
    drop_text(editor_client, SMALL)
    confirm(editor_client)
    key = '["", "Zorglub 4000", "Machin"]'
    page = editor_client.post(reverse("parc:settle", args=["valmont"]), {"k1": key, "a1": "théière"})
    assert page.status_code == 400
    assert "théière" in page.content.decode()
    assert not Decision.objects.exists()


def test_a_decision_can_be_taken_back(editor_client, organisation):
    drop_text(editor_client, SMALL)
    confirm(editor_client)
    editor_client.post(
        reverse("parc:settle", args=["valmont"]), {"k1": '["", "Zorglub 4000", "Machin"]', "a1": "Tablette"}
    )
    editor_client.post(reverse("parc:unsettle", args=["valmont", Decision.objects.get().pk]))
    assert door.headline(organisation).unsettled == 2


def test_a_decision_of_another_organisation_does_not_exist(editor_client, other_organisation):
    foreign = Decision.objects.create(organisation=other_organisation, subject={}, answer={}, key="x")
    assert editor_client.post(reverse("parc:unsettle", args=["valmont", foreign.pk])).status_code == 404


def test_a_reader_cannot_settle(reader_client):
    assert reader_client.post(reverse("parc:settle", args=["valmont"]), {}).status_code == 403


def test_the_template_downloaded_is_understood_when_it_comes_back(editor_client):
    address = reverse("parc:template", args=["valmont", "csv"])
    answer = editor_client.get(address)
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    assert editor_client.get(reverse("parc:template", args=["valmont", "xlsx"])).content[:2] == b"PK"
    assert editor_client.get(reverse("parc:template", args=["valmont", "exe"])).status_code == 404


def test_the_help_page_reads_the_device_aloud(reader_client):
    page = text_of(reader_client.get(reverse("parc:device", args=["valmont"])))
    assert "Date de mise en service" in page and "Numéro de série" in page


def test_the_fleet_leaves_as_csv(editor_client):
    drop_text(editor_client, SMALL)
    confirm(editor_client)
    told = editor_client.get(reverse("parc:counts", args=["valmont"])).content.decode("utf-8-sig")
    assert told.splitlines()[0].startswith("category")
    assert any(line.startswith("monitor") for line in told.splitlines())


def test_the_fleet_shows_the_lifespan_of_the_footprint_and_where_it_comes_from(editor_client, organisation):
    left = "".join("Ordinateur portable;Latitude 5400;01/01/2020;01/01/2023;Réformé\n" for _ in range(3))
    drop_text(
        editor_client,
        "Type;Modèle;Date d'achat;Date de réforme;Statut\nOrdinateur portable;Latitude 5540;15/03/2024;;En service\n"
        + left,
    )
    assert "3 ans (3 sorties)" in text_of(confirm(editor_client)).replace("3,0", "3")
    fleet = reverse("parc:fleet", args=["valmont"])
    assert "5 ans, selon les sources" in text_of(editor_client.get(fleet)).replace("5,0", "5")
    for declared, shown in ((4, "4 ans, selon vos réglages"), (9, "5 ans, selon vos réglages, plafonnés")):
        organisation.lifespans = {"laptop": declared}
        organisation.save()
        assert shown in text_of(editor_client.get(fleet))


def test_a_lot_that_nothing_identifies_is_told_apart(editor_client):
    drop_text(editor_client, "Désignation;Modèle\nclasse mobile 12 postes;Dell Latitude 3540\n")
    confirm(editor_client)
    page = text_of(editor_client.get(reverse("parc:settle", args=["valmont"])))
    assert "1 ligne lue comme un lot n'a ni numéro ni nom" in page.replace("&#x27;", "'")
    assert "Rien à régler" not in page


def test_a_lot_is_confirmed_once_and_for_all_imports(editor_client, organisation):
    lots = "N° inventaire;Désignation;Modèle\nL1;classe mobile 12 postes;Dell Latitude 3540\n"
    drop_text(editor_client, lots)
    confirm(editor_client)
    assert door.headline(organisation).counted == 12
    page = editor_client.get(reverse("parc:settle", args=["valmont"]))
    assert "Des lots à confirmer" in text_of(page)
    said = editor_client.post(reverse("parc:settle", args=["valmont"]), {"l1": "id:L1", "q1": "15"}, follow=True)
    assert "1 réponse retenue" in text_of(said)
    assert door.headline(organisation).counted == 15
    assert "Des lots à confirmer" not in text_of(said)
    refused = editor_client.post(reverse("parc:settle", args=["valmont"]), {"l1": "id:L1", "q1": "beaucoup"})
    assert refused.status_code in (200, 302) and Decision.objects.count() == 1


SECOND_HAND_FR = """Nom;Type;Modèle;Date d'achat;Mode d'acquisition;Reconditionné
p1;Ordinateur portable;Latitude 5540;05/01/2026;Achat;oui
p2;Ordinateur portable;Latitude 5540;05/01/2026;Achat;non
p3;Ordinateur portable;Latitude 5540;05/01/2026;Achat neuf;
p4;Ordinateur portable;Latitude 5540;05/01/2026;Achat;
p5;Ordinateur portable;Latitude 5540;05/01/2020;Achat reconditionné;
"""
SECOND_HAND_EN = """Name,Type,Model,Purchase date,New/refurbished
p1,Laptop,Latitude 5540,2026-01-05,Refurbished
p2,Laptop,Latitude 5540,2026-01-05,New
p3,Laptop,Latitude 5540,2026-01-05,new
p4,Laptop,Latitude 5540,2026-01-05,
p5,Laptop,Latitude 5540,2020-01-05,used
"""


@pytest.mark.parametrize("listed", [SECOND_HAND_FR, SECOND_HAND_EN])
def test_a_spreadsheet_that_says_what_was_refurbished_gives_the_share_and_its_papers(owner_client, organisation, owner, listed):  # fmt: skip
    framed = {"role": "followed", "audience": "", "owner": "DSI", "review_body": "Comité NR"}
    following.follow(organisation, owner, indicator("ACH01"), framed, why="pour l’essai")
    drop_text(owner_client, listed, day="2026-09-30")
    confirm(owner_client)
    (share,) = [one for one in door.measures(organisation) if one.meter == "fleet.second_hand_share"]
    assert (share.low, share.value, share.high) == (1 / 4, 1 / 3, 2 / 4)  # four came in the year, three are told
    told = text_of(owner_client.get("/o/valmont/indicateurs/compteurs/")).replace("&#x27;", "'").replace("\xa0", " ")
    assert "33" in told and "dont on sait s'ils étaient neufs ou reconditionnés 3" in told
    assert "Arrivés dans les douze mois sans qu'on le sache 1" in told and "en tout (achetés, loués, reçus) 4" in told


def test_a_spreadsheet_that_ticks_only_the_refurbished_ones_is_told_what_to_write(owner_client, organisation, owner):
    framed = {"role": "followed", "audience": "", "owner": "DSI", "review_body": "Comité NR"}
    following.follow(organisation, owner, indicator("ACH01"), framed, why="pour l’essai")
    drop_text(owner_client, SECOND_HAND_FR.replace(";non\n", ";\n").replace("Achat neuf", "Achat"), day="2026-09-30")
    confirm(owner_client)
    told = text_of(owner_client.get("/o/valmont/indicateurs/compteurs/"))
    assert "il lui manque un terme" in told and "écrivez aussi « neuf » pour les autres" in told
