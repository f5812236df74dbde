"""A year of the fleet on screen: two inventories of one source, what moved, why, as CSV."""

import pytest
from django.urls import reverse

from terreau.app.inventory import door
from terreau.app.inventory.models import Source
from terreau.kernel.meter import meters
from tests.app.parc.dropping import confirm, drop_text, text_of

pytestmark = pytest.mark.django_db

LAST_YEAR = """Nom;Numéro de série;Type;Modèle;Statut;Date d'achat;Date de réforme
reste;AAA-00001;Ordinateur portable;Latitude 5400;En service;12/03/2020;
donné;AAA-00002;Ordinateur portable;Latitude 5400;En service;12/03/2020;
disparu;AAA-00003;Ordinateur portable;Latitude 5400;En service;12/03/2020;
"""
THIS_YEAR = """Nom;Numéro de série;Type;Modèle;Statut;Date d'achat;Date de réforme
reste;AAA-00001;Ordinateur portable;Latitude 5400;En service;12/03/2020;
donné;AAA-00002;Ordinateur portable;Latitude 5400;Donné;12/03/2020;12/03/2026
acheté;AAA-00004;Ordinateur portable;Latitude 5540;En service;05/01/2026;
"""


def page(client, name="years", *args):
    return client.get(reverse(f"parc:{name}", args=["valmont", *args]))


def test_one_inventory_teaches_how_to_get_a_second_and_two_tell_the_year(editor_client, organisation):
    assert "Aucun inventaire pour l'instant" in text_of(page(editor_client))
    drop_text(editor_client, THIS_YEAR, day="2026-09-30")
    confirm(editor_client)
    assert "Il manque un second inventaire" in text_of(page(editor_client))
    assert "Essai, 30/09/2026" in text_of(page(editor_client))
    assert page(editor_client, "years_why").status_code == 404
    source = Source.objects.get(organisation=organisation)
    drop_text(editor_client, LAST_YEAR, day="2025-09-30", source=str(source.pk))
    confirm(editor_client)

    told = text_of(page(editor_client))
    assert "Du 30/09/2025 au 30/09/2026, 1 source comparée à elle-même." in told
    assert "de 50 % à 100 %" in told and "on ne peut pas conclure" not in told and "objectif atteint" in told
    assert "Parc au premier inventaire 3 Achats + 1" in told and "Parc au second inventaire = 2" in told
    assert "6,0 ans en moyenne, sur 1 sortie datée parmi 2." in told
    assert "6,0 ans (trop peu pour conclure)" in told
    why = text_of(page(editor_client, "years_why"))
    assert "Quelle part de ce qui est réformé a une seconde vie ? 50 %, entre 50 % et 100 %" in why
    moves = b"".join(page(editor_client, "years_csv", "mouvements").streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in moves] == ["movement", "purchased", "exit", "gone"]
    assert "fleet.reuse_rate;;denominator" in page(editor_client, "years_csv", "compteurs").content.decode("utf-8-sig")
    assert page(editor_client, "years_csv", "autre").status_code == 404
    assert {one.meter for one in door.measures(organisation)} <= {one.key for one in meters()}


def test_one_content_kept_at_two_dates_is_a_year_in_which_nothing_moved(editor_client, organisation):
    drop_text(editor_client, LAST_YEAR, day="2025-09-30")
    confirm(editor_client)
    drop_text(editor_client, LAST_YEAR, day="2026-09-30", source=str(Source.objects.get().pk))
    confirm(editor_client)
    told = text_of(page(editor_client))
    assert "Du 30/09/2025 au 30/09/2026, 1 source comparée à elle-même." in told
    assert "Parc au premier inventaire 3" in told and "Parc au second inventaire = 3" in told
    moved = {one.meter: one.value for one in door.measures(organisation) if not one.group}
    assert (moved["fleet.purchases"], moved["fleet.exits"]) == (0, 0)
