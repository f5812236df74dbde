"""Files of values beside what is already kept: corrections, the template, the export that comes back, a file read apart."""

import io
import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.indicators import apart
from terreau.indicators.exporting import HEADERS, write_values
from terreau.indicators.loading import private
from terreau.indicators.series import series
from terreau.indicators.value_columns import TO_FILL, template
from terreau.kernel.errors import TerreauError
from tests.indicators.small_board import BOARD, RATE, YEARS, a_value, an_indicator
from tests.indicators.value_files import AT, NOW, codes, numbers, outcomes, read

YEARS_AGAIN = an_indicator("PRIVE")


def test_a_day_already_kept_is_the_same_a_correction_or_another_method(tmp_path):
    kept = [
        a_value(4.0, date(2022, 12, 31)),
        a_value(4.1, date(2023, 12, 31)),
        a_value(4.2, date(2024, 12, 31), method="old"),
    ]
    text = "Indicateur;Date;Valeur;Méthode\nKEPT;2022;4,0;\nKEPT;2023;5,1;\nKEPT;2024;6,2;new\nKEPT;2025;7,0;\n"
    told = read(tmp_path, text, known=kept)
    assert [codes(line) for line in told.lines] == [["already_known"], ["will_correct"], ["will_recompute"], []]
    assert [(one.corrects, one.recomputes) for one in told.values] == [
        (kept[1].id, None),
        (None, kept[2].id),
        (None, None),
    ]
    after = series("KEPT", [*kept, *told.values])
    assert after.remarks == ()
    assert [point.original.value for point in after.points] == [4.0, 5.1, 4.2, 7.0]
    again = read(tmp_path, text, known=[*kept, *told.values])
    assert [codes(line) for line in again.lines] == [["already_known"]] * 4


def test_the_value_is_signed_explained_and_knows_its_line(tmp_path):
    told = read(tmp_path, "Indicateur;Date;Valeur;Commentaire\nKEPT;2024;4;sorties du parc\nKEPT;2023;4;\n")
    assert [(one.signed_by, one.explained, one.origin) for one in told.values] == [
        ("référente", "sorties du parc", "file"), ("référente", "valeurs.csv:3", "file")]  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_template_is_read_back_and_its_unfilled_lines_are_counted(tmp_path, format, language):
    told = read(tmp_path, template(format, language, BOARD), name=f"t.{format}")
    assert [codes(line) for line in told.lines] == [["date_absent", "value_absent"]] * len(BOARD)
    assert told.findings == ()
    assert len(told.sheets[0].columns) == len(TO_FILL)


def test_a_template_of_another_format_is_refused():
    with pytest.raises(TerreauError, match="template_format"):
        template("ods")


def exported(values, language="fr"):
    target = io.StringIO(newline="")
    write_values(values, BOARD, target, language)
    return target.getvalue()


def test_the_export_tells_everything_and_comes_back_without_what_was_replaced(tmp_path):
    first = a_value(45.0, date(2023, 12, 31), low=40.0, high=50.0)
    second = a_value(4.5, date(2023, 12, 31), corrects=first.id, explained="=1+1")
    rate = a_value(
        75.0, date(2024, 12, 31), indicator="TRAINED", unit="%", numerator=30.0, denominator=40.0, group="it"
    )
    text = exported([first, second, rate])
    assert text.count("\r\n") == 4
    assert text.splitlines()[1].split(";")[13] == "corrigée"
    assert "'=1+1" in text
    told = read(tmp_path, text)
    assert outcomes(told) == ["rejected", "accepted", "accepted"]
    assert [(one.value, one.numerator, one.group) for one in told.values] == [(4.5, None, ""), (75.0, 30.0, "it")]
    assert [one.code for one in told.findings] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_column_of_the_export_has_its_cell(language):
    lines = exported([a_value(4.0)], language).splitlines()
    assert lines[0].count(";") == lines[1].count(";") == len(HEADERS[language]) - 1


FIGURES = st.floats(0.001, 1e9).map(lambda x: float(f"{x:.6g}"))


@given(st.lists(FIGURES, min_size=1, max_size=24), st.sampled_from(["fr", "en"]))
@settings(max_examples=6)
def test_what_is_exported_comes_back_with_its_figures(tmp_path_factory, figures, language):
    values = [a_value(one, date(2000 + n, 12, 31), denominator=None) for n, one in enumerate(figures)]
    told = read(tmp_path_factory.mktemp("back"), exported(values, language))
    assert (numbers(told), outcomes(told)) == (figures, ["accepted"] * len(figures))


def test_a_hundred_indicators_over_ten_years_are_read_at_once(tmp_path):
    text = "Indicateur;Groupe;Date;Valeur\n" + "".join(
        f"{key};g{n};{year};4,5\n" for key in (RATE.key, YEARS.key) for n in range(50) for year in range(2016, 2026)
    )
    told = read(tmp_path, text)
    assert told.counts.lines == 1000
    assert {one.group for one in told.values} == {f"g{n}" for n in range(50)}


def test_a_file_read_apart_says_the_same_in_plain_values(tmp_path):
    text = "Indicateur;Date;Valeur\nKEPT;2024;4,5\nKEPT;bientôt;4\nPRIVE;2024;3\n"
    here = read(tmp_path, text, indicators=(YEARS, private(YEARS_AGAIN, "org-1")))
    plain = apart.values(path=str(tmp_path / "valeurs.csv"), name="valeurs.csv", at=AT.isoformat(), recorded_at=NOW.isoformat(), signed_by="référente",
                         indicators=json.loads(json.dumps(apart.documents((YEARS, private(YEARS_AGAIN, "org-1"))))))  # fmt: skip
    assert json.loads(json.dumps(plain)) == here.as_json("fr")
    assert [line["value"] and line["value"]["indicator"] for line in plain["lines"]] == [
        "KEPT",
        None,
        "org:org-1/PRIVE",
    ]
