"""The plan as one reads it: what asks for an answer first, by theme and by year, in money and days; and its door."""

import csv
import html
import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from terreau.app.indicators.models import KeptValue
from terreau.app.plan import door, exporting, showing
from terreau.indicators.exporting import plain
from terreau.plan.milestones import Milestone
from terreau.plan.totals import totals

HOME = "/o/valmont/plan/"


@pytest.fixture
def measured(organisation, today):
    """``measured(days_ago, value)``: a value of PARC02, obtained as the others unless said otherwise."""

    def made(ago, value, method="sorties"):
        KeptValue.objects.create(organisation=organisation, indicator="PARC02", on=today - timedelta(days=ago), value=value, unit="year",
                                 method=method)  # fmt: skip

    return made


def text_of(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_an_empty_plan_says_what_it_will_show_and_what_to_do_first(contributor_client, reader_client):
    assert "Commencez par un seul" in text_of(contributor_client.get(HOME))
    assert "Un contributeur peut en proposer un" in text_of(reader_client.get(HOME))


def test_what_is_late_or_missed_is_said_first_with_its_remedy(promised, owner_client, today):
    promised(statement="En bonne voie")
    promised(statement="En retard", milestones=(Milestone(key="j1", title="Règle", due=today - timedelta(days=3)),))
    promised(statement="Brouillon", taken=False)
    told = text_of(owner_client.get(HOME))
    first, _, rest = told.partition("par thème et par année")
    assert "En retard" in first and "répondez par une revue" in first and "En bonne voie en bonne voie" not in first
    assert "Tous (2)" in rest and "Brouillons Brouillon" in rest
    assert text_of(owner_client.get(f"{HOME}?statut=late")).count("En retard") == 2


def test_the_status_follows_the_values_of_the_board(promised, organisation, measured):
    promised()  # from 4,2 to 6 years over 760 days, 330 of them gone: 43 % of the way expected
    measured(330, 4.2)
    assert door.judged(organisation)[0].status == "on_track"
    measured(5, 4.4)
    one = door.judged(organisation)[0]
    assert (one.status, one.reasons[0].code, round(one.done, 2)) == ("late", "plan.status_behind_line", 0.11)
    measured(2, 5.2)
    assert door.judged(organisation)[0].status == "on_track"


def test_a_value_measured_otherwise_is_no_progress(promised, organisation, measured, owner_client):
    row = promised()
    measured(330, 4.2)
    measured(3, 6.5, method="politique d'achat")
    one = door.judged(organisation)[0]
    assert [seen.code for seen in one.reasons][-1] == "plan.status_method_changed" and one.done is None
    assert "autre méthode" in owner_client.get(f"{HOME}{row.pk}/").content.decode()


def test_the_last_value_is_told_with_what_the_measure_allows(promised, organisation, owner_client, today):
    row = promised()
    KeptValue.objects.create(
        organisation=organisation, indicator="PARC02", on=today, value=4.9, low=4.5, high=5.25, unit="year"
    )
    told = text_of(owner_client.get(f"{HOME}{row.pk}/"))
    assert "4,9 ans de 4,5 à 5,25" in told


def test_a_range_that_settles_nothing_is_unclear_and_its_bounds_have_four_digits(
    promised, organisation, owner_client, today
):
    row = promised()
    KeptValue.objects.create(
        organisation=organisation, indicator="PARC02", on=today, value=4.4, low=3.96972, high=6.943662, unit="year"
    )
    assert door.judged(organisation)[0].status == "unclear"
    told = text_of(owner_client.get(f"{HOME}{row.pk}/"))
    assert "incertain" in told and "de 3,97 à 6,944" in told
    assert "6,94366" not in told


def test_statuses_agree_with_how_many_they_are_said_of(promised, organisation, owner_client, today):
    for n in range(2):
        promised(statement=f"Manqué {n}", due=today - timedelta(days=1), milestones=())
    promised()
    found = door.standing(organisation)
    assert (found.words["missed"], found.words["on_track"]) == ("manqués", "en bonne voie")
    assert "manqués (2)" in text_of(owner_client.get(HOME))
    assert "2 manqués · 1 en bonne voie" in text_of(owner_client.get("/o/valmont/"))


def test_a_measure_is_told_with_four_digits_and_a_way_back_with_its_minus_sign(
    promised, organisation, owner_client, measured
):
    row = promised()  # from 4,2 to 6 years
    measured(5, 4.048912)
    assert "4,049 ans" in text_of(owner_client.get(f"{HOME}{row.pk}/"))
    told = text_of(owner_client.get(HOME, headers={"accept-language": "en"}))
    assert re.search(r"−8% of the way was made \(4\.049 years\); 4[23]% was expected\.", told)


def test_money_and_days_are_shared_by_year_and_add_up(promised, owner_client, organisation):
    row = promised()
    promised(statement="Sans budget", budget=None, person_days=None)
    found = door.standing(organisation)
    assert (found.budget, found.person_days, found.at_least, found.total) == (
        Decimal("1200.50"),
        Decimal("10.00"),
        True,
        2,
    )
    told = text_of(owner_client.get(HOME))
    assert "1 engagement n’a pas de budget estimé" in told and str(row.start.year) in told
    assert "Sans engagement Empreinte, Achats" in told


def test_the_years_read_add_up_to_the_total_read(promised, organisation, today):
    for n in range(3):
        promised(statement=f"Engagement {n}", budget=Decimal("333.33"), person_days=Decimal("3.33"), start=today - timedelta(days=200 + 97 * n),
                 due=today + timedelta(days=700))  # fmt: skip
    held = [one.commitment for one in door.judged(organisation)]
    told = showing.totals_told(totals(held, today), held)

    def read(words):
        return Decimal(re.sub(r"[^0-9,]", "", words).replace(",", "."))

    for column, whole in ((1, "budget"), (2, "days")):
        assert sum(read(row[column]) for row in told["rows"]) == read(told[whole])
    assert (read(told["budget"]), read(told["days"])) == (1000, 10)


def test_the_csv_holds_every_commitment_and_neutralises_formulas(promised, owner_client):
    promised(statement="=HYPERLINK(1)")
    promised(statement="Brouillon", taken=False)
    answer = owner_client.get(f"{HOME}csv/")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    told = next(one for one in rows if one["Clé de l’état"] != "draft")
    assert not told["Engagement"].startswith("=") and told["Budget (€)"] == "1200.50"
    assert (told["Indicateur de résultat"], told["Cible du résultat"], told["Leviers"]) == ("PARC02", "6.0", "LV01=6")
    assert told["État"] != told["Clé de l’état"] and told["Nom de l’indicateur de résultat"] not in ("", "PARC02")


def test_the_csv_speaks_the_language_of_the_reader_and_no_number_passes_for_thousands(promised, owner_client):
    promised()
    text = owner_client.get(f"{HOME}csv/", headers={"accept-language": "en"}).content.decode("utf-8-sig")
    (told,) = csv.DictReader(io.StringIO(text), delimiter=";")
    assert (told["Status"], told["Status key"], told["Theme key"]) == ("on track", "on_track", "fleet")
    assert [plain(one) for one in (1.234, 6.0, Decimal("1200.50"), None)] == ["1.2340", 6.0, Decimal("1200.50"), None]
    assert len({len(one) for one in exporting.HEADERS.values()}) == 1


def test_a_hundred_commitments_cost_no_more_questions_than_two(promised, owner_client, organisation):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert owner_client.get(HOME).status_code == 200
        return len(found)

    promised()
    promised(statement="Un autre")
    owner_client.get(HOME)
    few = asked()
    for number in range(12):
        promised(statement=f"Encore {number}")
    assert asked() == few
    assert len(re.findall(rb"<[a-z]", owner_client.get(HOME).content)) < 380


def test_the_next_days_and_the_late_ones_are_given_to_the_other_rooms(promised, organisation, today):
    promised(milestones=(Milestone(key="j1", title="Règle", due=today + timedelta(days=9)),))
    promised(statement="En retard", milestones=(Milestone(key="j1", title="Règle", due=today - timedelta(days=9)),))
    found = door.standing(organisation)
    assert found.counts == {"late": 1, "on_track": 1} and found.words["late"] == "en retard"
    assert [one.statement for one in found.urgent] == ["En retard"] and found.urgent[0].url.startswith(HOME)
    assert [one.on for one in found.ahead] == [today + timedelta(days=9)]
    assert {one.kind for one in door.due(organisation)} == {"milestone", "due"}
    assert len(door.heads(organisation)) == 2


def test_the_urgent_ones_that_do_not_fit_are_one_click_away(owner_client, promised, today):
    for n in range(8):
        promised(statement=f"Manqué {n}", due=today - timedelta(days=1), milestones=())
    page = owner_client.get("/o/valmont/plan/").content.decode()
    assert re.search(r'href="\?statut=(\w+)">Et 2 autres', page)[1] == "missed"
