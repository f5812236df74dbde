"""From a file dropped to a fleet counted, by the pages only."""

from datetime import date

import pytest
from django.urls import reverse

from terreau.app.home import organisation_folder
from terreau.app.inventory import arrivals, jobs
from terreau.app.inventory.arrivals import folder_of
from terreau.app.inventory.models import Draft, Snapshot, Source
from terreau.app.journal.models import Entry
from terreau.inventory.importing import bring_in
from terreau.kernel.errors import TerreauError
from terreau.kernel.underway import Work, under_way
from tests.app.parc.dropping import GLPI, SMALL, confirm, correct, drop, drop_text, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.true_child
def test_a_glpi_export_nobody_prepared_is_understood_then_counted(editor_client, organisation):
    shown = drop(editor_client, GLPI, name="GLPI, ordinateurs")
    assert shown.status_code == 200
    read = text_of(shown)
    assert "GLPI" in read and "627" in read and "Confirmer cet import" in read
    assert not Snapshot.objects.exists()
    fleet = confirm(editor_client)
    assert "Équipements comptés" in text_of(fleet)
    kept = Snapshot.objects.get()
    assert kept.summary["lines"]["read"] == 627
    assert kept.summary["kept"]["virtual"] == 18
    assert kept.summary["kept"]["merged"] == 9
    assert (organisation_folder(organisation.pk, "snapshots") / f"{kept.sha256}.parquet").is_file()


def test_nothing_counts_before_it_is_confirmed(editor_client, organisation):
    drop_text(editor_client, SMALL)
    assert not Snapshot.objects.exists()
    assert list(organisation_folder(organisation.pk, "snapshots").iterdir()) == []
    assert "Le parc est encore vide" in text_of(editor_client.get(reverse("parc:fleet", args=["valmont"])))


def test_the_counts_of_a_small_list_are_those_one_counts_by_hand(editor_client):
    drop_text(editor_client, SMALL)
    fleet = confirm(editor_client)
    summary = Snapshot.objects.get().summary
    assert summary["quantity"] == 10
    assert summary["lines"] == {"read": 4, "accepted": 3, "doubtful": 1, "rejected": 0}
    assert "Équipements comptés 10" in text_of(fleet)


def test_confirming_deletes_the_file_and_its_draft(editor_client):
    drop_text(editor_client, SMALL)
    folder = folder_of(Draft.objects.get())
    assert list(folder.glob("01*"))
    confirm(editor_client)
    assert not folder.exists()
    assert not Draft.objects.exists()


def test_a_file_kept_on_purpose_is_kept(editor_client, organisation):
    from terreau.app.files.models import File

    drop_text(editor_client, SMALL, keep_original="on")
    confirm(editor_client)
    assert File.objects.get(organisation=organisation).name == "parc.csv"


def test_importing_the_same_file_again_changes_nothing(editor_client):
    drop_text(editor_client, SMALL)
    confirm(editor_client)
    source = Source.objects.get()
    shown = drop_text(editor_client, SMALL, source=str(source.pk))
    assert "nouveaux : 0 ; disparus : 0 ; changés : 0 ; identiques : 4" in text_of(shown)
    confirm(editor_client)
    assert Snapshot.objects.count() == 1


def test_an_inventory_of_last_year_is_not_dated_today_without_a_word(editor_client):
    drop_text(editor_client, SMALL, day="2025-09-30")
    confirm(editor_client)
    source = str(Source.objects.get().pk)
    said = "Ce contenu est déjà gardé dans « Essai », au 30/09/2025."
    assert said in text_of(drop_text(editor_client, SMALL, source=source, day="2026-09-30"))
    confirm(editor_client)
    assert "déjà gardé" not in text_of(drop_text(editor_client, SMALL, source=source, day="2026-09-30"))
    confirm(editor_client)
    assert [str(one.taken_on) for one in Snapshot.objects.all()] == ["2026-09-30", "2025-09-30"], "both dates are kept"
    first, last = Snapshot.objects.all()
    assert first.sha256 == last.sha256
    assert len(list(arrivals.path_of(first).parent.glob("*.parquet"))) == 1, "the content is written once"
    assert "au 30/09/2026" in text_of(drop_text(editor_client, SMALL, source=source, day="2026-10-15")), (
        "the nearest date is said"
    )


def test_a_date_is_taken_back_while_its_content_stands_for_another_and_the_last_one_never(
    editor_client, reader_client, organisation
):
    drop_text(editor_client, SMALL, day="2025-09-30")
    confirm(editor_client)
    page = reverse("parc:snapshots", args=["valmont"])
    assert "Retirer cette date" not in text_of(editor_client.get(page)), "a content kept once is never offered"
    drop_text(editor_client, SMALL, source=str(Source.objects.get().pk), day="2026-09-30")
    confirm(editor_client)
    told = text_of(editor_client.get(page))
    assert told.count("Retirer cette date") == told.count("le même contenu à une autre date") == 2
    assert "Retirer cette date" not in text_of(reader_client.get(page))
    last, first = Snapshot.objects.all()
    away = text_of(editor_client.post(reverse("parc:withdraw", args=["valmont", last.pk]), follow=True))
    assert "inventaire au 30/09/2026." in away and "« Essai » n" in away
    assert list(Snapshot.objects.all()) == [first] and arrivals.sound(first).is_file(), "the Parquet they share stays"
    assert Entry.objects.filter(action="inventory.date_withdrawn").count() == 1
    kept = text_of(editor_client.post(reverse("parc:withdraw", args=["valmont", first.pk]), follow=True))
    assert "cette date ne se retire pas" in kept and Snapshot.objects.count() == 1
    assert arrivals.current(organisation) == [first]


def test_a_draft_abandoned_elsewhere_is_not_taken_for_the_same_content_kept_at_another_date(editor_client, owner):
    drop_text(editor_client, SMALL, day="2025-09-30")
    confirm(editor_client)
    drop_text(editor_client, SMALL, source=str(Source.objects.get().pk), day="2026-09-30")
    draft = Draft.objects.get()
    Draft.objects.filter(pk=draft.pk).delete()
    with pytest.raises(TerreauError, match="import_changed"):
        arrivals.confirm(draft, owner, draft.understood["snapshot"]["sha256"])
    assert Snapshot.objects.count() == 1


def test_confirming_twice_keeps_one_snapshot(editor_client):
    drop_text(editor_client, SMALL)
    draft = Draft.objects.get()
    sent = {"digest": draft.understood["snapshot"]["sha256"]}
    address = reverse("parc:confirm", args=["valmont", draft.pk])
    editor_client.post(address, sent)
    again = editor_client.post(address, sent, follow=True)
    assert again.status_code == 200
    assert "déjà compté" in text_of(again)
    assert Snapshot.objects.count() == 1


def test_only_what_was_on_screen_is_confirmed(editor_client):
    drop_text(editor_client, SMALL)
    draft = Draft.objects.get()
    refused = editor_client.post(reverse("parc:confirm", args=["valmont", draft.pk]), {"digest": "0" * 64})
    assert refused.status_code == 400
    assert "a changé depuis" in text_of(refused)
    assert not Snapshot.objects.exists()


def test_a_new_file_of_a_source_says_what_is_new_gone_and_changed(editor_client):
    before = "N° inventaire;Type;Modèle;Statut\nA1;Écran;U2419H;En service\nA2;Écran;U2419H;En service\n"
    after = "N° inventaire;Type;Modèle;Statut\nA2;Écran;U2419H;En stock\nA3;Écran;U2419H;En service\n"
    drop_text(editor_client, before, day="2025-09-30")
    confirm(editor_client)
    shown = drop_text(editor_client, after, source=str(Source.objects.get().pk))
    assert "nouveaux : 1 ; disparus : 1 ; changés : 1 ; identiques : 0" in text_of(shown)
    fleet = confirm(editor_client)
    assert "Équipements comptés 1" in text_of(fleet)
    assert Snapshot.objects.count() == 2


def test_two_sources_make_one_fleet(editor_client):
    drop_text(editor_client, "Type;Modèle\nÉcran;U2419H\n", name="Siège")
    confirm(editor_client)
    drop_text(editor_client, "Type;Modèle\nÉcran;U2419H\nÉcran;P2723DE\n", name="Agence")
    assert "Équipements comptés 3" in text_of(confirm(editor_client))


def test_a_correction_changes_the_snapshot_and_survives_the_next_import(editor_client):
    text = "Type;Modèle;Nbre approx\nÉcran;U2419H;4\nOrdinateur portable;Latitude 5540;6\n"
    drop_text(editor_client, text)
    draft = Draft.objects.get()
    columns = {column["header"]: index for index, column in enumerate(draft.understood["sheets"][0]["columns"])}
    correct(editor_client, column=columns["Nbre approx"] + 1, becomes="Quantité")
    assert Draft.objects.get().understood["summary"]["quantity"] == 10
    confirm(editor_client)
    drop_text(editor_client, text.replace(";6", ";7"), source=str(Source.objects.get().pk))
    assert Draft.objects.get().understood["summary"]["quantity"] == 11


def test_a_correction_may_use_any_known_word_and_one_that_says_nothing_is_refused_and_kept_on_screen(editor_client):
    drop_text(editor_client, "Zorglub;Modèle\nTablette;Zorg 9\n")
    correct(editor_client, c0="Catégorie")
    assert Draft.objects.get().choices["fields"] == {"zorglub": "category"}
    refused = correct(editor_client, column=1, becomes="théière")
    assert refused.status_code == 400
    assert "ne dit pas ce que contient la colonne" in text_of(refused)
    assert 'value="théière"' in refused.content.decode()


def test_the_order_of_days_and_months_can_be_corrected(editor_client):
    drop_text(editor_client, "Type;Modèle;Date d'achat\nÉcran;U2419H;03/04/2021\nÉcran;U2419H;05/06/2021\n")
    before = Draft.objects.get().understood["snapshot"]["sha256"]
    columns = [column["header"] for column in Draft.objects.get().understood["sheets"][0]["columns"]]
    correct(editor_client, **{f"d{columns.index(chr(68) + 'ate d' + chr(39) + 'achat')}": "mdy"})
    assert Draft.objects.get().understood["snapshot"]["sha256"] != before


def test_the_order_of_dates_is_asked_only_when_the_column_does_not_prove_it(editor_client):
    proven = drop_text(editor_client, "Type;Modèle;Date d'achat\nÉcran;U2419H;25/04/2021\nÉcran;U2419H;05/06/2021\n")
    assert "Ordre des dates jour, mois, année" in text_of(proven)
    assert "<select" not in proven.content.decode()
    asked = drop_text(editor_client, "Type;Modèle;Date d'achat\nÉcran;U2419H;03/04/2021\n", name="Autre")
    assert "ne dit si le jour vient avant le mois" in text_of(asked)
    assert "<select" in asked.content.decode()


def test_an_export_recognised_by_its_headings_bears_its_name(editor_client):
    intune = "Device name,Manufacturer,Model,Serial number,Ownership,Last check-in,Primary user UPN,OS,Compliance\n"
    shown = drop_text(
        editor_client, intune + "PC1,Dell,Latitude 5540,ABC1234,Corporate,2026-09-01,a@b.example,Windows,Yes\n"
    )
    assert "Microsoft Intune" in text_of(shown)


def test_a_source_never_confirmed_is_not_listed_among_the_counted(editor_client):
    drop_text(editor_client, SMALL, name="Annexe")
    page = text_of(editor_client.get(reverse("parc:snapshots", args=["valmont"])))
    assert "Un import de « Annexe » attend" in page
    assert "Instantanés, du plus récent" not in page


def test_imports_left_aside_are_forgotten_when_the_server_starts(editor_client, organisation):
    from datetime import timedelta

    from django.utils import timezone

    from terreau.app.inventory import door

    drop_text(editor_client, SMALL, name="Ancien")
    folder = folder_of(Draft.objects.get())
    door.tidy()
    assert folder.exists()
    days = timedelta(days=1)
    Draft.objects.update(created_at=timezone.now() - 8 * days, left_since=timezone.now() - 2 * days)
    door.tidy()
    assert not folder.exists()
    assert not Draft.objects.exists()


def test_every_step_is_in_the_journal(editor_client, organisation):
    drop_text(editor_client, SMALL)
    confirm(editor_client)
    actions = list(Entry.objects.filter(organisation=organisation).order_by("number").values_list("action", flat=True))
    assert actions == ["inventory.draft_opened", "inventory.imported"]


def test_an_abandoned_import_leaves_nothing(editor_client):
    drop_text(editor_client, SMALL)
    draft = Draft.objects.get()
    folder = folder_of(draft)
    editor_client.post(reverse("parc:abandon", args=["valmont", draft.pk]))
    assert not folder.exists()
    assert not Draft.objects.exists()
    assert not Source.objects.exists()


def test_names_of_people_are_nowhere_in_what_is_kept(editor_client, organisation):
    drop_text(editor_client, "Type;Modèle;Utilisateur\nÉcran;U2419H;Camille Secret\n")
    draft = Draft.objects.get()
    assert "Secret" not in str(draft.understood)
    confirm(editor_client)
    folder = organisation_folder(organisation.pk, "snapshots")
    assert all(b"Secret" not in path.read_bytes() for path in folder.iterdir())


def test_the_reason_file_names_the_line_and_never_the_person(editor_client):
    drop_text(
        editor_client, "Type;Modèle;Quantité;Utilisateur\nÉcran;U2419H;-3;Camille Secret\nÉcran;U2419H;1;Secret\n"
    )
    answer = editor_client.get(reverse("parc:reasons", args=["valmont", Draft.objects.get().pk]))
    told = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "U2419H" in told and "2" in told
    assert "Secret" not in told


def test_empty_cells_that_repeat_the_one_above_can_be_left_empty(editor_client):
    text = "Site;Type;Modèle\nNord;Écran;U2419H\n;Écran;U2419H\n;Écran;U2419H\nSud;Écran;U2419H\n;Écran;U2419H\n"
    drop_text(editor_client, text)
    column = next(one for one in Draft.objects.get().understood["sheets"][0]["columns"] if one["header"] == "Site")
    assert column["filled"] == 3
    correct(editor_client, g0="1")
    column = next(one for one in Draft.objects.get().understood["sheets"][0]["columns"] if one["header"] == "Site")
    assert column["filled"] == 0
    correct(editor_client, g0="1", f0="1")
    column = next(one for one in Draft.objects.get().understood["sheets"][0]["columns"] if one["header"] == "Site")
    assert column["filled"] == 3


def test_trying_again_after_a_refused_file_needs_no_other_name(editor_client):
    drop(editor_client, ("recette.csv", b"Farine;Beurre\n200;100\n"), name="Siège")
    shown = drop_text(editor_client, SMALL, name="Siège")
    assert shown.status_code == 200
    assert Source.objects.count() == 1


def test_a_name_already_counted_is_not_taken_twice(editor_client):
    drop_text(editor_client, SMALL, name="Siège")
    confirm(editor_client)
    refused = drop_text(editor_client, SMALL, name="Siège")
    assert refused.status_code == 400
    assert "porte déjà ce nom" in text_of(refused)


def test_a_correction_made_in_the_wizard_changes_the_footprint(editor_client, organisation):
    from terreau.app.footprint import door as footprint

    text = "Type;Modèle;Nbre approx\nÉcran;Dell U2419H;40\n"
    drop_text(editor_client, text)
    confirm(editor_client)
    before = footprint.latest(organisation)
    drop_text(editor_client, text, source=str(Source.objects.get().pk))
    headings = [column["header"] for column in Draft.objects.get().understood["sheets"][0]["columns"]]
    correct(editor_client, column=headings.index("Nbre approx") + 1, becomes="quantity")
    confirm(editor_client)
    after = footprint.latest(organisation)
    assert before.run != after.run
    assert before.figure.text != after.figure.text


def test_a_reading_says_how_far_it_is_from_its_first_line_to_its_snapshot(tmp_path):
    said = []
    files = [GLPI, GLPI.with_name("parc_services_techniques.xlsx")]
    with under_way(Work(lambda key, *_: said.append(key))):
        bring_in(files, at=date(2026, 9, 30), folder=tmp_path, reasons=tmp_path / "reasons.csv")
    assert list(dict.fromkeys(said)) == list(jobs.READING)
