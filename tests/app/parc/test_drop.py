"""Several files dropped together: each tool is a source, proposed, never imposed; one confirmation keeps them all."""

import pytest
from django.urls import reverse

from terreau.app.inventory import arrivals, sorting
from terreau.app.inventory.models import Draft, Snapshot, Source
from tests.app.parc.dropping import drop, text_of

pytestmark = pytest.mark.django_db

GLPI = (
    '"Nom";"Statut";"Fabricant";"Numéro de série";"Type";"Modèle";"Lieu";'
    '"Informations financières et administratives - Date d\'achat"\n'
    '"PC-1";"En service";"Dell";"AAA1111";"Ordinateur portable";"Latitude 5540";"Siège";"2024-03-15"\n'
    '"PC-2";"En service";"Dell";"BBB2222";"Ordinateur portable";"Latitude 5540";"Siège";"2023-03-15"\n'
)
INTUNE = (
    "Device name,Managed by,Ownership,OS,Last check-in,Serial number,Manufacturer,Model,Category\n"
    "PC-1,Intune,Corporate,Windows,2026-09-28,AAA1111,Dell,Latitude 5540,Laptop\n"
    "PC-9,Intune,Corporate,Windows,2026-09-28,ZZZ9999,Dell,Latitude 5540,Laptop\n"
)
LIST = "Type;Modèle;Quantité\nÉcran;Dell U2419H;4\n"
FILES = (("glpi_ordinateurs.csv", GLPI.encode()), ("devices.csv", INTUNE.encode()), ("parc_ecoles.csv", LIST.encode()))


def dropped(client, *files, **more):
    answer = drop(client, *(files or FILES), source="sorted", name="", **more)
    return answer, {one.source.name: one for one in Draft.objects.select_related("source")}


def confirmed(client, drafts, **changed):
    """Post the confirmation as the page shows it, with ``changed`` answers."""
    first = next(iter(drafts.values()))
    sent = {}
    for one in drafts.values():
        known = one.source.snapshots.exists()
        sent[f"s{one.pk}"] = str(one.source_id) if known else "new"
        sent[f"n{one.pk}"] = "" if known else one.source.name
        sent[f"d{one.pk}"] = one.understood["snapshot"]["sha256"]
    return client.post(reverse("parc:drop_confirm", args=["valmont", first.drop]), {**sent, **changed}, follow=True)


def test_three_files_of_three_tools_are_three_sources_confirmed_at_once(editor_client):
    answer, drafts = dropped(editor_client)
    assert list(drafts) and len(set(drafts)) == 3
    assert "GLPI" in text_of(answer) and "parc ecoles" in text_of(answer)
    assert not Snapshot.objects.exists()
    spreadsheet = drafts["parc ecoles"]
    answer = confirmed(editor_client, drafts, **{f"n{spreadsheet.pk}": "Écoles"})
    assert answer.redirect_chain[-1][0] == reverse("parc:reconcile", args=["valmont"])
    assert Source.objects.filter(name="Écoles").exists()
    assert Snapshot.objects.count() == 3
    assert not Draft.objects.exists()


def test_several_files_without_a_name_are_never_mixed_into_one_source(editor_client):
    drop(editor_client, *FILES, source="new", name="")
    assert Source.objects.count() == 3


def test_a_later_file_of_the_same_tool_is_proposed_as_its_next_snapshot_and_says_so(editor_client):
    _, drafts = dropped(editor_client, FILES[0])
    confirmed(editor_client, drafts)
    source = Source.objects.get()
    answer, drafts = dropped(editor_client, ("glpi_ordinateurs_2026.csv", GLPI.replace("PC-2", "PC-3").encode()))
    assert drafts[source.name].source == source
    assert "Semble la suite" in text_of(answer)
    draft = drafts[source.name]
    answer = confirmed(editor_client, drafts, **{f"s{draft.pk}": "new", f"n{draft.pk}": "GLPI, Nantes"})
    assert "voici la nouvelle lecture" in text_of(answer)  # a change is shown before it counts
    assert Snapshot.objects.count() == 1
    confirmed(editor_client, {"": Draft.objects.select_related("source").get()})
    assert sorted(Source.objects.values_list("name", flat=True)) == sorted([source.name, "GLPI, Nantes"])


def test_what_was_shown_is_what_is_kept_or_nothing_is(editor_client):
    _, drafts = dropped(editor_client)
    one = next(iter(drafts.values()))
    answer = confirmed(editor_client, drafts, **{f"d{one.pk}": "0" * 64})
    assert answer.status_code == 400
    assert not Snapshot.objects.exists()


def test_a_file_that_cannot_be_read_is_said_and_the_others_go_on(editor_client):
    answer, drafts = dropped(editor_client, FILES[0], FILES[2], ("photo.csv", b"\x00\x01\x02" * 50))
    assert len(drafts) == 2
    assert "photo" in text_of(answer)


def test_two_files_put_in_one_source_are_read_together(editor_client):
    _, drafts = dropped(editor_client, FILES[0])
    confirmed(editor_client, drafts)
    source = Source.objects.get()
    _, drafts = dropped(editor_client, FILES[0], FILES[2])
    extra = drafts["parc ecoles"]
    confirmed(editor_client, drafts, **{f"s{extra.pk}": str(source.pk)})
    draft = Draft.objects.get()
    assert len(arrivals.names_of(draft)) == 2
    assert draft.understood["summary"]["lines"]["read"] == 3


def test_abandoning_a_drop_leaves_nothing(editor_client):
    _, drafts = dropped(editor_client)
    first = next(iter(drafts.values()))
    editor_client.post(reverse("parc:drop_abandon", args=["valmont", first.drop]))
    assert not Draft.objects.exists() and not Source.objects.exists()
    assert not any(arrivals.folder_of(one).exists() for one in drafts.values())


def test_two_sources_never_bear_the_same_name(organisation):
    Source.objects.create(organisation=organisation, name="GLPI")
    assert sorting.free_name(organisation, "GLPI") == "GLPI (2)"


def test_one_file_dropped_as_two_sources_is_said_before_and_after_it_is_counted(editor_client):
    same = ("parc_ecoles.csv", LIST.encode()), ("parc_mairie.csv", LIST.encode())
    answer, drafts = dropped(editor_client, *same)
    said = "« parc_mairie.csv (parc mairie) » est, octet pour octet, le même fichier que « parc_ecoles.csv (parc ecoles) »."
    assert len(drafts) == 2 and text_of(answer).count(said) == 1
    alone = reverse("parc:understood", args=["valmont", drafts["parc mairie"].pk])
    assert said in text_of(editor_client.get(alone))
    assert said in text_of(confirmed(editor_client, drafts)), "still said where sources are reconciled"
    again = text_of(drop(editor_client, same[0], name="Encore"))
    assert (
        "« parc_ecoles.csv (Encore) » est, octet pour octet, le même fichier que « parc_ecoles.csv (parc ecoles) »"
        in again
    )
