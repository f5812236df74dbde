"""New or with a first life (neuf, reconditionné): from a column of its own, or from what that of ownership also says."""

import pytest

from terreau import inventory
from terreau.inventory import conditions
from terreau.inventory.device import SNAPSHOT_COLUMNS
from terreau.kernel.period import Period
from tests.bench import bench
from tests.inventory.lines.conftest import AT

YEAR = Period.twelve_months_ending(AT)
FR = "Type;Modèle;Date d'achat;"
NEW, OLD = "new", "second_hand"


def kept(path, columns="condition_at_purchase"):
    rows = bench().execute(f"SELECT {columns} FROM {inventory.take_in(bench(), [path]).kept} ORDER BY line")
    return [row[0] if len(row) == 1 else row for row in rows.fetchall()]


def came(*inputs):
    fleet = inventory.fleet(bench(), inputs, period=YEAR)
    return [row[0] for row in bench().execute(f"SELECT came_as FROM {fleet} WHERE fate = 'counted' ORDER BY asset").fetchall()]  # fmt: skip


def lines(*words):
    return [f"ordinateur portable;Latitude 5540;2026-02-01;{word}" for word in words]


@pytest.mark.parametrize(("heading", "words"), [
    ("Neuf/reconditionné", ("neuf", "Reconditionné", "")), ("État à l'achat", ("Neuve", "remis à neuf", "")),
    ("New / refurbished", ("new", "Refurbished", "")), ("Condition at purchase", ("Brand new", "used", "")),
    ("Reconditionné", ("non", "oui", "")), ("Refurbished", ("No", "Yes", "")), ("Seconde main", ("0", "x", "")),
])  # fmt: skip
def test_a_column_of_its_own_says_it_in_both_languages(listed, heading, words):
    path = listed(f"{FR}{heading}", *lines(*words))
    assert kept(path) == [NEW, OLD, None]
    (sheet,) = inventory.check([path], at=AT).files
    assert sheet.mapping[heading] == "condition_at_purchase" and not sheet.lines.doubtful


@pytest.mark.parametrize("heading", ["Mode d'acquisition", "Acquisition type"])
def test_the_column_of_ownership_says_both(listed, heading):
    path = listed(f"{FR}{heading}", *lines("Achat reconditionné", "Occasion", "Achat neuf", "Achat", "Seconde main",
                                           "Don reçu", "Location", "Location reconditionné"))  # fmt: skip
    assert kept(path, "ownership, condition_at_purchase") == [
        ("org", OLD), ("org", OLD), ("org", NEW), ("org", None), ("org", OLD), ("org", OLD), ("leased", None),
        ("leased", OLD),
    ]  # fmt: skip


def test_its_own_column_wins_over_that_of_ownership_which_fills_its_blanks(listed):
    path = listed(f"{FR}Mode d'acquisition;Neuf/reconditionné",
                  *lines("Occasion;neuf", "Achat;reconditionné", "Occasion;", "Achat;", "Achat;Location"))  # fmt: skip
    assert kept(path) == [NEW, OLD, OLD, None, None]
    assert not inventory.check([path], at=AT).files[0].lines.doubtful  # "Location" says something else: no doubt


def test_a_word_that_says_neither_makes_the_line_doubtful_and_counts_as_unknown(listed):
    path = listed(f"{FR}Neuf/reconditionné", *lines("xyz", "oui"))
    assert kept(path, "condition_at_purchase, doubtful") == [(None, True), (None, True)]
    (sheet,) = inventory.check([path], at=AT).files
    assert {one.code for one in sheet.findings} == {"inventory.condition_unknown"}  # "yes" to either is no answer


def test_a_status_says_nothing_of_it_and_a_sheet_without_it_reads_no_more(listed):
    path = listed(f"{FR}Statut", *lines("à reconditionner", "neuf en stock"))
    arrival = inventory.take_in(bench(), [path])
    assert kept(path) == [None, None] and "condition_at_purchase" not in arrival.sheets[0].fed


G4IT = "nomEquipementPhysique;modele;quantite;type;statut;dateAchat;paysDUtilisation;nomEntite;dureeUsageAmont"


def test_years_of_use_before_still_say_it_and_the_word_written_wins(listed):
    told = ("a;Latitude 5540;1;Laptop;In use;2026-02-01;France;E;2", "b;Latitude 5540;1;Laptop;In use;2026-02-01;France;E;0",
            "c;Latitude 5540;1;Laptop;In use;2026-02-01;France;E;")  # fmt: skip
    assert came(listed(G4IT, *told)) == [OLD, NEW, None]
    contrary = [f"{line};{word}" for line, word in zip(told, ("neuf", "reconditionné", "occasion"), strict=True)]
    assert came(listed(f"{G4IT};Neuf/reconditionné", *contrary, name="both.csv")) == [NEW, OLD, OLD]


def test_an_older_snapshot_reads_back_as_unknown_and_a_new_one_as_written(listed, tmp_path):
    rows = lines("neuf", "reconditionné")
    without = listed(FR.rstrip(";"), *(row.rpartition(";")[0] for row in rows), name="old.csv")
    old, new = (
        inventory.bring_in([path], at=AT, folder=tmp_path / "kept").snapshot.path
        for path in (without, listed(f"{FR}Neuf/reconditionné", *rows))
    )
    held = [row[0] for row in bench().execute(f"DESCRIBE SELECT * FROM read_parquet('{old}')").fetchall()]
    assert "condition_at_purchase" not in held and "condition_at_purchase" in SNAPSHOT_COLUMNS
    assert came(old) == [None, None]
    assert sorted(came(new)) == [NEW, OLD]


HEADINGS = "Nom;Modèle;Numéro de série;Date d'achat;Neuf/reconditionné"


def test_the_first_source_that_says_it_speaks_and_twins_agree(listed):
    glpi = listed(
        HEADINGS, "a;Latitude 5540;ABC1234;2026-02-01;", "b;Latitude 5540;DEF1234;2026-02-01;neuf", name="glpi.csv"
    )
    mdm = listed(
        HEADINGS, "a;Latitude 5540;ABC1234;;reconditionné", "b;Latitude 5540;DEF1234;;reconditionné", name="intune.csv"
    )
    kinds = ((glpi, "glpi"), (mdm, "intune"))
    sources = [inventory.NamedSource(path=path, name=path.stem, kind=kind) for path, kind in kinds]
    assert came(*sources) == came(*reversed(sources)) == [OLD, NEW]
    twins = listed(HEADINGS, *["a;Latitude 5540;ABC1234;2026-02-01;reconditionné"] * 2, name="twins.csv")
    assert came(twins) == [OLD]


def test_the_usual_words_of_a_first_life_are_read_without_doubt():
    words = ("Recond.", "D’occasion", "Réemploi", "don reçu", "Pre-owned")
    assert {said.condition for said in conditions.read(words).values()} == {OLD}
