"""Packs and their papers on screen; an organisation's own pack stays its own."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from terreau.app.sources import door
from terreau.app.sources.models import OwnPack
from tests.app.parc.dropping import text_of

pytestmark = pytest.mark.django_db

PAPERS = """key = "valmont-mesures"
publisher = "Métropole de Valmont"
title = "Nos mesures"
version = "2026"
licence = "interne"
redistribution = "private"
link = "javascript:alert(1)"
checked_on = 2026-01-15
best_before = 2026-06-30
"""
FACTORS = "kind,subject,criterion,stage,value,unit\nimpact,laptop/standard,climate_change,embodied,150,kg CO2 eq\n"
G4IT = (
    "criterion;lifecycleStep;name;value;unit;source;version\n"
    "Climate change;FABRICATION;laptop;156;kg CO2 eq;Base maison;2026\n"
)


def drop(client, **files):
    uploads = [SimpleUploadedFile(name.replace("__", "."), text.encode()) for name, text in files.items()]
    return client.post(reverse("sources:packs", args=["valmont"]), {"files": uploads}, follow=True)


def test_every_pack_shows_its_papers_and_its_age(reader_client):
    from terreau.factors.catalogue import factor_set

    page = text_of(reader_client.get(reverse("sources:packs", args=["valmont"])))
    for pack in factor_set().packs:
        assert pack.papers.title.replace("’", "&#x27;") in page or pack.papers.title in page
        assert pack.papers.publisher in page
    assert "à confirmer" in page


def test_each_pack_has_its_page_and_its_figures(reader_client):
    from terreau.factors.catalogue import factor_set

    for pack in factor_set().packs:
        page = reader_client.get(reverse("sources:pack", args=["valmont", pack.key]))
        assert page.status_code == 200
        assert pack.papers.licence in page.content.decode()
    assert reader_client.get(reverse("sources:pack", args=["valmont", "nulle-part"])).status_code == 404
    told = reader_client.get(reverse("sources:pack_csv", args=["valmont", factor_set().packs[0].key]))
    assert len(told.content.decode().splitlines()) == len(factor_set().packs[0].rows) + 1


@pytest.mark.true_child
def test_a_pack_of_ones_own_is_kept_with_its_papers(editor_client, organisation):
    page = drop(editor_client, pack__toml=PAPERS, factors__csv=FACTORS)
    assert "Nos mesures" in text_of(page)
    assert "à relire depuis" in text_of(page)
    own = OwnPack.objects.get()
    shown = editor_client.get(reverse("sources:own", args=["valmont", own.pk])).content.decode()
    assert "Métropole de Valmont" in shown
    assert "javascript:" not in shown
    from terreau.factors.catalogue import factor_set

    kept = factor_set(extra=door.own_pack_paths(organisation))
    assert kept.packs[0].papers.title == "Nos mesures"


def test_a_bare_g4it_file_is_its_own_papers(editor_client, organisation):
    page = drop(editor_client, mine__csv=G4IT)
    assert "privée" in text_of(page)
    assert door.own_pack_paths(organisation)[0].is_file()


TYPES = "type;default_lifespan;is_server;ref_default_item\nLaptop;5;false;laptop\nServer;6;true;server\n"
MODELS = "item_source;ref_item_target\nLatitude 5420;laptop\n"


@pytest.mark.true_child
def test_impacts_types_and_models_of_g4it_are_dropped_together_as_they_are_exported(editor_client, organisation):
    page = text_of(drop(editor_client, impacts__csv=G4IT, item_types__csv=TYPES, matching_items__csv=MODELS))
    for said in (
        "« Base maison » ajouté",
        "« Types d&#x27;équipements » ajouté",
        "Modèles et équipements de référence",
    ):
        assert said in page, said
    assert "il y a 126 ans" not in page and "date inconnue" in page
    from terreau.factors.catalogue import factor_set

    known = factor_set(extra=door.own_pack_paths(organisation)).references
    assert known.models == {"Latitude 5420": "laptop"} and known.type_of("Server").server
    types = OwnPack.objects.get(key="g4it-types")
    shown = text_of(editor_client.get(reverse("sources:own", args=["valmont", types.pk])))
    assert "types d&#x27;équipements" in shown and "1900" not in shown


def test_two_files_of_one_source_never_replace_one_another_in_silence(editor_client, organisation):
    other = G4IT.replace("laptop;156", "monitor;60")
    page = drop(editor_client, postes__csv=G4IT, ecrans__csv=other)
    assert page.status_code == 400 and "postes.csv, ecrans.csv" in text_of(page)
    assert door.own_pack_paths(organisation) == ()
    drop(editor_client, postes__csv=G4IT)
    assert "remplacé" in text_of(drop(editor_client, ecrans__csv=other))


def test_types_beside_a_pack_are_not_left_out(editor_client, organisation):
    drop(editor_client, pack__toml=PAPERS, factors__csv=FACTORS, item_types__csv=TYPES)
    assert {one.key for one in OwnPack.objects.all()} == {"valmont-mesures", "g4it-types"}


def test_a_pack_without_papers_is_refused_in_words(editor_client, organisation):
    page = drop(editor_client, factors__csv=FACTORS)
    assert page.status_code == 400
    assert "Que faire ?" in text_of(page)
    assert door.own_pack_paths(organisation) == ()


@pytest.mark.true_child
def test_a_pack_is_read_apart_under_the_limits_of_the_server(editor_client, organisation, settings):
    settings.WORK_SECONDS = 0
    page = drop(editor_client, pack__toml=PAPERS, factors__csv=FACTORS)
    assert page.status_code == 400
    assert "TERREAU_WORK_SECONDS" in text_of(page)
    assert door.own_pack_paths(organisation) == ()


def test_a_pack_too_heavy_is_refused_with_what_to_do(editor_client, organisation):
    page = drop(editor_client, mine__csv=G4IT + "x" * 10 * 1024 * 1024)
    assert page.status_code == 400
    assert "TERREAU_MAX" not in text_of(page)
    assert "Ne gardez que les équipements" in text_of(page)


def test_a_file_refused_is_called_by_its_own_name(editor_client):
    page = text_of(drop(editor_client, recette__csv="Farine;Beurre\n200;100\n"))
    assert "recette.csv" in page and "pack.csv" not in page


def test_the_same_pack_dropped_again_replaces_itself(editor_client, organisation):
    drop(editor_client, pack__toml=PAPERS, factors__csv=FACTORS)
    drop(editor_client, pack__toml=PAPERS.replace("Nos mesures", "Nos mesures, bis"), factors__csv=FACTORS)
    assert OwnPack.objects.count() == 1
    assert "bis" in (door.own_pack_paths(organisation)[0] / "pack.toml").read_text(encoding="utf-8")


def test_a_pack_can_be_taken_away(editor_client, organisation):
    drop(editor_client, pack__toml=PAPERS, factors__csv=FACTORS)
    where = door.own_pack_paths(organisation)[0]
    editor_client.post(reverse("sources:remove", args=["valmont", OwnPack.objects.get().pk]))
    assert not where.exists()
    assert door.own_pack_paths(organisation) == ()


def test_another_organisation_never_sees_the_pack(editor_client, outsider, signed_in, other_organisation):
    drop(editor_client, pack__toml=PAPERS, factors__csv=FACTORS)
    own = OwnPack.objects.get()
    elsewhere = signed_in(outsider)
    assert elsewhere.get(reverse("sources:own", args=["numa", own.pk])).status_code == 404
    assert elsewhere.post(reverse("sources:remove", args=["numa", own.pk])).status_code == 404
    assert "Nos mesures" not in text_of(elsewhere.get(reverse("sources:packs", args=["numa"])))
    assert door.own_pack_paths(other_organisation) == ()


def test_a_reader_drops_nothing(reader_client):
    assert drop(reader_client, mine__csv=G4IT).status_code == 403
