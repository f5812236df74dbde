"""Numbers are written as a French or an English reader expects them."""

from datetime import date

import pytest

from terreau.kernel.interval import Interval
from terreau.publishing import numbers

NN = "\u202f"
NB = "\u00a0"


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (1234.5, f"1{NN}200", "1,200"),
        (190_499, f"190{NN}000", "190,000"),
        (78.9, "79", "79"),
        (5.449, "5,4", "5.4"),
        (0.0549, "0,055", "0.055"),
        (9.96, "10", "10"),
        (99.6, "100", "100"),
        (-3.25, "-3,2", "-3.2"),
        (0, "0", "0"),
    ],
)
def test_a_value_keeps_two_significant_digits(value, french, english):
    assert numbers.number(value, "fr") == french
    assert numbers.number(value, "en") == english


def test_a_tiny_toxicity_is_written_as_a_power_of_ten():
    assert numbers.number(0.0000325, "fr") == f"3,2{NB}×{NB}10⁻⁵"


def test_a_missing_value_is_said_missing_and_never_zero():
    assert numbers.number(None, "fr") == "donnée manquante"
    assert numbers.quantity(None, "kg CO2 eq", "en") == "no data"
    assert numbers.percent(None, "fr") == "donnée manquante"


def test_a_count_keeps_every_digit():
    assert numbers.count(3118, "fr") == f"3{NN}118"
    assert numbers.count(3118, "en") == "3,118"


def test_a_tonne_starts_at_a_thousand_kilograms():
    assert numbers.quantity(999, "kg CO2 eq", "fr") == f"1{NN}000{NB}kg{NB}CO₂{NB}éq."
    assert numbers.quantity(1000, "kg CO2 eq", "fr") == f"1,0{NB}t{NB}CO₂{NB}éq."
    assert numbers.quantity(190_000, "kg CO2 eq", "en") == f"190{NB}t{NB}CO₂{NB}eq."


def test_other_units_climb_their_own_ladder():
    assert numbers.quantity(3_900_000, "MJ", "fr") == f"3,9{NB}TJ"
    assert numbers.quantity(0.0054, "kg Sb eq", "fr") == f"5,4{NB}g{NB}Sb{NB}éq."
    assert numbers.quantity(0.25, "m3", "fr") == f"250{NB}L"
    assert numbers.quantity(1200, "kBq U-235 eq", "fr") == f"1{NN}200{NB}kBq{NB}U-235{NB}éq."
    assert numbers.unit_text("m3 world eq", "fr") == f"m³{NB}monde{NB}éq."
    assert numbers.unit_text("mol H+ eq", "fr") == f"mol{NB}H⁺{NB}éq."
    assert numbers.quantity(1200, "m3 world eq", "en") == f"1,200{NB}m³{NB}world{NB}eq."


def test_an_interval_is_written_in_the_unit_of_its_central_value():
    assert numbers.between(Interval(800, 1500, 2900), "kg CO2 eq", "fr") == f"0,80 à 2,9{NB}t{NB}CO₂{NB}éq."


def test_shares_are_whole_from_ten_per_cent_and_never_hide_a_small_one():
    assert numbers.percent(0.083, "fr") == f"8,3{NN}%"
    assert numbers.percent(0.1749, "fr") == f"17{NN}%"
    assert numbers.percent(0.1749, "en") == "17%"
    assert numbers.percent(0.0004, "fr") == f"<{NN}0,1{NN}%"
    assert numbers.percent(0, "fr") == f"0{NN}%"
    assert numbers.percent(1, "fr") == f"100{NN}%"


def test_dates_leave_no_doubt_about_the_month():
    assert numbers.day(date(2026, 9, 3), "fr") == "03/09/2026"
    assert numbers.day(date(2026, 9, 3), "en") == f"3{NB}Sep{NB}2026"


def test_a_date_of_a_file_inside_a_sentence_reads_as_in_the_language_of_the_page():
    assert numbers.dated("finissent le 2026-09-30, après 2025-12-01") == "finissent le 30/09/2026, après 01/12/2025"
    assert numbers.dated("end on 2026-09-03.", "en") == "end on 3\u00a0Sep\u00a02026."
    assert numbers.dated("modèle 5420-10-99") == "modèle 5420-10-99"
