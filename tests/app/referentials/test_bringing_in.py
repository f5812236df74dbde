"""Bringing referentials in: a received grid, a YAML edition, an official text; each for one organisation only."""

import io
import json
from dataclasses import replace
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.urls import reverse
from openpyxl import load_workbook

from terreau.app.diagnosis import door as diagnosis
from terreau.app.files.models import File
from terreau.app.journal.models import Entry
from terreau.app.referentials import door, storing
from terreau.app.referentials.models import OfficialTexts, PrivateReferential, ReceivedGrid
from terreau.kernel.errors import TerreauError
from terreau.referentials.document import to_yaml
from terreau.referentials.loading import edition_from
from tests.app.referentials.assessed import EXAMPLE, assessed, example_grid
from tests.referentials.small import document

OFFICIAL = [
    {"numero": "1.1", "thematique": "Stratégie", "critere": "Notre phrase d'essai <b>1</b>", "difficulte": "Faible",
     "priorite": "Prioritaire", "cible": "Tous", "metiers": "Essai", "objectif": "Voir [ici](https://example.org/a)\n- un\n- deux",
     "miseEnOeuvre": "Faire", "controle": "Vérifier"},
]  # fmt: skip


def send(client, name, content):
    upload = SimpleUploadedFile(name, content)
    return client.post(reverse("referentials:import", args=["valmont"]), {"file": upload})


def test_a_received_grid_is_proposed_corrected_accepted(editor_client, organisation):
    answer = send(editor_client, "grille.xlsx", EXAMPLE.read_bytes())
    draft = ReceivedGrid.objects.get()
    address = reverse("referentials:grid", args=["valmont", draft.pk])
    assert answer.url == address
    sent = {"sheet": "Grille", "used": "1", "title": "Label Exemple", "version": "2026", "themes": "banner", "depth": "3",
            "levels": "Niveau 1 ; 50\nNiveau 2 ; 80 points"}  # fmt: skip
    assert editor_client.post(address, sent).status_code == 302
    page = editor_client.get(address).content.decode()
    assert "11 critères reconnus" in page
    assert 'value="Points possibles"' in page
    assert editor_client.post(address, sent | {"accept": "1"}).status_code == 302
    made = PrivateReferential.objects.get()
    edition = door.edition_for(organisation, f"org:{organisation.pk}/label-exemple")
    assert (made.version, made.criteria, edition.digest) == ("2026", 11, made.digest)
    assert [level.points for level in edition.levels] == [50, 80]
    assert not ReceivedGrid.objects.exists()
    assert File.objects.get().pk == made.file
    assert Entry.objects.filter(action="referentials.kept").count() == 1


def test_a_role_that_is_not_in_the_list_is_said_and_nothing_changes(editor_client):
    send(editor_client, "grille.xlsx", EXAMPLE.read_bytes())
    draft = ReceivedGrid.objects.get()
    address = reverse("referentials:grid", args=["valmont", draft.pk])
    answer = editor_client.post(
        address, {"sheet": "Grille", "used": "1", "title": "Label", "version": "1", "role-1": "Bidule"}
    )
    assert answer.status_code == 400
    assert "« Bidule » n" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.mapping["title"] != "Label"


@pytest.mark.both_databases
@pytest.mark.parametrize(("typed", "share"), [("un quart", "1/4"), ("25 %", "1/4"), ("0,25", "1/4"), ("", "")])
def test_what_a_word_is_worth_is_typed_as_people_would(editor_client, typed, share):
    send(editor_client, "grille.xlsx", EXAMPLE.read_bytes())
    draft = ReceivedGrid.objects.get()
    address = reverse("referentials:grid", args=["valmont", draft.pk])
    editor_client.post(address, {"sheet": "Grille", "used": "1", "title": "Label", "version": "1", "word-1": typed})
    draft.refresh_from_db()
    assert [*dict(draft.mapping["words"])][:2] == ["Atteint", "Partiellement atteint"], (
        "in the order of the grid, on any database"
    )
    assert dict(draft.mapping["words"])["Partiellement atteint"] == share
    if not share:
        refused = editor_client.post(address, {"sheet": "Grille", "used": "1", "accept": "1"})
        assert "Partiellement atteint" in refused.content.decode()
        assert not PrivateReferential.objects.exists()


def test_a_reading_without_questions_is_refused_in_words(editor_client):
    send(editor_client, "grille.xlsx", EXAMPLE.read_bytes())
    address = reverse("referentials:grid", args=["valmont", ReceivedGrid.objects.get().pk])
    answer = editor_client.post(
        address, {"sheet": "Grille", "used": "1", "title": "L", "version": "1", "role-1": "", "accept": "1"}
    )
    assert answer.status_code == 400
    assert "Cette lecture de la grille ne tient pas" in answer.content.decode()
    assert not PrivateReferential.objects.exists()


def test_an_abandoned_grid_leaves_no_file(editor_client):
    send(editor_client, "grille.xlsx", EXAMPLE.read_bytes())
    editor_client.post(reverse("referentials:abandon", args=["valmont", ReceivedGrid.objects.get().pk]))
    assert not ReceivedGrid.objects.exists()
    assert not File.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("grille.xlsx", b"PK\x03\x04 pas un classeur"), ("grille.csv", b"bonjour\n"), ("photo.exe", b"MZ"), ("edition.yaml", b"a: [1"),
     ("texte.json", b'{"a": 1}'), ("texte.json", b"\xff\xfe"), ("edition.yaml", b"")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_on_the_page_and_kept_nowhere(editor_client, name, content):
    answer = send(editor_client, name, content)
    assert answer.status_code == 400
    assert "Que faire" in answer.content.decode()
    assert not File.objects.exists()
    assert not PrivateReferential.objects.exists()


def test_a_yaml_edition_goes_out_and_comes_back_under_another_version(editor_client, organisation):
    edition = edition_from(document(), "jardin")
    assert send(editor_client, "jardin.yaml", to_yaml(edition).encode()).status_code == 302
    row = PrivateReferential.objects.get()
    text = editor_client.get(reverse("referentials:export", args=["valmont", str(row.pk), "yaml"])).content.decode()
    again = send(editor_client, "jardin.yaml", text.replace("version: '1'", "version: '2'", 1).encode())
    assert again.status_code == 302
    assert [head.version for head in door.heads_for(organisation) if head.key.startswith("org:")] == ["2"]
    assert door.edition_for(organisation, row.key, "1").version == "1"
    book = editor_client.get(reverse("referentials:export", args=["valmont", str(row.pk), "xlsx"])).content
    assert load_workbook(io.BytesIO(book)).active["C2"].value == "1.1.1"


def test_a_version_never_changes(organisation, owner):
    first = storing.keep_edition(organisation, owner, document(), origin="yaml")
    assert storing.keep_edition(organisation, owner, document(), origin="yaml") == first
    with pytest.raises(TerreauError) as refused:
        storing.keep_edition(organisation, owner, document() | {"title": "Autre"}, origin="yaml")
    assert refused.value.code == "app.referential_version_taken"


def test_a_private_edition_does_not_exist_elsewhere(organisation, other_organisation, owner, outsider, signed_in):
    row = storing.keep_edition(organisation, owner, document(), origin="yaml")
    with pytest.raises(Http404):
        door.edition_for(other_organisation, row.key)
    assert all(not head.key.startswith("org:") for head in door.heads_for(other_organisation))
    client = signed_in(outsider)
    assert client.get(reverse("referentials:edition", args=["numa", str(row.pk)])).status_code == 404


def test_a_withdrawn_edition_is_no_more_proposed_but_still_read(organisation, owner, owner_client):
    row = storing.keep_edition(organisation, owner, document(), origin="yaml")
    owner_client.post(reverse("referentials:withdraw", args=["valmont", row.pk]))
    assert all(head.key != row.key for head in door.heads_for(organisation))
    assert door.edition_for(organisation, row.key, "1").key == row.key
    with pytest.raises(TerreauError):
        door.edition_for(organisation, row.key)


def test_an_official_text_stands_beside_our_words_escaped(editor_client, organisation, other_organisation):
    send(editor_client, "rgesn.json", json.dumps(OFFICIAL).encode())
    assert OfficialTexts.objects.get().referential == "rgesn-2024"
    entry = door.official_entry(organisation, "rgesn-2024:1.1")
    assert entry.question == "Notre phrase d'essai <b>1</b>"
    assert door.official_entry(other_organisation, "rgesn-2024:1.1") is None
    assert door.official_entry(organisation, "rgesn-2024:9.9") is None
    page = editor_client.get(reverse("referentials:criterion", args=["valmont", "rgesn-2024", "1.1"])).content.decode()
    assert "&lt;b&gt;1&lt;/b&gt;" in page
    assert '<a href="https://example.org/a" rel="noreferrer">example.org/a</a>' in page
    assert "<ul><li>un</li><li>deux</li></ul>" in page


# Outside a test's own transaction, as on a server: the journal refuses an entry that no transaction carries.
@pytest.mark.django_db(transaction=True)
def test_the_filled_grid_is_handed_back(contributor_client, organisation, owner):
    made = assessed(organisation, owner)
    answer = contributor_client.get(reverse("referentials:filled", args=["valmont", made.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="grille-recue-remplie.xlsx"'
    sheet = load_workbook(io.BytesIO(answer.content))["Grille"]
    assert [sheet[ref].value for ref in ("F7", "G7", "H7")] == [
        5,
        "Partiellement atteint",
        "Relue en juin.\nUne note signée en mars.",
    ]
    rows = {sheet.cell(row=row, column=1).value: row for row in range(5, sheet.max_row + 1)}
    away = rows["2.2.2"]
    assert (sheet.cell(away, 7).value, sheet.cell(away, 8).value) == (
        "Sans objet",
        "Sans objet : Aucun appel d’offres.",
    )
    assert sheet.cell(sheet.max_row, 6).value.startswith("=SUM(")
    assert door.has_workbook(organisation, made.referential, made.version)


def test_an_edition_without_a_workbook_is_not_filled(organisation, owner):
    record = diagnosis.record_of(organisation, assessed(organisation, owner).pk)
    with pytest.raises(TerreauError) as refused:
        door.filled_workbook(organisation, replace(record, edition="nr-terreau", version="1"))
    assert refused.value.code == "app.grid_no_workbook"


def test_the_shell_keeps_a_file_for_one_organisation(organisation, tmp_path):
    path = tmp_path / "jardin.yaml"
    path.write_text(to_yaml(edition_from(document(), "jardin")), encoding="utf-8")
    assert door.keep(organisation, path) == f"org:{organisation.pk}/jardin"
    with pytest.raises(TerreauError) as refused:
        door.keep(organisation, EXAMPLE)
    assert refused.value.code == "app.referential_kind", "a received grid is looked at before it is kept"


@pytest.mark.true_child
def test_the_reading_happens_in_the_confined_child(organisation, owner):
    assert example_grid(organisation, owner).criteria == 11


def test_levels_in_points_say_the_points_earned(organisation, owner):
    from terreau.app.diagnosis import overview
    from terreau.diagnosis.scoring import score

    made = assessed(organisation, owner)
    edition = diagnosis.edition_pinned(organisation, made.pk)
    pointed = replace(edition, levels=tuple(replace(one, points=Fraction(50)) for one in edition.levels))
    record = diagnosis.record_of(organisation, made.pk)
    steps = overview.score_box(score(record.answers, pointed), pointed)["steps"]
    assert [one["points"] for one in steps] == ["5\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}50 points"] * 2


def test_the_shell_accepts_a_sure_reading_and_leaves_a_doubtful_one_on_its_screen(organisation, tmp_path):
    assert door.keep_grid(organisation, EXAMPLE).startswith(f"org:{organisation.pk}/")
    assert not ReceivedGrid.objects.exists()
    doubtful = tmp_path / "grille.csv"
    doubtful.write_text(
        "N°;Question;Statut\n1;Une politique est-elle écrite ?;\n1;Est-elle relue ?;\n", encoding="utf-8"
    )
    with pytest.raises(TerreauError) as refused:
        door.keep_grid(organisation, doubtful, "en")
    draft = ReceivedGrid.objects.get()
    assert refused.value.code == "app.grid_unsure"
    assert refused.value.facts["address"].endswith(reverse("referentials:grid", args=["valmont", draft.pk]))
    assert "used twice" in refused.value.facts["doubts"]
    assert PrivateReferential.objects.count() == 1
