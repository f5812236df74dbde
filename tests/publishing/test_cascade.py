"""A difference drawn cause by cause."""

import re

from terreau.publishing import chart

WHOLE = chart.Step("Écart", -6.0, "−6")


def drawn(*steps, whole=WHOLE):
    return chart.cascade(key="e", title="Climat", axis="Cause", head="t", unit="t CO₂ éq.", steps=steps, whole=whole)


def bars(svg):
    """(x, width) of each bar, from top to bottom."""
    found = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="20"', svg)
    return [(float(x), float(width)) for x, _y, width in found]


def test_each_bar_begins_where_the_one_before_ended():
    told = drawn(chart.Step("Volume", 2.0, "+2"), chart.Step("Durée de vie", -8.0, "−8"))
    volume, life, whole = bars(told.svg)
    scale = life[1] / 8
    assert abs(volume[1] - 2 * scale) < 0.2  # of one scale
    assert abs((life[0] + life[1]) - (volume[0] + volume[1])) < 0.2  # falls from the end of the rise
    assert abs(whole[0] - life[0]) < 0.2  # the whole ends where the last step ended
    assert abs(whole[1] - 6 * scale) < 0.2


def test_what_did_not_move_is_in_the_table_and_not_in_the_drawing():
    told = drawn(chart.Step("Méthode", 0.0, "0"), chart.Step("Durée de vie", -6.0, "−6"))
    assert len(bars(told.svg)) == 2
    assert [(row.label, row.cells) for row in told.rows] == [
        ("Méthode", ("0",)),
        ("Durée de vie", ("−6",)),
        ("Écart", ("−6",)),
    ]


def test_the_drawing_reads_aloud_and_holds_no_name_that_breaks_it():
    told = drawn(chart.Step("<b>", 1.0, "+1"), chart.Step("Autre", -7.0, "−7"))
    assert "<b>" not in told.svg
    assert "Autre −7" in told.svg


def test_nothing_at_all_moved():
    told = drawn(whole=chart.Step("Écart", 0.0, "0"))
    assert len(bars(told.svg)) == 1
    assert "nan" not in told.svg
