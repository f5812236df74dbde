"""The page on levers says what the data and the loader do."""

from __future__ import annotations

import re

from terreau import levers
from terreau.levers.fields import Fields
from terreau.levers.reading import OPERATORS_OF, read_lever
from terreau.levers.records import DOMAINS, FAMILIES, KINDS, TIERS
from terreau.levers.sources import DATA
from tests.levers.page import PAGE, TABLES, drawn, rewritten

TEXT = PAGE.read_text(encoding="utf-8")


def test_every_table_of_the_page_is_the_one_of_the_data():
    for name in TABLES:
        assert drawn(name) in TEXT, f"{name}: python -m tests.levers.page"


def test_a_table_gone_stale_is_drawn_again():
    stale = TEXT.replace("Garder les ordinateurs portables six ans", "Garder")
    assert stale != TEXT
    assert rewritten(stale) == TEXT


def test_no_cell_breaks_its_table():
    for name in TABLES:
        headings, rows = TABLES[name]
        assert rows()
        assert all(len(row) == len(headings) and "|" not in "".join(row) for row in rows())


def test_every_parameter_is_told_with_its_operators():
    told = dict(
        re.findall(
            r"^\| `(\w+)(?::[^`]*)?` \| [^|]+ \| ([^|]+) \|", TEXT.partition("## Les leviers livrés")[0], re.MULTILINE
        )
    )
    assert set(told) == set(FAMILIES)
    for family, operators in told.items():
        assert set(re.findall(r"`(\w+)`", operators)) == set(OPERATORS_OF.get(family, ("set",)))


def test_the_lever_shown_is_complete(tmp_path):
    (shown,) = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    (tmp_path / "a.yaml").write_text(shown, encoding="utf-8")
    (made,) = levers.load(tmp_path, owner="org:1")
    assert (made.key, made.value) == ("org:1/vieux-ecrans", 12)


def test_every_field_the_loader_reads_is_told(tmp_path, monkeypatch):
    asked: set[str] = set()
    plain = Fields.done

    def remember(self: Fields) -> None:
        if not self.at:
            asked.update(self._asked)
        plain(self)

    monkeypatch.setattr(Fields, "done", remember)
    read_lever(DATA / "LV01.yaml")
    section = TEXT.partition("## Écrire le vôtre")[2]
    assert asked and [name for name in sorted(asked) if f"`{name}`" not in section] == []


def test_the_words_a_field_takes_are_told():
    for word in (*KINDS, *TIERS, *DOMAINS):
        assert f"`{word}`" in TEXT, word


def test_every_choice_of_the_page_can_be_typed():
    section = TEXT.partition("## Choisir une valeur")[2].partition("```")[0]
    typed = [
        one for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for one in re.findall(r"`([^`]+)`", row)
    ]
    assert len(typed) >= 9
    assert all(levers.parse(one) for one in typed)
