"""A figure is read with its unit and its interval, and says when it is partial or missing."""

from terreau.kernel.interval import Interval
from terreau.publishing.figure import figure
from terreau.publishing.table import Row, Table, columns


def test_a_figure_carries_its_unit_and_its_interval():
    shown = figure("climate", Interval(150_000, 190_000, 250_000), "kg CO2 eq")
    assert shown.text == "190\u00a0t\u00a0CO₂\u00a0éq."
    assert shown.interval == "150 à 250\u00a0t\u00a0CO₂\u00a0éq."
    assert "de 150 à 250, valeur centrale 190" in shown.gauge


def test_a_partial_figure_says_at_least():
    assert figure("c", Interval.exact(12.0), "kg CO2 eq", at_least=True).text.startswith("au moins 12")
    assert figure("c", Interval.exact(12.0), "kg CO2 eq", "en", at_least=True).text.startswith("at least 12")


def test_a_missing_figure_is_said_missing_and_an_exact_one_has_no_interval():
    assert figure("c", None, "m3").number == "donnée manquante"
    assert figure("c", Interval.exact(3.0), "m3").gauge == ""


def test_a_table_knows_how_heavy_it_is_on_a_page():
    table = Table(caption="c", axis="a", heads=columns("x", "y", words=("y",)), rows=(Row("r", ("1", "2")),) * 9)
    assert table.weight == 40
    assert [head.numeric for head in table.heads] == [True, False]
