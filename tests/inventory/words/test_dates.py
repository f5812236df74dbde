"""Dates: what is written, what is read, and what is only proposed."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.inventory import dates
from tests.inventory.words.sheets import sheet, workbook


def one(text: str, **options):
    return dates.read([text], **options).by_value[text]


@pytest.mark.parametrize(
    ("written", "day", "precision"),
    [
        ("14/03/2010", date(2010, 3, 14), "day"),
        ("17/09/16", date(2016, 9, 17), "day"),
        ("31-12-98", date(1998, 12, 31), "day"),
        ("2015", date(2015, 7, 1), "year"),
        ("année 2015", date(2015, 7, 1), "year"),
        ("nov. 2011", date(2011, 11, 15), "month"),
        ("août 2011", date(2011, 8, 15), "month"),
        ("déc. 2011", date(2011, 12, 15), "month"),
        ("mars-19", date(2019, 3, 15), "month"),
        ("03/2019", date(2019, 3, 15), "month"),
        ("rentrée 2018", date(2018, 9, 15), "month"),
        ("T3 2019", date(2019, 7, 15), "year"),
        ("1er janvier 2020", date(2020, 1, 1), "day"),
        ("lundi 3 juin 2019", date(2019, 6, 3), "day"),
        ("5-Mar-2019", date(2019, 3, 5), "day"),
        ("March 5, 2019", date(2019, 3, 5), "day"),
        ("43016", date(2017, 10, 8), "day"),
        ("44939", date(2023, 1, 13), "day"),
        ("20190315", date(2019, 3, 15), "day"),
        ("2019-09-21 00:00:00", date(2019, 9, 21), "day"),
        ("2026-09-01T00:00:00Z", date(2026, 9, 1), "day"),
        ("2022-04-28 11:05:00.7171853", date(2022, 4, 28), "day"),
        ("19-09-2026 16:07", date(2026, 9, 19), "day"),
        ("2026/06/12 05:40:00", date(2026, 6, 12), "day"),
    ],
)
def test_a_date_that_cannot_be_mistaken_is_read_without_doubt(written, day, precision):
    read = one(written)
    assert (read.day, read.precision, read.code) == (day, precision, None)


@pytest.mark.parametrize("filler", ["0001-01-01 00:00:00.0000000", "9999-12-31 23:59:59.9999999", "0000-00-00"])
def test_a_tool_s_filler_is_an_empty_cell_not_a_doubt(filler):
    assert one(filler) == dates.DateRead(None)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("?", "date_unreadable"),
        ("NC", "date_unreadable"),
        ("inconnue", "date_unreadable"),
        ("-", "date_unreadable"),
        ("2015/2016", "date_unreadable"),
        ("12", "date_unreadable"),
        ("31/02/2020", "date_impossible"),
        ("29/02/2021", "date_impossible"),
        ("2020-13-01", "date_impossible"),
        ("15/20/2020", "date_impossible"),
        ("01/01/1900", "date_out_of_range"),
        ("2099", "date_out_of_range"),
        ("31/12/2099", "date_out_of_range"),
    ],
)
def test_what_is_not_a_date_says_why(written, code):
    read = one(written)
    assert (read.day, read.code) == (None, f"inventory.{code}")


def test_a_year_among_words_is_a_proposal():
    read = one("vers 2015 ?")
    assert (read.day, read.precision, read.code) == (date(2015, 7, 1), "year", "inventory.date_approximate")


def test_one_date_that_cannot_be_american_decides_for_the_whole_column():
    column = dates.read(["03/04/2020", "25/04/2020", "2021-05-06", "mars 2019"])
    assert column.order == "dmy"
    assert column.by_value["03/04/2020"] == dates.DateRead(date(2020, 4, 3), "day")
    assert not column.doubtful


def test_one_date_that_cannot_be_french_decides_the_other_way():
    column = dates.read(["03/04/20", "4/25/20"])
    assert column.order == "mdy"
    assert column.by_value["03/04/20"].day == date(2020, 3, 4)


def test_a_column_that_cannot_decide_proposes_and_says_so():
    column = dates.read(["03/04/2020", "05/05/2020"])
    assert column.order == "undecided"
    assert column.by_value["03/04/2020"].day == date(2020, 4, 3)
    assert column.by_value["03/04/2020"].code == "inventory.date_order_undecided"
    assert column.by_value["05/05/2020"].code is None, "the same day either way"


def test_an_english_file_proposes_the_month_first():
    assert one("03/04/2020", language="en").day == date(2020, 3, 4)


def test_a_person_decides_for_a_column_that_cannot():
    column = dates.read(["03/04/2020"], order="mdy")
    assert (column.order, column.by_value["03/04/2020"]) == ("mdy", dates.DateRead(date(2020, 3, 4), "day"))


def test_a_column_that_cannot_decide_follows_its_neighbour():
    columns = dates.read_all({"bought": ["25/04/2020"], "in service": ["03/05/2020"]})
    assert columns["in service"].order == "dmy"
    assert not columns["in service"].doubtful


def test_a_stray_american_date_in_a_french_column_is_a_proposal():
    french = [f"{day}/01/2020" for day in range(13, 32)]
    column = dates.read([*french, "01/23/2020", "02/03/2020"])
    assert column.order == "dmy"
    assert column.by_value["01/23/2020"].code == "inventory.date_other_order"
    assert column.by_value["02/03/2020"] == dates.DateRead(date(2020, 3, 2), "day")


def test_a_column_of_years_has_nothing_to_order_and_iso_orders_itself():
    assert dates.read(["2018", "mars 2019", "44939"]).order == "none"
    assert dates.read(["2019-07-20", "2018"]).order == "ymd"


def test_in_the_school_list_only_the_cells_that_say_nothing_stay_unread():
    column = dates.read(sheet("parc_ecoles_cp1252.csv").cells("bought_on"))
    assert column.order == "dmy"
    assert set(column.doubtful) == {"?", "NC", "inconnue"}


@pytest.mark.parametrize(
    ("name", "field", "order"),
    [
        ("glpi10_fr_ordinateurs.csv", "bought_on", "dmy"),
        ("glpi10_fr_ordinateurs.csv", "in_service_on", "dmy"),
        ("glpi11_fr_ecrans.csv", "bought_on", "ymd"),
        ("snipeit_en_hardware.csv", "bought_on", "ymd"),
        ("intune_devices.csv", "last_seen_on", "ymd"),
        ("g4it_equipements_physiques.csv", "bought_on", "ymd"),
    ],
)
def test_every_date_of_the_other_examples_is_read(name, field, order):
    column = dates.read(sheet(name).cells(field))
    assert column.order == order
    assert not column.doubtful


def test_dates_years_and_texts_mix_in_a_workbook_column():
    computers, _ = workbook()
    column = dates.read(computers.cells("bought_on"))
    assert not column.doubtful
    assert {read.precision for read in column.by_value.values()} == {"day", "year"}


MONTHS = ("janv.", "février", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "octobre", "nov.", "décembre")


@settings(max_examples=50)
@given(st.dates(date(1980, 1, 1), date(2050, 12, 31)))
def test_a_day_is_the_same_however_it_is_written(day):
    written = [
        day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", f"{day:%Y%m%d}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}", f"{day:%Y-%m-%d} 23:59:59.9999999",
        str((day - date(1899, 12, 30)).days),
    ]  # fmt: skip
    column = dates.read([*written, "31/12/1999"])
    assert {column.by_value[text].day for text in written} == {day}
