"""Numbers as spreadsheets show them."""

from decimal import Decimal

import pytest

from terreau.inventory import numbers
from tests.inventory.words.sheets import sheet


@pytest.mark.parametrize(
    ("decimal", "written", "value"),
    [
        (",", "749,90", "749.90"),
        (",", "3\u00a0480,00", "3480.00"),
        (",", "3\u202f480,00 €", "3480.00"),
        (",", "1.200,68", "1200.68"),
        (",", "1.200", "1200"),
        (",", "12.5", "12.5"),
        (",", "1 500 kWh/an", "1500"),
        (".", "1,145.24", "1145.24"),
        (".", "1,200", "1200"),
        (".", "12,5", "12.5"),
        (".", "$ 1,200.50", "1200.50"),
        ("", "715.94", "715.94"),
        ("", "1.234", "1.234"),
        (",", "1.234.567", "1234567"),
        (",", "-3", "-3"),
        (",", "(3)", "-3"),
        (",", "12 unités", "12"),
        (",", "1'200", "1200"),
        (",", "3,57E+14", "357000000000000"),
    ],
)
def test_a_number_is_read_with_the_decimal_mark_of_its_file(decimal, written, value):
    assert numbers.read([written], decimal)[written] == numbers.NumberRead(Decimal(value))


def test_a_number_among_unknown_words_is_a_proposal():
    read = numbers.read(["12 postes"], ",")["12 postes"]
    assert (read.value, read.code) == (Decimal(12), "inventory.number_among_words")


@pytest.mark.parametrize("written", ["?", "une douzaine", "2 + 1", "1/2", "1,2,3.4.5", "1e99999999999999999999"])
def test_what_is_not_one_number_has_no_value(written):
    read = numbers.read([written], ",")[written]
    assert (read.value, read.code) == (None, "inventory.number_unreadable")


def test_a_text_cell_of_a_workbook_may_be_read_two_ways():
    read = numbers.read(["1,234"], "")["1,234"]
    assert (read.value, read.code) == (Decimal("1.234"), "inventory.number_ambiguous")


@pytest.mark.parametrize(
    ("name", "field", "decimal"),
    [
        ("parc_ecoles_cp1252.csv", "quantity", ","),
        ("parc_ecoles_cp1252.csv", "cost", ","),
        ("glpi10_fr_ordinateurs.csv", "cost", "."),
        ("snipeit_en_hardware.csv", "cost", "."),
        ("snipeit_fr_hardware.csv", "cost", ","),
        ("g4it_equipements_physiques.csv", "kwh_per_year", "."),
    ],
)
def test_every_number_of_the_examples_is_read(name, field, decimal):
    read = numbers.read(sheet(name).cells(field), decimal)
    assert read
    assert not [value for value, found in read.items() if found.code]


def test_the_school_list_counts_as_many_pieces_as_its_grand_total_says():
    list_ = sheet("parc_ecoles_cp1252.csv")
    read = numbers.read(list_.cells("quantity"), ",")
    assert sum(read[cell].value for cell in list_.cells("quantity")) == 506
