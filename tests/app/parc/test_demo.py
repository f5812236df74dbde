"""The two example organisations: derived the same way every time, imported as a person would."""

import csv
import io
from datetime import date

from terreau.app import demo, demo_year

LIST = """"Nom";"Statut";"Informations financières et administratives - Date d'achat";"Informations financières et administratives - Date de réforme"
"A";"En production";"2019-07-20";""
"B";"En production";"2026-02-01";""
"C";"Réformé";"2018-03-01";"2026-05-04"
"D";"Réformé";"2012-03-01";"2020-05-04"
"""


def test_a_year_before_what_came_later_is_not_there_and_what_left_later_still_is():
    told = list(csv.reader(io.StringIO(demo.a_year_before(LIST, date(2025, 9, 30))), delimiter=";"))
    assert [row[0] for row in told] == ["Nom", "A", "C", "D"]
    assert told[2][1:] == ["En production", "2018-03-01", ""]
    assert told[3][1:] == ["Réformé", "2012-03-01", "2020-05-04"]


def test_the_earlier_year_is_always_the_same_and_smaller():
    text = (demo.examples() / "inventories/glpi10_fr_ordinateurs.csv").read_text(encoding="utf-8-sig")
    once, twice = demo.a_year_before(text, demo.LAST_YEAR), demo.a_year_before(text, demo.LAST_YEAR)
    assert once == twice
    assert 300 < once.count("\n") < text.count("\n")


def test_the_year_of_valmont_sends_its_retired_somewhere_and_changes_nothing_in_service():
    text = (demo.examples() / "inventories/glpi11_fr_ecrans.csv").read_text(encoding="utf-8-sig")
    now = demo_year.told_this_year(text)
    assert now == demo_year.told_this_year(text)
    for status in ("En production", "En stock"):
        assert now.count(f'"{status}"') == text.count(f'"{status}"')
    assert '"Recyclé"' in now and '"Vendu"' in now and "Q7" not in now
    then = demo_year.told_last_year(now)
    assert then.count('"En production"') > now.count('"En production"') and "Q7" in then
    assert demo_year.told_this_year("Device name,Ownership\nPC,Corporate\n") == "Device name,Ownership\nPC,Corporate\n"
