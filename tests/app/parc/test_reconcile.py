"""What the sources say together: questions answered once, an order of one's own, lists taken away, a device traced."""

import json
from datetime import date

import pytest
from django.urls import reverse

from terreau.app.inventory import arrivals, deciding, portraits, reconciling
from terreau.app.inventory.models import Decision, Source
from terreau.app.journal.models import Entry
from terreau.inventory.importing import bring_in
from tests.app.parc.dropping import text_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 30)
LIST = (
    "Nom;Type;Modèle;Numéro de série;Lieu;Date d'achat\n"
    "PC-1;Ordinateur portable;Latitude 5540;AAA1111;Siège;2024-03-15\n"
    "PC-2;Ordinateur portable;Latitude 5540;;Siège;2023-03-15\n"
)
SEEN = (
    "Device name,Managed by,Ownership,OS,Last check-in,Serial number,Manufacturer,Model,Category,IMEI,Compliance,"
    "Device state,Supervised,Encrypted,JoinType,Intune registered,EAS activated,Enrollment date\n"
    "PC-1,Intune,Corporate,Windows,2026-09-28,AAA1111,Dell,Latitude 5550,,,,,,,,,,2024-04-01\n"
    "PC-2,Intune,Corporate,Windows,2026-09-28,BBB2222,Dell,Latitude 5540,,,,,,,,,,2023-04-01\n"
    "PC-9,Intune,Corporate,Windows,2026-09-28,ZZZ9999,Dell,Latitude 5540,,,,,,,,,,2023-04-01\n"
)


def sources_kept(organisation, owner, tmp_path, *files):
    """Each (name, CSV) kept as a source of its own."""
    for name, text in files:
        file = tmp_path / f"{name}.csv"
        file.write_text(text, encoding="utf-8")
        kept = bring_in([file], at=DAY, folder=tmp_path / name).snapshot
        source = Source.objects.create(organisation=organisation, name=name)
        facts = {"files": [file.name], "lines": {"read": 3, "doubtful": 0, "rejected": 0}, "quantity": 3}
        arrivals.keep_snapshot(source, owner, folder=tmp_path / name, sha256=kept.sha256, taken_on=DAY, summary=facts)
    return organisation


@pytest.fixture
def two_sources(organisation, owner, tmp_path):
    return sources_kept(organisation, owner, tmp_path, ("Inventaire", LIST), ("Intune", SEEN))


def told(organisation):
    return reconciling.of(organisation, arrivals.current(organisation))


def counted(organisation):
    return portraits.of(organisation, arrivals.current(organisation)).counted


def sent(client, name, **data):
    return client.post(reverse(f"parc:{name}", args=["valmont"]), data, follow=True)


def test_a_name_joins_nothing_by_itself_and_the_answer_is_remembered_counted_journalled_and_undone(
    editor_client, two_sources
):
    (question,) = told(two_sources)["pairs"]
    assert question["value"] == "PC-2"
    assert told(two_sources)["devices"] == 4
    answer = sent(editor_client, "reconcile_decide", same=json.dumps(question["keys"]))
    assert "est retenu, pour cet inventaire" in text_of(answer)
    assert counted(two_sources) == 3
    assert told(two_sources)["pairs"] == []
    for source in Source.objects.all():
        Source.objects.filter(pk=source.pk).update(name=f"{source.name}, siège")
    assert counted(two_sources) == 3, "a decision knows its sources, not their names"
    assert Entry.objects.filter(action="inventory.joined").exists()
    undone = editor_client.post(reverse("parc:reconcile_undo", args=["valmont", Decision.objects.get().pk]))
    assert undone.status_code == 302
    assert told(two_sources)["devices"] == 4


def test_what_no_answer_here_can_settle_says_where_it_is_settled(reader_client, organisation, owner, tmp_path):
    gone = LIST.replace("Date d'achat", "Date d'achat;Statut").replace("2024-03-15", "2024-03-15;Vendu")
    sources_kept(organisation, owner, tmp_path, ("Inventaire", gone), ("Intune", SEEN))
    page = text_of(reader_client.get(reverse("parc:reconcile", args=["valmont"])))
    asked = page[page.index("et vu depuis par une autre") :]
    assert "Se corrige dans l'outil qui se trompe, et compte au prochain import." in asked


@pytest.fixture
def somebodys_own(organisation, owner, tmp_path):
    """PC-1 is in the inventory, and Intune says it is its user's."""
    return sources_kept(
        organisation, owner, tmp_path, ("Inventaire", LIST), ("Intune", SEEN.replace("Corporate", "Personal", 1))
    )


def fates(organisation):
    found = told(organisation)
    return {key: found["fates"].get(key, 0) for key in ("counted", "personal")}, found["personal_in_question"]["count"]


def test_whose_a_device_is_is_answered_remembered_counted_journalled_and_undone(editor_client, somebodys_own):
    (asked,) = [one for one in told(somebodys_own)["to_decide"] if one["kind"] == "personal_but_listed"]
    key = asked["disagreement"]["key"]
    assert fates(somebodys_own) == ({"counted": 3, "personal": 1}, 1)
    page = editor_client.get(reverse("parc:reconcile", args=["valmont"]))
    assert "C'est à nous" in text_of(page) and "C'est personnel" in text_of(page)
    assert "est retenu, pour cet inventaire" in text_of(sent(editor_client, "reconcile_decide", org=key))
    assert (fates(somebodys_own), counted(somebodys_own)) == (({"counted": 4, "personal": 0}, 0), 4)
    Source.objects.filter(name="Inventaire").update(name="GLPI, siège")
    assert fates(somebodys_own) == ({"counted": 4, "personal": 0}, 0), "a decision knows its sources, not their names"
    entry = Entry.objects.get(action="inventory.ours")
    assert entry.facts["label"] and "PC-1" not in str(entry.facts)
    page = text_of(editor_client.get(reverse("parc:reconcile", args=["valmont"])))
    assert "organisation, compté" in page[page.index("Déjà décidé") :]
    editor_client.post(reverse("parc:reconcile_undo", args=["valmont", Decision.objects.get().pk]))
    assert fates(somebodys_own) == ({"counted": 3, "personal": 1}, 1)
    assert Entry.objects.filter(action="inventory.reconciliation_undone").exists()


def test_a_device_said_personal_stays_apart_and_is_asked_about_no_more(editor_client, somebodys_own):
    address = reverse("parc:reconcile_list", args=["valmont", "personnels-en-question"])
    page = editor_client.get(address)
    (row,) = page.context["rows"]
    assert "À qui est-il ?" in text_of(page)
    after = sent(editor_client, "reconcile_decide", personal=row["value"], **{"from": "list"})
    assert after.redirect_chain[-1][0] == address and "Liste vide" in text_of(after)
    assert fates(somebodys_own) == ({"counted": 3, "personal": 1}, 0)
    assert Entry.objects.filter(action="inventory.personal").exists()
    assert told(somebodys_own)["to_decide"][0]["kind"] == "same", "the pair of PC-2 is still asked"


def test_only_a_device_in_question_gets_an_owner_and_a_reader_has_no_button(
    editor_client, reader_client, somebodys_own
):
    for value in ("", "serial:BBB2222␟Intune", "serial:AAA1111", "x" * 5000):
        assert "est plus posée" in text_of(sent(editor_client, "reconcile_decide", org=value))
    assert not Decision.objects.exists()
    for address in (reverse("parc:reconcile", args=["valmont"]),
                    reverse("parc:reconcile_list", args=["valmont", "personnels-en-question"])):  # fmt: skip
        assert "C'est à nous" not in text_of(reader_client.get(address))


def test_decisions_are_read_five_at_a_time_so_that_each_can_be_taken_back(editor_client, owner, two_sources):
    for number in range(7):
        deciding.settle_owner(two_sources, owner, line_key=f"serial:S{number}", owner="org", label=f"TEL-{number}")
    first, second = (editor_client.get(reverse("parc:reconcile", args=["valmont"]), {"page": n}) for n in (1, 2))
    assert [one["label"] for one in first.context["page"]["decisions"]] == [f"TEL-{n}" for n in (6, 5, 4, 3, 2)]
    assert [one["label"] for one in second.context["page"]["decisions"]] == ["TEL-1", "TEL-0"]


def test_only_a_question_that_is_asked_can_be_answered(editor_client, two_sources):
    for value in ("[]", "pas du JSON", json.dumps(["a", "b"]), "[" * 900):
        assert "est plus posée" in text_of(sent(editor_client, "reconcile_decide", same=value))
    assert not Decision.objects.exists()


def test_the_source_one_believes_first_says_the_model_and_renaming_it_changes_nothing(editor_client, two_sources):
    def chosen():
        (model,) = [one for one in told(two_sources)["disagreements"] if one["field"] == "model"]
        return model["examples"][0]["chosen"]

    assert chosen() == "Latitude 5540"
    intune = Source.objects.get(name="Intune")
    sent(editor_client, "reconcile_order", up=str(intune.pk))
    assert chosen() == "Latitude 5550"
    intune.name = "Gestionnaire"
    intune.save()
    assert deciding.decisions_of(two_sources).sources == ("Gestionnaire", "Inventaire")
    assert chosen() == "Latitude 5550"


def test_what_the_inventory_ignores_is_named_and_taken_away_with_its_lines(reader_client, two_sources):
    page = reader_client.get(reverse("parc:reconcile_list", args=["valmont", "inconnus"]))
    assert "PC-9" in text_of(page) and "PC-1" not in text_of(page)
    table = reader_client.get(reverse("parc:reconcile_csv", args=["valmont", "inconnus"])).content.decode("utf-8-sig")
    assert table.splitlines()[0].startswith("label;category;")
    assert "Intune.csv:4" in table


def test_every_disagreement_of_a_field_is_taken_away(reader_client, two_sources):
    address = reverse("parc:reconcile_field", args=["valmont", "model"])
    table = reverse("parc:reconcile_field_csv", args=["valmont", "model"])
    assert f'href="{table}"' in reader_client.get(address).content.decode()
    rows = reader_client.get(table).content.decode("utf-8-sig").splitlines()
    assert rows[0] == "label;field;sources;kept;spelling_only"
    (told_of,) = rows[1:]
    for said in ("PC-1", "Inventaire: Latitude 5540", "Intune: Latitude 5550"):
        assert said in told_of
    assert reader_client.get(reverse("parc:reconcile_field_csv", args=["valmont", "rien"])).status_code == 404


def test_a_device_says_which_line_of_which_file_said_what(reader_client, two_sources):
    (model,) = [one for one in told(two_sources)["disagreements"] if one["field"] == "model"]
    address = reverse("parc:device_lineage", args=["valmont", model["examples"][0]["device"]])
    text = text_of(reader_client.get(address))
    for said in ("Intune.csv, ligne 2", "Inventaire.csv, ligne 2", "Latitude 5550", "désaccord", "15/03/2024"):
        assert said in text
    assert reader_client.get(reverse("parc:device_lineage", args=["valmont", 10**12])).status_code == 404


def test_one_source_alone_is_told_what_a_second_would_show(reader_client, organisation):
    assert "Avec une deuxième source" in text_of(reader_client.get(reverse("parc:reconcile", args=["valmont"])))


def test_machine_rooms_described_otherwise_or_nowhere_are_shown(editor_client, organisation, owner, tmp_path):
    rooms = "nomCourtDatacenter;nomLongDatacenter;pue;localisation\n{name};{name};{pue};France\n"
    devices = (
        "Nom;Type;Modèle;Datacenter\nSRV-1;Serveur;PowerEdge R740;Salle Nord\nSRV-2;Serveur;PowerEdge R740;Salle Nrod\n"
    )
    for name, text in (("Une", rooms.format(name="Salle Nord", pue="1.3")), ("Deux", rooms.format(name="Salle Nord", pue="1.6")),
                       ("Serveurs", devices)):  # fmt: skip
        file = tmp_path / f"{name}.csv"
        file.write_text(text, encoding="utf-8")
        kept = bring_in([file], at=DAY, folder=tmp_path / name).snapshot
        source = Source.objects.create(organisation=organisation, name=name)
        facts = {"files": [file.name], "lines": {"read": 2, "doubtful": 0, "rejected": 0}, "quantity": 2}
        arrivals.keep_snapshot(source, owner, folder=tmp_path / name, sha256=kept.sha256, taken_on=DAY, summary=facts)
    page = text_of(editor_client.get(reverse("parc:reconcile", args=["valmont"])))
    assert "Salle Nord FRA, PUE 1,3 ; FRA, PUE 1,6 FRA, PUE 1,6" in page
    assert "décrites nulle part (un nom mal écrit, le plus souvent) : Salle Nrod." in page


def test_a_source_of_virtual_machines_is_listed_with_its_count_and_every_line_of_it_keeps_its_fate(
    editor_client, organisation, owner, tmp_path
):
    guests = "VM,Powerstate,Template,CPUs,Memory,Provisioned MiB\nbdd-001,poweredOn,False,8,16384,20480\nweb-002,poweredOff,False,2,4096,20480\n"
    sources_kept(organisation, owner, tmp_path, ("Inventaire", LIST), ("vInfo", guests))
    one, other = told(organisation)["sources"]
    assert (one["name"], one["rows"], one["devices"], one["virtual"]) == ("Inventaire", 2, 2, 0)
    assert (other["name"], other["rows"], other["devices"], other["virtual"]) == ("vInfo", 2, 0, 2)
    page = editor_client.get(reverse("parc:reconcile", args=["valmont"]))
    assert "2 sources, 4 lignes, 2 appareils ou lots" in text_of(page)
    assert "2 machines virtuelles, gardées à part : ce ne sont pas des appareils (vInfo 2)." in text_of(page)
    assert [one["name"] for one in page.context["order"]["sources"]] == ["Inventaire"]
    lines = b"".join(editor_client.get(reverse("parc:lines", args=["valmont"])).streaming_content).decode("utf-8-sig")
    guests = [line.split(";") for line in lines.splitlines() if line.startswith("vInfo;")]
    assert [(row[4], row.count("virtual")) for row in guests] == [("bdd-001", 1), ("web-002", 1)]
    own = text_of(editor_client.get(reverse("parc:device_lineage", args=["valmont", guests[0][3]])))
    assert "D'où vient « bdd-001 » ?" in own.replace("&#x27;", "'") and "vInfo.csv, ligne 2" in own
    assert "Machine virtuelle : sa ligne est gardée" in own and "appareil ; le parc" not in own
