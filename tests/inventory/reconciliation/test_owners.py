"""Whose is a device that the inventory holds and a tool says is somebody's own: a person says, once, for every import."""

from datetime import date

import pytest

from terreau import inventory
from terreau.inventory.decisions import NONE, Decisions
from terreau.inventory.fates import settle_fates
from terreau.kernel.period import Period
from terreau.tables.engine import engine

PERIOD = Period.twelve_months_ending(date(2026, 9, 30))
LIST = "Nom;Fabricant;Modèle;Type;Numéro de série;Propriété;Numéro d'inventaire"
SEEN = "Nom;Fabricant;Modèle;Numéro de série;Dernier contact;Propriété"
PHONE = "serial:F2LX9012␟Inventaire"


@pytest.fixture(scope="module")
def con():
    with engine(threads=1) as opened:
        yield opened


@pytest.fixture
def source(tmp_path):
    """Write a list and name it as a source of a kind of tool."""

    def write(name, kind, headings, *lines):
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join((headings, *lines)) + "\n", encoding="utf-8")
        return inventory.NamedSource(path=path, name=name, kind=kind)

    return write


@pytest.fixture
def both(source):
    """A telephone and a laptop of the inventory; the manager of devices says that the telephone is its user's."""
    return [source("Inventaire", "glpi", LIST, "TEL-1;Apple;iPhone 13;GSM;F2LX9012;;A-1", "PC-1;Dell;Latitude 5540;Portable;A7K29QX1;;A-2"),
            source("Intune", "intune", SEEN, "u;Apple;iPhone 13;F2LX9012;2026-09-28;Personal")]  # fmt: skip


def devices(con, inputs, decisions=NONE):
    """Name, ownership and fate of each device, by serial."""
    lines = inventory.gather_all(con, inputs).lines
    settled = settle_fates(con, lines, period=PERIOD, decisions=decisions)
    return {serial: said for serial, *said in con.execute(
        f"SELECT serial, name, ownership, fate FROM {settled.relation} WHERE fate <> 'merged'").fetchall()}  # fmt: skip


def told(con, inputs, decisions=NONE):
    return inventory.reconcile(con, inputs, period=PERIOD, decisions=decisions)


def test_what_the_inventory_holds_and_a_tool_says_is_somebodys_own_is_asked_listed_and_settled_either_way(con, both):
    assert devices(con, both)["F2LX9012"] == [None, "personal", "personal"]
    asked = told(con, both)
    (question,) = [one.disagreement for one in asked.to_decide if one.kind == "personal_but_listed"]
    (listed,) = asked.personal_in_question.first
    assert question.key == listed.key == PHONE
    ours = NONE.with_owner(PHONE, "org")
    assert devices(con, both, ours)["F2LX9012"] == ["TEL-1", "org", "counted"]
    theirs = NONE.with_owner(PHONE, "personal")
    assert devices(con, both, theirs)["F2LX9012"] == [None, "personal", "personal"]
    for decisions, personal in ((ours, 0), (theirs, 1)):
        after = told(con, both, decisions)
        assert (after.personal.count, after.personal_in_question.count, after.to_decide) == (personal, 0, ())
        assert after.rows == after.devices + after.merged + after.virtual == 3


def test_the_answer_holds_when_one_source_comes_back_alone_and_touches_no_other_device(con, both):
    laptop = ["PC-1", None, "counted"]
    assert devices(con, both[:1]) == {"F2LX9012": ["TEL-1", None, "counted"], "A7K29QX1": laptop}
    assert devices(con, both[:1], NONE.with_owner(PHONE, "personal")) == {
        "F2LX9012": [None, "personal", "personal"], "A7K29QX1": laptop}  # fmt: skip
    elsewhere = NONE.with_owner("serial:F2LX9012␟Une autre source", "org")
    assert devices(con, both, elsewhere)["F2LX9012"][2] == "personal"


def test_a_leased_device_that_is_ours_stays_leased(con, source):
    inputs = [source("Inventaire", "glpi", LIST, "TEL-1;Apple;iPhone 13;GSM;F2LX9012;Location;"),
              source("Intune", "intune", SEEN, "u;Apple;iPhone 13;F2LX9012;2026-09-28;Personal")]  # fmt: skip
    ours = NONE.with_owner(PHONE, "org")
    assert devices(con, inputs, ours)["F2LX9012"] == ["TEL-1", "leased", "counted"]
    assert devices(con, inputs[:1], ours)["F2LX9012"] == ["TEL-1", "leased", "counted"]


def test_two_answers_that_part_about_one_device_leave_it_counted(con, both):
    decisions = NONE.with_owner(PHONE, "personal").with_owner("serial:F2LX9012␟Intune", "org")
    assert devices(con, both, decisions)["F2LX9012"][2] == "counted"


def test_the_sources_are_shown_as_they_spoke_whatever_was_settled(con, both):
    after = told(con, both, NONE.with_owner(PHONE, "org"))
    (rows,) = inventory.lineage(con, after.seen, [one.device for one in _phones(con, after)]).values()
    assert {(row.source, row.said.get("ownership")) for row in rows} == {("Inventaire", None), ("Intune", "personal")}


def test_the_answer_enters_the_name_of_a_run_and_goes_through_json():
    ours, theirs = NONE.with_owner(PHONE, "org"), NONE.with_owner(PHONE, "personal")
    assert len({one.digest for one in (NONE, ours, theirs)}) == 3
    assert Decisions.from_json(theirs.as_json()) == theirs
    assert "owners" not in NONE.as_json(), "older decisions keep their name"


def _phones(con, after):
    from terreau.inventory.reconciliation.listing import listed

    return listed(con, after.seen, f"SELECT device FROM {after.seen.devices} WHERE category = 'smartphone'")
