"""G4IT and NumEcoEval, both ways: files nobody prepared for us are read, and what we write is read back the same."""

import csv
import io
import zipfile
from decimal import Decimal

import pytest

from terreau import inventory
from terreau.kernel.errors import TerreauError
from terreau.kernel.period import Period
from tests.bench import bench
from tests.inventory.lines.conftest import AT, EXAMPLES

YEAR = Period.twelve_months_ending(AT)


def kept(path, columns):
    arrival = inventory.take_in(bench(), [path])
    return bench().execute(f"SELECT {columns} FROM {arrival.kept} ORDER BY line").fetchall()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ","])
def test_three_encodings_and_two_separators_give_the_same_lines(tmp_path, encoding, separator):
    path = tmp_path / "equipementPhysique.csv"
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows([
        ["nomEquipementPhysique", "modele", "quantite", "nomCourtDatacenter", "dateAchat", "dateRetrait", "type", "statut",
         "paysDUtilisation", "consoElecAnnuelle", "utilisateur", "nomSourceDonnee", "nomEntite", "nbCoeur"],
        ["ÉQ 1", "Latitude 5540", "3", "", "04/03/2023", "", "Laptop", "In use", "France", "30", "u1", "", "Régie", ""],
        ["'=ÉQ 2", "", "1", "", "05/06/2023", "01/02/2026", "Desktop", "Retired", "FR", "", "u2", "", "Régie", ""],
    ])  # fmt: skip
    path.write_bytes(text.getvalue().encode(encoding))
    read = kept(path, "name, quantity, strftime(bought_on, '%Y-%m-%d'), country, entity, doubtful")
    assert read == [("ÉQ 1", 3, "2023-03-04", "FRA", "Régie", False), ("=ÉQ 2", 1, "2023-06-05", "FRA", "Régie", False)]


def test_a_datacentre_file_with_a_description_and_an_old_equipment_file_are_known(tmp_path):
    rooms = tmp_path / "dc.csv"
    rooms.write_text("nomCourtDatacenter;nomLongDatacenter;pue;localisation;nomEntite;description\nDC1;;1.7;Yemen;;x\n")
    (sheet,) = inventory.check([rooms], at=AT).files
    assert (sheet.lines.read, sheet.set_aside[0].text) == (0, "DC1 · YEM · PUE 1.7")
    old = tmp_path / "old.csv"
    old.write_text(
        "idInventaire;nomEquipementPhysique;nomOrganisation;nomEntite;sourceDonnee;fabricant;modele;quantite;type;statut;"
        "paysDUtilisation;utilisateur;dateAchat;dateRetrait;nbCoeur;tailleDuDisque;tailleMemoire;typeDeProcesseur;"
        'nomCourtDatacenter;consoElecAnnuelle\nI1;Salle "100;O;G;m"D;dell;rack;2;Serveur 2;actif;FR;;2018-07-06;;5;2;5;i9;D 9;400\n'
    )
    assert kept(old, "name, quantity, datacentre, kwh_per_year") == [('Salle "100', 2, "D 9", 400)]


def test_a_list_of_rooms_by_hand_is_a_list_of_rooms(tmp_path):
    path = tmp_path / "salles.csv"
    path.write_text("Nom;Pays;PUE\nSalle Nord;France;1,4\nSalle Sud;Espagne;0,7\n", encoding="utf-8")
    (sheet,) = inventory.check([path], at=AT).files
    assert [one.text for one in sheet.set_aside] == ["Salle Nord · FRA · PUE 1.4", "Salle Sud · ESP"]
    assert [one.code for one in sheet.findings] == [
        "inventory.number_out_of_range"
    ]  # no room draws less than its machines


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        ("nomApplication;typeEnvironnement;nomEquipementVirtuel;domaine", "inventory.applications_declined"),
        (
            "nombreMailEmis;nombreMailEmisXDestinataires;volumeTotalMailEmis;moisAnnee;nomEntite",
            "inventory.numecoeval_declined",
        ),
        ("lineItem/UsageAccountId;lineItem/UsageStartDate;lineItem/UsageAmount;tags", "inventory.cloud_bill"),
        ("Host;Cluster;Device;Type;Model;WWN;VI SDK Server;VI SDK UUID", "inventory.rvtools_other_tab"),
        ("BilledCost;EffectiveCost;ChargePeriodStart;Region;Tags", "inventory.cloud_bill"),
    ],
)
def test_what_is_no_list_of_devices_is_named(tmp_path, headings, code):
    path = tmp_path / "autre.csv"
    path.write_text(f"{headings}\n{';'.join('1' for _ in headings.split(';'))}\n")
    with pytest.raises(TerreauError) as refusal:
        inventory.check([path], at=AT)
    assert refusal.value.code == code


def test_a_bill_among_inventories_is_told_and_the_others_are_read():
    report = inventory.check([EXAMPLES / "aws_cur_extrait.csv", EXAMPLES / "jamf_mobiles.csv"], at=AT)
    assert [(one.lines.read, [f.code for f in one.findings][:1]) for one in report.files] == [
        (0, ["inventory.cloud_bill"]), (40, ["inventory.personal_dropped"]),
    ]  # fmt: skip


def fleet_of(paths):
    fleet = inventory.fleet(bench(), paths, period=YEAR)
    return (
        bench()
        .execute(f"""SELECT own_pue, room_zone, entered_on, left_on, own_kwh, use_mode, use_rate, years_here,
        years_before, years_after, entity, sum(quantity) AS q FROM {fleet} WHERE fate = 'counted' GROUP BY ALL
        ORDER BY ALL""")
        .fetchall()
    )


def test_what_is_written_for_g4it_is_read_back_with_the_same_quantities_days_and_rooms(tmp_path):
    names = ("jamf_computers.csv", "numecoeval_equipements_cp1252.csv", "g4it_datacenters.csv")
    sources = [EXAMPLES / name for name in names]
    before = fleet_of(sources)
    for name, content in inventory.g4it_files(sources, at=AT).items():
        (tmp_path / name).write_bytes(content)
    written = [tmp_path / "equipementPhysique.csv", tmp_path / "datacenter.csv"]
    with written[0].open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    assert len({line["nomEquipementPhysique"] for line in lines}) == len(lines)
    assert sum(Decimal(line["quantite"]) for line in lines) == sum(row[-1] for row in before)
    assert {line["utilisateur"] for line in lines} == {""}
    assert {line["paysDUtilisation"] for line in lines} == {"France", "Germany"}
    assert fleet_of(written) == before


def test_the_archive_is_the_same_for_the_same_fleet_and_no_cell_starts_a_formula(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text(
        "Nom;Type;Quantité;Date d'achat\n=cmd;UC + écran;2;2024\n=cmd;laptop;1;2023-05-01\n", encoding="utf-8"
    )
    archive = inventory.g4it_archive([path], at=AT)
    assert archive == inventory.g4it_archive([path], at=AT)
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        lines = files.read("equipementPhysique.csv").decode().splitlines()[1:]
    assert [line.split(";")[:7:2] for line in lines] == [
        ["'=cmd", "2", "2024-07-01", "Desktop"], ["'=cmd #2", "2", "2024-07-01", "Monitor"],
        ["'=cmd #3", "1", "2023-05-01", "Laptop"],
    ]  # fmt: skip


def test_a_fleet_where_nothing_counts_is_not_written(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("Type;Statut\nlaptop;réformé\n", encoding="utf-8")
    with pytest.raises(TerreauError) as refusal:
        inventory.g4it_files([path], at=AT)
    assert refusal.value.code == "inventory.nothing_to_export"
