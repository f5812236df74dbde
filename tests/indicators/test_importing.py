"""A file of values: what each line was understood to say, what is wrong with it, and every line accounted for."""

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.indicators.catalogue import indicator
from terreau.indicators.naming import MOST_GUESSES
from terreau.indicators.values import Value
from terreau.kernel.errors import TerreauError
from tests.indicators.value_files import codes, numbers, outcomes, read, workbook


def test_french_decimals_and_english_ones_are_read_by_what_the_column_proves(tmp_path):
    french = read(
        tmp_path, "Indicateur;Date;Valeur\nKEPT;31/12/2024;4,5\nCARBON;31/12/2024;1 234,5\nCARBON;31/12/2023;1.234\n"
    )
    assert (numbers(french), outcomes(french)) == ([4.5, 1234.5, 1234.0], ["accepted"] * 3)
    english = read(
        tmp_path, 'Indicator,Date,Value\nKEPT,2024-12-31,4.5\nCARBON,2024-12-31,"1,234.5"\nCARBON,2023-12-31,"1,234"\n'
    )
    assert (numbers(english), outcomes(english)) == ([4.5, 1234.5, 1234.0], ["accepted"] * 3)
    assert (english.sheets[0].decimal, english.sheets[0].proven) == (".", True)


@pytest.mark.parametrize(("cell", "value"), [("1.234", 1234.0), ("1,234", 1.234)])
def test_a_mark_that_nothing_proves_makes_the_line_doubtful(tmp_path, cell, value):
    told = read(tmp_path, f"Indicateur;Date;Valeur\nCARBON;2024;{cell}\n")
    assert (numbers(told), outcomes(told), codes(told.lines[0])) == ([value], ["doubtful"], ["number_ambiguous"])


def test_a_number_of_a_workbook_is_what_its_cell_holds(tmp_path):
    rows = [
        ["Indicateur", "Date", "Valeur"],
        ["KEPT", date(2024, 12, 31), 1.234],
        ["KEPT", 2023, "12,5"],
        ["CARBON", 2023, 3.5e-05],
    ]
    told = read(tmp_path, workbook(rows), name="valeurs.xlsx")
    assert (numbers(told), outcomes(told)) == ([1.234, 12.5, 3.5e-05], ["accepted"] * 3)
    assert [line.value.on for line in told.lines] == [date(2024, 12, 31), date(2023, 12, 31), date(2023, 12, 31)]


@pytest.mark.parametrize(
    ("cells", "values", "reading"),
    [
        (("45 %", "62 %", "7 %"), [45, 62, 7], ""),
        (("45", "62", "7"), [45, 62, 7], "percent"),
        (("0,45", "0,62", "0,07"), [45, 62, 7], "share"),
        (("0,45", "0,29", "1"), [45, 29, 100], "undecided"),
        (("45 %", "0,45", "7 %"), [45, 45, 7], "undecided"),
        (("45", "0,62", "7"), [45, 0.62, 7], "percent"),
        (("0,3", "0,7", "0,9", "1"), [30, 70, 90, 100], "share"),
        (("0", "45", "0"), [0, 45, 0], "percent"),
    ],
)
def test_percentages_are_decided_by_column_and_ambiguous_ones_are_doubtful(tmp_path, cells, values, reading):
    lines = "".join(f"TRAINED;{2020 + n};{cell}\n" for n, cell in enumerate(cells))
    told = read(tmp_path, "Indicateur;Année;Valeur\n" + lines)
    assert (numbers(told), told.sheets[0].percentages) == (values, reading)
    doubted = [line.line - 2 for line in told.lines if line.outcome == "doubtful"]
    expected = {("0,45", "0,29", "1"): [0, 1, 2], ("45 %", "0,45", "7 %"): [1], ("45", "0,62", "7"): [1]}
    assert doubted == expected.get(cells, [])
    said = [one.code for one in told.findings]
    assert said == {"share": ["indicators.percent_read_as_share"], "undecided": ["indicators.percent_undecided"]}.get(
        reading, []
    )


def test_the_two_terms_prove_how_a_percentage_is_written(tmp_path):
    told = read(
        tmp_path,
        "Indicateur;Année;Valeur;Numérateur;Dénominateur;Minimum;Maximum\nTRAINED;2024;0,45;45;100;0,4;0,5\nTRAINED;2023;0,5;1;200;;\n",
    )
    assert (numbers(told), outcomes(told), told.sheets[0].percentages) == ([45, 0.5], ["accepted"] * 2, "mixed")
    assert (told.values[0].low, told.values[0].high) == (40, 50)


def test_a_blank_value_is_made_of_its_two_terms_and_never_of_one(tmp_path):
    told = read(tmp_path, "Indicateur;Année;Valeur;Numérateur;Dénominateur\nTRAINED;2024;;30;40\nTRAINED;2023;;30;\nTRAINED;2022;;30;0\n"
                "TRAINED;2021;75;30;0\nTRAINED;2020;;;\nKEPT;2020;;30;40\nTRAINED;2019;;30;-2\nCARBONPP;2024;;9000;40\n")  # fmt: skip
    assert numbers(told) == [75, None, None, None, None, None, None, 225]
    assert [codes(line) for line in told.lines] == [
        [], ["denominator_absent"], ["denominator_zero"], ["denominator_zero"], ["value_absent"], ["value_absent"],
        ["denominator_negative"], [],
    ]  # fmt: skip


def test_a_value_that_is_not_its_ratio_is_doubtful_rounding_apart(tmp_path):
    told = read(
        tmp_path,
        "Indicateur;Année;Valeur;Numérateur;Dénominateur\nTRAINED;2024;33;1;3\nTRAINED;2023;40;1;3\nCARBONPP;2024;0,2;9;40\nCARBONPP;2023;9;9;40\n",
    )
    assert [codes(line) for line in told.lines] == [[], ["value_is_not_its_ratio"], [], ["value_is_not_its_ratio"]]


def test_a_day_a_month_a_quarter_a_half_year_and_a_year_stand_at_their_end(tmp_path):
    cells = ["31/12/2024", "mars 2024", "T1 2025", "2025-Q2", "S1 2024", "2e trimestre 2024", "2023", "2026"]
    told = read(
        tmp_path, "Indicateur;Période;Valeur\n" + "".join(f"KEPT;{cell};4,{n}\n" for n, cell in enumerate(cells))
    )
    assert [line.value and line.value.on.isoformat() for line in told.lines] == [
        "2024-12-31", "2024-03-31", "2025-03-31", "2025-06-30", "2024-06-30", None, "2023-12-31", "2026-11-22"]  # fmt: skip
    assert [line.value.precision for line in told.lines if line.value] == [
        "day",
        "month",
        "quarter",
        "quarter",
        "half-year",
        "year",
        "year",
    ]
    assert codes(told.lines[5]) == ["duplicate_in_file"]
    assert codes(told.lines[7]) == ["period_still_running"]
    assert told.lines[6].value.period.start == date(2023, 1, 1)


@pytest.mark.parametrize(
    ("line", "outcome", "code"),
    [
        ("KEEPT;2024;4", "rejected", "unknown"),
        ("ZZ99;2024;4", "rejected", "unknown_far"),
        ("KEPT;2024;#DIV/0!", "rejected", "formula_in_error"),
        ("KEPT;2024;#VALEUR!", "rejected", "formula_in_error"),
        ("KEPT;2024;-3", "doubtful", "value_below_least"),
        (";2024;4", "rejected", "indicator_absent"),
        ("KEPT;;4", "rejected", "date_absent"),
        ("KEPT;bientôt;4", "rejected", "date_unreadable"),
        ("KEPT;31/02/2024;4", "rejected", "date_unreadable"),
        ("KEPT;T7 2024;4", "rejected", "date_unreadable"),
        ("KEPT;2027-01-01;4", "rejected", "future_date"),
        ("KEPT;2031;4", "rejected", "future_date"),
        ("KEPT;05/04/2024;4", "doubtful", "date_order_undecided"),
        ("KEPT;vers 2019;4", "doubtful", "date_approximate"),
        ("KEPT;2024;beaucoup", "rejected", "value_unreadable"),
        ("KEPT;2024;1/2", "rejected", "value_unreadable"),
        ("KEPT;2024;n.c.", "rejected", "value_absent"),
        ("KEPT;2024;,45", "accepted", ""),
        ("KEPT;2024;4 tonnes", "rejected", "unit_differs"),
        ("KEPT;2024;4 ans", "accepted", ""),
        ("KEPT;2024;4 environ", "doubtful", "number_among_words"),
        ("TRAINED;2024;145 %", "doubtful", "percent_out_of_range"),
        ("Durée de vie réelle;2024;4", "accepted", ""),
        ("actual LIFESPAN;2024;4", "accepted", ""),
    ],
)
def test_each_trouble_is_named_with_its_remedy_in_both_languages(tmp_path, line, outcome, code):
    told = read(tmp_path, f"Indicateur;Date;Valeur\n{line}\n")
    assert (outcomes(told), codes(told.lines[0])) == ([outcome], [code] if code else [])
    for one in told.lines[0].remarks:
        assert one.line == 2
        for language in ("fr", "en"):
            assert "‹" not in str(one.words(language))
            assert one.words(language).remedy


def test_an_unknown_indicator_names_the_nearest(tmp_path):
    told = read(tmp_path, "Indicateur;Date;Valeur\nTRAINDE;2024;4\nTaux de formations;2024;4\n")
    assert [line.remarks[0].facts["nearest"].split(", ")[0] for line in told.lines] == ["TRAINED", "TRAINED"]


@pytest.mark.parametrize(
    ("unit", "outcome"),
    [("ans", "accepted"), ("years", "accepted"), ("Année", "accepted"), ("mois", "rejected"), ("bidules", "rejected")],
)
def test_a_unit_written_beside_is_checked_and_never_converted(tmp_path, unit, outcome):
    assert outcomes(read(tmp_path, f"Indicateur;Date;Valeur;Unité\nKEPT;2024;48;{unit}\n")) == [outcome]


def test_tonnes_are_spelt_in_many_ways(tmp_path):
    units = ["t CO2 eq", "tCO2e", "t CO₂ éq.", "tonnes CO2e"]
    told = read(
        tmp_path,
        "Indicateur;Date;Valeur;Unité\n" + "".join(f"CARBON;{2020 + n};48;{unit}\n" for n, unit in enumerate(units)),
    )
    assert outcomes(told) == ["accepted"] * 4
    assert outcomes(read(tmp_path, "Indicateur;Date;Valeur;Unité\nCARBON;2024;48000;kg CO2e\n")) == ["rejected"]


def test_bounds_are_swapped_or_dropped_and_it_is_said(tmp_path):
    told = read(tmp_path, "Indicateur;Date;Valeur;Min;Max\nKEPT;2024;5;6;4\nKEPT;2023;5;6;7\nKEPT;2022;5;4;\n")
    assert [(line.value.low, line.value.high) for line in told.lines] == [(4, 6), (None, None), (4, None)]
    assert [codes(line) for line in told.lines] == [["bounds_reversed"], ["value_outside_bounds"], []]


def test_the_second_line_of_one_day_is_rejected_and_names_the_first(tmp_path):
    told = read(
        tmp_path,
        "Indicateur;Groupe;Date;Valeur\nTRAINED;it;2024;40\nTRAINED;it;31/12/2024;41\nTRAINED;hr;2024;42\nTRAINED;;2024;43\n",
    )
    assert outcomes(told) == ["accepted", "rejected", "accepted", "accepted"]
    assert told.lines[1].remarks[0].words("fr").what == "TRAINED au 31/12/2024 est déjà donné à la ligne 2."


def test_every_line_of_the_file_is_counted_once(tmp_path):
    text = "Suivi des indicateurs;;\nIndicateur;Date;Valeur\nKEPT;2024;4\n;;\nKEPT;05/04/2023;4\nKEPT;;4\nTotal;;12\n"
    told = read(tmp_path, text)
    assert told.counts.lines == len(told.lines) == 3
    assert (told.counts.accepted, told.counts.doubtful, told.counts.rejected) == (1, 1, 1)
    assert told.counts.lines + told.counts.set_aside + 1 == len(text.splitlines())


def test_a_sheet_of_something_else_is_rejected_whole_and_told(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for row in [["Indicateur", "Date", "Valeur"], ["KEPT", 2024, 4]]:
        book.active.append(row)
    other = book.create_sheet("Notes")
    for row in [["Indicateur", "Remarques de la réunion"], ["KEPT", "à revoir"]]:
        other.append(row)
    book.save(tmp_path / "v.xlsx")
    told = read(tmp_path, (tmp_path / "v.xlsx").read_bytes(), name="v.xlsx")
    assert outcomes(told) == ["accepted", "rejected"]
    assert codes(told.lines[1]) == ["sheet_not_understood"]
    assert "Date" in told.lines[1].remarks[0].words("fr").what


def test_years_set_in_columns_give_a_value_for_each_filled_cell(tmp_path):
    told = read(
        tmp_path, "Suivi;;;\nIndicateur;2023;T1 2024;2027;Unité\nKEPT;4,5;4,8;;ans\nTRAINED;45 %;;80 %;%\nCARBON;;;;\n"
    )
    assert [(line.line, line.value and (line.value.indicator, line.value.on.isoformat(), line.value.value)) for line in told.lines] == [
        (3, ("KEPT", "2023-12-31", 4.5)), (3, ("KEPT", "2024-03-31", 4.8)), (4, ("TRAINED", "2023-12-31", 45)), (4, None), (5, None)]  # fmt: skip
    assert [(one.column, one.code.partition(".")[2]) for one in told.lines[3].remarks] == [("2027", "future_date")]
    assert codes(told.lines[4]) == ["date_absent", "value_absent"]
    assert told.sheets[0].columns == {
        "Indicateur": "indicator",
        "Unité": "unit",
        "2023": "value",
        "T1 2024": "value",
        "2027": "value",
    }
    assert told.findings == ()
    assert len({one.id for one in told.values}) == 3


def test_years_in_columns_of_a_workbook_and_a_formula_among_them(tmp_path):
    told = read(tmp_path, workbook([["Indicateur", 2023, 2024], ["KEPT", 4.5, "=B2+1"]]), name="v.xlsx")
    assert [codes(line) for line in told.lines] == [[], ["formula_uncalculated", "value_absent"]]
    assert told.lines[1].remarks[0].column == "2024"


def test_a_workbook_with_nothing_in_it_is_refused_in_words(tmp_path):
    with pytest.raises(TerreauError) as refused:
        read(tmp_path, workbook([]), name="v.xlsx")
    assert refused.value.words("fr").remedy


def test_a_file_without_dates_is_refused_in_words(tmp_path):
    with pytest.raises(TerreauError) as refused:
        read(tmp_path, "Indicateur;Siège;Agence\nKEPT;4;5\n")
    assert refused.value.code == "indicators.columns_missing"
    assert "Date" in refused.value.words("fr").what


def test_a_heading_nobody_knows_is_told_once_and_its_column_left(tmp_path):
    told = read(tmp_path, "Indicateur;Date;Valeur (ans);Humeur\nKEPT;2024;4;bonne\n")
    assert [(one.code, one.column) for one in told.findings] == [("indicators.heading_unknown", "Humeur")]
    assert numbers(told) == [4]


def test_a_formula_never_calculated_is_told_on_its_line(tmp_path):
    rows = [
        ["Indicateur", "Date", "Valeur", "Numérateur", "Dénominateur"],
        ["TRAINED", 2024, "=100*D2/E2", 30, 40],
        ["KEPT", 2024, "=2+2", None, None],
    ]
    told = read(tmp_path, workbook(rows), name="v.xlsx")
    assert [codes(line) for line in told.lines] == [["formula_uncalculated"], ["formula_uncalculated", "value_absent"]]
    assert (numbers(told), outcomes(told)) == ([75, None], ["doubtful", "rejected"])


CELLS = st.text(st.sampled_from("0123456789,. %-/KEPTRAINDCBOéà'=\"\t(“\u00a0\u202f²e"), max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["KEPT", "TRAINED", ""]) | CELLS, st.sampled_from(["2024", "31/12/2023", "T1 2025"]) | CELLS, CELLS, CELLS, CELLS),
                min_size=1, max_size=40))  # fmt: skip
@settings(max_examples=8)
def test_whatever_is_written_each_line_is_accounted_for_in_words(tmp_path_factory, rows):
    import csv

    text = io.StringIO(newline="")
    write = csv.writer(text, delimiter=";")
    write.writerow(["Indicateur", "Date", "Valeur", "Numérateur", "Dénominateur"])
    write.writerows(rows)
    told = read(tmp_path_factory.mktemp("any"), text.getvalue())
    assert told.counts.lines == told.counts.accepted + told.counts.doubtful + told.counts.rejected
    assert told.counts.lines + told.counts.set_aside == len(rows)
    for line in told.lines:
        assert (line.value is None) == (line.outcome == "rejected")
        assert (line.outcome == "accepted") == (line.remarks == ())
        for one in line.remarks:
            assert one.words("fr").remedy and "‹" not in str(one.words("fr")) + str(one.words("en"))
    kept = [(one.indicator, one.group, one.on) for one in told.values]
    assert len(kept) == len(set(kept))
    assert [Value.from_json(one.as_json()) for one in told.values] == list(told.values)


def test_figures_too_large_to_be_divided_leave_their_line_out_and_not_the_file(tmp_path):
    text = (
        "Indicateur;Date;Valeur;Numérateur;Dénominateur\n"
        "TRAINED;2024;;9e14;1e-300\nTRAINED;2023;0,5;5;10\nTRAINED;2022;0,25;1;4\nTRAINED;2025;;3;4\n"
    )
    told = read(tmp_path, text)
    assert outcomes(told) == ["rejected", "accepted", "accepted", "accepted"]
    assert codes(told.lines[0]) == ["value_unreadable"]
    assert numbers(told)[1:] == [50, 25, 75]


def test_a_rate_made_of_its_terms_beyond_a_hundred_per_cent_is_doubtful(tmp_path):
    """The sum of two conformity rates told as 155 over two services is not 7 750 %."""
    told = read(tmp_path, "Indicateur;Date;Valeur;Numérateur;Dénominateur\nTRAINED;2024;;155;2\nTRAINED;2023;;2;2\n")
    assert (outcomes(told), codes(told.lines[0])) == (["doubtful", "accepted"], ["percent_out_of_range"])


def test_a_service_weighed_in_kilograms_is_told_in_grams_per_functional_unit(tmp_path):
    text = "Indicateur;Date;Valeur;Numérateur;Dénominateur\nSRV10;2024;;12;4000\nSRV10;2023;4;20;5000\n"
    told = read(tmp_path, text, indicators=[indicator("SRV10")])
    assert (numbers(told), outcomes(told)) == ([3, 4], ["accepted", "accepted"])
    assert "kg" in indicator("SRV10").numerator.fr and indicator("SRV10").unit == "g CO2 eq/FU"


def test_signs_nobody_sees_make_no_other_group_and_a_group_too_long_is_left_out(tmp_path):
    text = (
        f"Indicateur;Date;Valeur;Groupe\nKEPT;2024;4;\u202elap\u200btop\nKEPT;2024;4;laptop\nKEPT;2023;4;{'x' * 161}\n"
    )
    told = read(tmp_path, text)
    assert [line.value and line.value.group for line in told.lines] == ["laptop", None, None]
    assert [codes(line) for line in told.lines][1:] == [["duplicate_in_file"], ["text_too_long"]]
    assert "160" in told.lines[2].remarks[0].words("fr").what


def test_a_file_of_strangers_is_told_quickly_and_the_first_ones_get_their_nearest(tmp_path):
    strangers = [f"KEPT{rank:03}" for rank in range(MOST_GUESSES + 1)]
    told = read(tmp_path, "Indicateur;Date;Valeur\n" + "".join(f"{one};2024;4\n" for one in [*strangers, strangers[0]]))
    assert [line.remarks[0].facts["nearest"] for line in told.lines][-3:] == ["KEPT", "", "KEPT"]
