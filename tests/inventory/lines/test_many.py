"""Many lines take other roads than few, so as to be quick: both lead to the same place."""

import pytest

from terreau import inventory
from terreau.inventory import arrival, classes, fates, keys
from terreau.kernel.period import Period
from terreau.tables import sheet, stored
from tests.inventory.lines.conftest import AT, EXAMPLES

FILES = [EXAMPLES / name for name in ("parc_ecoles_cp1252.csv", "lansweeper_assets.csv")]


def told(con):
    """What a check and a fleet say of the files."""
    report = inventory.check(FILES, at=AT)
    fleet = inventory.fleet(con, FILES, period=Period.twelve_months_ending(AT))
    columns = ", ".join(name for name in inventory.FLEET_COLUMNS if name not in ("device", "class_no"))
    lines = con.execute(f"SELECT {columns} FROM {fleet} ORDER BY ALL").fetchall()
    (classed,) = con.execute(f"""SELECT count(*) FROM {fleet} f JOIN {fleet}_classes c USING (class_no)
        WHERE c.category IS NOT DISTINCT FROM f.category AND c.size_class IS NOT DISTINCT FROM f.size_class
        AND coalesce(c.model_key, '') = f.model_key""").fetchone()
    (numbers, classes) = con.execute(f"SELECT count(DISTINCT class_no), count(*) FROM {fleet}_classes").fetchone()
    assert (classed, numbers) == (len(lines), classes)
    return report, lines


def as_if_many(monkeypatch):
    for room, name in ((stored, "FEW"), (sheet, "FEW"), (arrival, "_LIES_IN_MEMORY"), (fates, "LAID_AT_MOST"),
                       (fates, "OFTEN_AT_LEAST"), (keys, "SORTED_FROM")):  # fmt: skip
        monkeypatch.setattr(room, name, 1)


@pytest.mark.parametrize("first_lines", [0, fates.FIRST_LINES])  # 0: each column speaks later than that
def test_many_lines_are_read_and_settled_as_few_are(con, monkeypatch, first_lines):
    few = told(con)
    monkeypatch.setattr(fates, "FIRST_LINES", first_lines)
    as_if_many(monkeypatch)
    many = told(con)
    assert sum(one.kept.merged for one in few[0].files) == 2
    assert few == many


def test_the_number_of_a_rejected_line_says_nothing_of_the_others(con, listed, monkeypatch):
    """123456789 is that of one kept line: it parts two telephones of one IMEI, whatever a line without quantity repeats."""
    kept = ("Nom;Type;Fabricant;Modèle;Numéro de série;IMEI;Quantité", "T1;Smartphone;Apple;iPhone 13;S1ABCDEF12;356938035643809;1",
            "T2;Smartphone;Apple;iPhone 13;123456789;356938035643809;1")  # fmt: skip
    file = listed(*kept, "T3;Smartphone;Apple;iPhone 13;123456789;;0")

    def fate():
        fleet = inventory.fleet(con, [file], period=Period.twelve_months_ending(AT))
        return con.execute(f"SELECT fate, count(*) FROM {fleet} GROUP BY ALL ORDER BY ALL").fetchall()

    few = fate()
    as_if_many(monkeypatch)
    assert few == fate() == [("counted", 2)]


def test_what_each_line_is_is_looked_up_once_for_all(con, listed, monkeypatch):
    asked = []
    known = classes._classified
    monkeypatch.setattr(classes, "_classified", lambda said: asked.append(len(said)) or known(said))
    file = listed("Nom;Type;Modèle", *(f"HP E{233 + n};;" for n in range(20)))
    inventory.fleet(con, [file], period=Period.twelve_months_ending(AT))
    assert asked[0] == 20 and len(asked) == 2  # as read, then as settled
