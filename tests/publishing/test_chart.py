"""A chart never lies by its axis, its colours or its silence, and always comes with its table."""

import re
from xml.etree import ElementTree

from terreau.kernel.interval import Interval
from terreau.publishing.chart import AgeBand, Bar, Part, Series, age_pyramid, gauge, line, stacked_bars
from terreau.publishing.chart_drawing import STYLES, text_width, ticks, wrapped

SVG = "{http://www.w3.org/2000/svg}"
STAGES = (Part("Fabrication", "soil"), Part("Usage", "straw"))
FLEET = (
    Bar(label="Ordinateurs portables", values=(64_000.0, 7_000.0), interval=Interval(57_000, 71_000, 80_000)),
    Bar(label="Serveurs", values=(None, 9_000.0), interval=Interval(6_000, 9_000, 12_000), at_least=True),
    Bar(label="Bornes d'accès", values=(None, None)),
)


def bars(language="fr", fleet=FLEET):
    return stacked_bars(
        key="k", title="Climat <b>", axis="Catégorie", unit="kg CO2 eq", parts=STAGES, bars=fleet, language=language
    )


def parsed(svg):
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def widths(svg, height):
    return [float(r.get("width")) for r in parsed(svg).iter(f"{SVG}rect") if r.get("height") == height]


def test_a_chart_comes_with_the_table_of_the_same_figures():
    chart = bars()
    assert [head.label for head in chart.heads] == ["Fabrication", "Usage", "Total", "Intervalle (95 %)"]
    assert chart.unit == "t\u00a0CO₂\u00a0éq."
    assert chart.rows[0].cells == ("64", "7,0", "71", "57 à 80")
    assert chart.description.startswith("Ordinateurs portables 71, ")


def test_lengths_are_proportional_and_the_axis_starts_from_zero():
    embodied, use, server_use = widths(bars().svg, "22")[:3]
    assert abs(embodied / use - 64 / 7) < 0.1
    assert abs(server_use / use - 9 / 7) < 0.05
    texts = [text.text for text in parsed(bars().svg).iter(f"{SVG}text")]
    assert "0" in texts


def test_a_missing_value_is_written_as_missing_and_draws_no_bar():
    chart = bars()
    assert chart.rows[2].cells[2] == "donnée manquante"
    assert "donnée manquante" in chart.svg
    assert len(widths(chart.svg, "22")) == 3
    nothing = bars(fleet=(Bar(label="Vide", values=(0.0, 0.0)),))
    assert "donnée manquante" not in nothing.svg
    assert nothing.rows[0].cells[2] == "0"


def test_a_part_that_the_source_counts_inside_another_is_not_called_missing():
    whole = Bar(label="Serveurs", values=(None, 9_000.0), elsewhere=(0,))
    assert bars(fleet=(whole,)).rows[0].cells[0] == "–"


def test_a_partial_total_says_at_least():
    assert bars().rows[1].cells[2] == "au moins 9,0"
    assert bars("en").rows[1].cells[2] == "at least 9.0"
    assert "≥ 9,0" in bars().svg


def test_every_chart_is_one_image_with_a_title_and_a_description():
    for svg in (bars().svg, bars().svg_narrow):
        tree = parsed(svg)
        ids = {node.get("id") for node in tree.iter()}
        assert tree.get("role") == "img"
        assert set(tree.get("aria-labelledby").split()) <= ids
        assert "Climat <b>" in tree.find(f"{SVG}title").text
    assert not set(re.findall(r'id="([^"]+)"', bars().svg)) & set(re.findall(r'id="([^"]+)"', bars().svg_narrow))


def test_no_style_attribute_is_ever_written():
    assert "style=" not in bars().svg.replace("font-style=", "")


def test_no_reading_depends_on_colour_alone():
    textures = [texture for _, texture in STYLES.values()]
    assert len(set(textures)) == len(STYLES)


def test_no_text_leaves_the_drawing():
    long_name = "Écrans et moniteurs professionnels de très grande taille partagés entre plusieurs salles de réunion"
    chart = bars(
        fleet=(*FLEET, Bar(label=long_name, values=(1_000.0, 2_000.0), interval=Interval(1_000, 3_000, 99_000)))
    )
    for svg, width in ((chart.svg, 680), (chart.svg_narrow, 340)):
        for text in parsed(svg).iter(f"{SVG}text"):
            x, wide = float(text.get("x")), text_width(text.text, float(text.get("font-size")))
            left = x - {"middle": wide / 2, "end": wide}.get(text.get("text-anchor"), 0)
            assert left >= -1, text.text
            assert left + wide <= width + 1, text.text
    assert chart.rows[-1].label == long_name


def test_a_long_label_is_cut_at_a_space_and_says_so():
    assert wrapped("court", 14, 200) == ("court",)
    rows = wrapped("un libellé vraiment très long qui ne tient pas du tout sur deux lignes", 14, 120)
    assert len(rows) == 2
    assert rows[1].endswith("…")


def test_graduations_are_round_and_start_from_zero():
    assert ticks(71) == (0, 20, 40, 60, 80)
    assert ticks(0) == (0, 1)
    assert ticks(0.31) == (0, 0.1, 0.2, 0.30000000000000004, 0.4)


def test_a_hole_in_a_series_breaks_the_line():
    known = Interval(8_000, 10_000, 12_000)
    whole = line(
        key="l",
        title="T",
        axis="Année",
        unit="kg CO2 eq",
        marks=("24", "25", "26"),
        series=(Series("Réel", (known,) * 3),),
    )
    holed = line(
        key="l",
        title="T",
        axis="Année",
        unit="kg CO2 eq",
        marks=("24", "25", "26"),
        series=(Series("Réel", (known, None, known)),),
    )
    assert whole.svg.count('stroke-width="2.5"') == 1
    assert holed.svg.count('stroke-width="2.5"') == 2
    assert holed.rows[1].cells == ("donnée manquante", "–")


def test_the_age_pyramid_draws_the_undated_apart():
    chart = age_pyramid(
        key="p",
        title="Âges",
        axis="Âge",
        unit="équipements",
        sides=("Ordinateurs", "Écrans"),
        bands=(AgeBand("1 an", (120, 80)), AgeBand("2 ans", (310, 0))),
        unknown=(86, 0),
    )
    assert [row.label for row in chart.rows] == ["1 an", "2 ans", "Âge inconnu"]
    assert chart.rows[2].cells == ("86", "0")
    assert "url(#p-mist)" in chart.svg


def test_the_gauge_says_its_interval_aloud():
    drawn = gauge(key="g", interval=Interval(150e3, 190e3, 250e3), unit="kg CO2 eq", title="De 150 à 250 tonnes")
    assert ">De 150 à 250 tonnes</title>" in drawn
    assert ">150<" in drawn
    assert ">250<" in drawn
