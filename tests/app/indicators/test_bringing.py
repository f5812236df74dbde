"""A file of values: what is understood is shown first, kept once, or forgotten."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.files.models import File
from terreau.app.indicators.models import KeptValue, ValuesFile
from terreau.app.journal.models import Entry
from tests.app.indicators.conftest import HOME
from tests.app.indicators.test_board import text

DROP = f"{HOME}importer/"
LINES = (
    "Indicateur;Date;Valeur;Numérateur;Dénominateur\r\n"
    "PARC02;2024;4,4;;\r\n"
    "PARC02;2025;4,75;;\r\n"
    "Part des achats d’équipements reconditionnés;2025;;12;40\r\n"
    "ACH01;2024;;12;0\r\n"
    "PARC99;2024;3,1;;\r\n"
)


def dropped(client, content=LINES, name="valeurs.csv"):
    page = client.post(DROP, {"file": SimpleUploadedFile(name, content.encode())})
    assert page.status_code == 302, text(page)
    return page.url


def test_a_file_with_french_decimals_is_shown_line_by_line_then_kept(contributor_client, contributor):
    there = dropped(contributor_client)
    seen = text(contributor_client.get(there))
    assert "Rien n’est encore enregistré" in seen and not KeptValue.objects.exists()
    assert "Sûres 3 À regarder 0 Laissées de côté 2" in seen
    assert "le dénominateur est zéro" in seen and "PARC99" in seen and "Durée de vie réelle" in seen
    contributor_client.post(there, {"take": "sure"})
    kept = {(one.indicator, one.on): one.value for one in KeptValue.objects.all()}
    assert kept == {
        ("PARC02", date(2024, 12, 31)): 4.4,
        ("PARC02", date(2025, 12, 31)): 4.75,
        ("ACH01", date(2025, 12, 31)): 30,
    }
    assert {one.signed_by for one in KeptValue.objects.all()} == {str(contributor)}
    assert "a été enregistrée" in text(contributor_client.get(there)) or "ont été enregistrées" in text(
        contributor_client.get(there)
    )
    again = text(contributor_client.post(there, {"take": "sure"}, follow=True))
    assert KeptValue.objects.count() == 3 and again
    assert list(Entry.objects.filter(action__startswith="indicators").values_list("action", flat=True)) == [
        "indicators.file_received", "indicators.taken_in"]  # fmt: skip


def test_what_changed_since_the_reading_is_looked_at_again(contributor_client, yearly):
    there = dropped(contributor_client)
    yearly("PARC02", {2025: 4.6}, method="")
    seen = text(contributor_client.post(there, {"take": "sure"}, follow=True))
    assert "regardez encore" in seen and KeptValue.objects.count() == 1
    contributor_client.post(there, {"take": "all"})
    assert KeptValue.objects.get(value=4.75).corrects is not None


def test_a_file_forgotten_leaves_nothing(contributor_client):
    there = dropped(contributor_client)
    assert "valeurs.csv" in text(contributor_client.get(DROP))
    contributor_client.post(there + "oublier/")
    assert not (KeptValue.objects.exists() or ValuesFile.objects.exists() or File.objects.exists())


def test_a_file_that_is_no_table_of_values_is_refused_and_not_kept(contributor_client, reader_client):
    for content, name in (("a;b\r\n1;2\r\n", "autre.csv"), ("", "vide.csv")):
        page = contributor_client.post(DROP, {"file": SimpleUploadedFile(name, content.encode())})
        assert page.status_code == 400
    assert "Aucun fichier n’est arrivé" in text(contributor_client.post(DROP))
    assert not File.objects.exists() and reader_client.get(DROP).status_code == 403


def test_the_file_to_fill_has_a_line_for_each_indicator_followed(contributor_client, follow):
    follow("PARC02")
    told = contributor_client.get(f"{DROP}modele/csv/").content.decode("utf-8-sig")
    assert told.splitlines()[1].startswith("PARC02;Durée de vie réelle")
    assert contributor_client.get(f"{DROP}modele/xlsx/").content.startswith(b"PK")
    assert contributor_client.get(f"{DROP}modele/doc/").status_code == 404


def test_the_number_read_is_shown_with_every_digit(contributor_client):
    lines = "Indicateur;Date;Valeur;Minimum;Maximum\r\nPARC02;2024;4,375;4,125;5\r\nEMP01;2024;1 234,56;;\r\nACH01;2024;12,5 %;;\r\n"
    seen = text(contributor_client.get(dropped(contributor_client, lines))).replace("\u202f", " ").replace("\xa0", " ")
    assert "4,375 ans" in seen and "de 4,125 à 5 ans" in seen
    assert "1 234,56 t CO₂ éq." in seen and "12,5 %" in seen


def test_an_impossible_value_is_looked_at_in_the_form_too(contributor_client, follow):
    follow("PARC02")
    page = contributor_client.post(f"{HOME}fiche/PARC02/valeurs/nouvelle/", {"date": "2024", "value": "-3"})
    assert "sous le minimum possible" in text(page)
