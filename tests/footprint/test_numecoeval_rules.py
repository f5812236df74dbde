"""Each rule of numecoeval-2.2, worked out by hand on one line; then what must hold of any fleet."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terreau.footprint import footprint
from terreau.footprint.comparing import compare_rules
from terreau.footprint.explanation import explain
from terreau.footprint.measuring import measure
from terreau.footprint.numecoeval import formulas
from terreau.footprint.numecoeval.joint import weigh_jointly
from terreau.footprint.numecoeval.parting import STEPS, parts
from terreau.footprint.numecoeval.weighing import weigh
from terreau.footprint.parameters import Parameters
from terreau.footprint.rules import COMPATIBLE, rule_set
from terreau.footprint.run import run_digest
from terreau.kernel.errors import TerreauError
from tests.bench import bench
from tests.footprint.fleets import AT, laid, line, weighed
from tests.footprint.numecoeval import impact, measured, mix, references, rules
from tests.footprint.small_set import ITEMS, SmallSet

CLIMATE = "climate_change"
EXAMPLE = Path(__file__).parents[2] / "examples" / "numecoeval"
BOUGHT = date(2024, 10, 1)
"""Two years of 365 days before AT, less one day: 729 days."""
LIFE = 729 / 365


def making(line_, factors=None, **chosen):
    """Climate of the three making stages of one line; None when all are errors."""
    _, detail = measured([line_], factors or SmallSet(), **chosen)
    values = [one["value"] for (_, stage, key), one in detail.items() if stage != "use" and key == CLIMATE]
    return None if None in values else sum(values)


def use(line_, factors=None, **chosen):
    _, detail = measured([line_], factors or SmallSet(), **chosen)
    return detail["A1", "use", CLIMATE]["value"]


def test_the_formulas_read_numbers():
    assert formulas.life_from_days(730, 365) == 2
    assert formulas.life_planned(1, 4, 2) == 7
    assert (formulas.floored(0.6, 1), formulas.floored(3, 1)) == (1, 3)
    assert formulas.embodied(formulas.served(10, 0.8), 200, 4) == 400
    assert formulas.use(10, 100, 1.75, 0.08) == pytest.approx(140)


def test_a_lifespan_is_the_days_from_purchase_to_withdrawal_over_365_without_a_floor():
    kept = line("laptop", bought_on=date(2020, 1, 1), left_on=date(2024, 1, 1))  # 1461 days: a leap year is in
    assert making(kept) == pytest.approx(200 / (1461 / 365))
    assert making(line("laptop", bought_on=BOUGHT)) == pytest.approx(200 / LIFE)
    young = line("laptop", bought_on=date(2026, 9, 23))  # a week: the whole making, fifty times over
    assert making(young) == pytest.approx(200 / (7 / 365))
    assert making(young, floor_years=1.0) == pytest.approx(200)


def test_without_a_date_the_default_of_the_type_then_the_hypothesis_of_two_years(tmp_path):
    assert making(line("laptop")) == pytest.approx(200 / 5)
    impacts = [impact("Poste", step, "60", "30") for step in ("MANUFACTURING", "TRANSPORTATION", "END_OF_LIFE")]
    types = [
        {"type": "Tracer", "ref_default_item": "Poste"},
        {"type": "PC", "default_lifespan": "4", "ref_default_item": "Poste"},
    ]
    known = references(tmp_path / "g4it", [*impacts, mix("France", "0.08")], types)
    assert making(line(None, type_word="PC"), known) == pytest.approx(180 / 4)
    assert making(line(None, type_word="Tracer"), known) == pytest.approx(180 / 2)


def test_the_planned_years_are_those_before_here_and_after():
    planned = line(
        "laptop", bought_on=BOUGHT, years_before=Decimal(1), years_here=Decimal(4), years_after=Decimal("2.5")
    )
    assert making(planned, lifespan_mode="fixe") == pytest.approx(200 / 7.5)
    assert making(planned) == pytest.approx(200 / LIFE)
    assert making(line("laptop", bought_on=BOUGHT), lifespan_mode="fixe") == pytest.approx(200 / 5)


def test_a_withdrawal_on_or_before_the_purchase_is_an_error_of_the_making_and_the_use_still_counts():
    for left in (BOUGHT, BOUGHT - timedelta(days=3)):
        faulty = line("laptop", bought_on=BOUGHT, left_on=left, fate="retired")
        result, detail = measured([faulty], SmallSet())
        assert [detail["A1", s, CLIMATE]["error"] for s in ("manufacturing", "distribution", "end_of_life")] == [
            "no_lifespan"
        ] * 3
        assert detail["A1", "use", CLIMATE]["value"] == pytest.approx(30 * 0.05)
        assert result.total(CLIMATE).value.central == pytest.approx(30 * 0.05)
        assert {one.why for one in result.missing if one.criterion == CLIMATE} == {"no_lifespan"}
        assert making(faulty, lifespan_mode="fixe") == pytest.approx(200 / 5)


def test_statuses_and_dates_do_not_filter_each_line_is_a_whole_year():
    for fate in ("counted", "stock", "retired", "personal"):
        assert use(line("laptop", fate=fate, left_on=date(2019, 1, 1))) == pytest.approx(30 * 0.05)
    result, _ = measured(
        [line("laptop", fate="virtual"), line("laptop", fate="merged"), line("laptop", fate="stock")], SmallSet()
    )
    assert result.lines["quantity"]["counted"] == 1
    assert result.total("electricity").value.central == pytest.approx(30)


def test_the_rate_of_use_is_that_of_the_line_else_of_its_mode_else_one():
    for facts, rate in (({"use_rate": Decimal("0.25"), "use_mode": "COPE"}, 0.25), ({"use_mode": "COPE"}, 0.8),
                        ({"use_mode": "byod"}, 0.57), ({"use_mode": "autre"}, 1.0)):  # fmt: skip
        assert use(line("laptop", **facts)) == pytest.approx(rate * 30 * 0.05)
        assert making(line("laptop", bought_on=BOUGHT, **facts)) == pytest.approx(rate * 200 / LIFE)


def test_the_pue_is_that_of_the_room_else_175_and_only_for_a_server():
    server = {"size_class": "standard_2_sockets"}
    assert use(line("rack_server", **server)) == pytest.approx(1500 * 1.75 * 0.05)
    assert use(line("rack_server", own_pue=Decimal("1.41"), **server)) == pytest.approx(1500 * 1.41 * 0.05)
    assert use(line("rack_server", **server), pue=1.3) == pytest.approx(1500 * 1.3 * 0.05)
    switch = line("network_switch", size_class="access_48_ports", in_datacentre=True, own_pue=Decimal("1.41"))
    assert use(switch) == pytest.approx(400 * 0.05)


def test_the_flag_of_the_reference_says_what_a_server_is_and_a_model_comes_before_its_type(tmp_path):
    impacts = [impact("commutateur", "MANUFACTURING", "90", "100"), impact("serveur", "MANUFACTURING", "900", "1000")]
    types = [{"type": "Serveur", "is_server": "true", "ref_default_item": "serveur"},
             {"type": "Réseau", "is_server": "false", "ref_default_item": "serveur"}]  # fmt: skip
    models = [{"item_source": "Catalyst 9300", "ref_item_target": "commutateur"}]
    known = references(tmp_path / "g4it", [*impacts, mix("France", "0.08")], types, models)
    assert use(line("rack_server", type_word="serveur"), known) == pytest.approx(1000 * 1.75 * 0.08)
    assert use(line("rack_server", type_word="Réseau", in_datacentre=True), known) == pytest.approx(1000 * 0.08)
    assert use(line(None, type_word="Réseau", model="Catalyst 9300"), known) == pytest.approx(100 * 0.08)
    assert use(line(None, type_word="Réseau", model="catalyst 9300"), known) == pytest.approx(1000 * 0.08)


def test_the_country_of_the_room_comes_before_that_of_the_line():
    assert use(line("laptop", zone="FRA", room_zone="DEU")) == pytest.approx(30 * 0.4)


def test_electricity_is_that_of_the_line_else_of_the_item_else_an_error():
    assert use(line("laptop", own_kwh=Decimal(100))) == pytest.approx(100 * 0.05)
    result, detail = measured([line("keyboard"), line(None, own_kwh=Decimal(40)), line(None)], SmallSet())
    assert detail["A1", "use", CLIMATE]["error"] == "no_energy"
    assert detail["A2", "use", CLIMATE]["value"] == pytest.approx(40 * 0.05)
    assert detail["A3", "use", CLIMATE]["error"] == "no_energy"
    assert {detail[a, "distribution", CLIMATE]["error"] for a in ("A2", "A3")} == {"no_reference"}
    # a keyboard has one factor for the whole of its making: 12 over five years; the errors count as zero
    assert result.total(CLIMATE).value.central == pytest.approx(12 / 5 + 40 * 0.05)
    assert result.total(CLIMATE).coverage == 0


def test_the_choices_enter_the_name_of_the_run_and_other_rules_refuse_them(tmp_path):
    runs = {
        measured([line("laptop")], SmallSet(), **chosen)[0].run
        for chosen in ({}, {"lifespan_mode": "fixe"}, {"floor_years": 1.0}, {"floor_years": 2.0})
    }
    assert len(runs) == 4
    with pytest.raises(TerreauError) as refusal:
        Parameters(at=AT, lifespan_mode="moyen")
    assert refusal.value.code == "footprint.mode_unknown"
    assert run_digest({"parameters": Parameters(at=AT).as_json()}) == run_digest(
        {"parameters": {"at": "2026-09-30", "lifespans": {}, "people": None, "pue": None, "zone": "FRA"}}
    )


def test_a_figure_explains_itself_in_the_words_of_these_rules():
    result, _ = measured([line("laptop", bought_on=BOUGHT, use_mode="COPE"), line("laptop")], SmallSet())
    told = explain(result, CLIMATE, {})
    words = {one["stage"]: one["words"] for one in told.as_json("fr")["formulas"]}
    assert words["use"] == "quantité × taux d'utilisation × kWh par an × PUE × impact d'un kWh dans le pays"
    assert words["manufacturing"].endswith("÷ (jours de vie ÷ 365)")
    dated = next(one for one in told.ingredients if one.stage == "manufacturing" and one.lifespan_origin == "dates")
    assert dated.lifespan == pytest.approx(LIFE)
    assert sum(one.value for one in told.ingredients) == pytest.approx(result.total(CLIMATE).value.central)
    assert {"numecoeval_year", "numecoeval_rate", "numecoeval_dates"} <= {one.key for one in result.assumptions}


days = st.one_of(st.none(), st.dates(date(2008, 1, 1), AT + timedelta(days=60)))
KINDS = sorted(key for key in ITEMS if not key.startswith("model:"))


@st.composite
def devices(draw):
    """One line within physical ranges, with everything these rules read."""
    category, _, size = draw(st.sampled_from([*KINDS, "unknown/"])).partition("/")
    bought = draw(days)
    return line(
        None if category == "unknown" else category, size_class=size, quantity=draw(st.decimals("0.01", "900", places=2)),
        zone=draw(st.sampled_from(["FRA", "DEU", None])), room_zone=draw(st.sampled_from([None, None, "DEU"])),
        fate=draw(st.sampled_from(["counted", "counted", "retired", "stock", "merged"])), bought_on=bought,
        entered_on=bought, left_on=draw(st.one_of(st.none(), days)), in_datacentre=draw(st.booleans()),
        own_kwh=draw(st.one_of(st.none(), st.decimals("0.01", "9000", places=2))),
        own_pue=draw(st.sampled_from([None, Decimal("1.2"), Decimal("1.875")])), use_mode=draw(st.sampled_from([None, "COPE"])),
        years_here=draw(st.sampled_from([None, Decimal(3)])), entity=draw(st.sampled_from(["", "Siège"])),
    )  # fmt: skip


FEW = settings(max_examples=8, suppress_health_check=list(HealthCheck))


@FEW
@given(st.lists(devices(), min_size=1, max_size=12), st.sampled_from([None, "fixe"]), st.sampled_from([None, 1.0]))
def test_the_sums_of_the_engine_are_the_sums_of_the_lines(lines, mode, floor):
    result, detail = measured(lines, SmallSet(), lifespan_mode=mode, floor_years=floor)
    for total in result.totals:
        rows = [
            one["value"] for (_, _, key), one in detail.items() if key == total.criterion and one["value"] is not None
        ]
        assert total.value.central == pytest.approx(sum(rows), rel=1e-9)
        assert total.value.low <= total.value.central <= total.value.high
        for by in (["category", "stage"], ["entity", "zone"]):
            cut = sum(one.value.central for one in result.impacts(by) if one.criterion == total.criterion)
            assert cut == pytest.approx(total.value.central, rel=1e-9)


@FEW
@given(st.lists(devices(), min_size=1, max_size=12), st.sampled_from([None, "fixe"]), st.sampled_from([None, 1.4]))
def test_the_parts_of_the_difference_between_the_rule_sets_add_up_to_it(lines, mode, pue):
    con, factors, ours = bench(), SmallSet(), rule_set()
    first = measure(weighed(lines), factors, ours, Parameters(at=AT, pue=pue))
    relation = laid(con, lines)
    weights = weigh(con, relation, period=ours.period(AT), rules=rules(), factor_sets=[factors])
    second = measure(weights, factors, rules(), Parameters(at=AT, pue=pue, lifespan_mode=mode))
    joint = weigh_jointly(con, relation, period=ours.period(AT), ours=ours, theirs=rules(), known=factors)
    found = parts(joint, first.matched, second.matched)
    assert tuple(found) == STEPS
    for c, key in enumerate(("climate_change",)):
        totals = [one.total(key).value.central if one.total(key) else 0.0 for one in (first, second)]
        assert sum(found[step][c] for step in STEPS) == pytest.approx(
            totals[1] - totals[0], rel=1e-9, abs=1e-9 * max(totals)
        )


def test_both_rule_sets_of_one_file_and_the_lines_one_of_them_cannot_count(tmp_path):
    path = tmp_path / "parc.csv"
    path.write_text(
        "Nom;Type;Modèle;Date d'achat;Date de réforme;Statut;Quantité\n"
        "PC1;Portable;Latitude 5540;01/10/2024;;en service;2\n"
        "PC2;Portable;Latitude 5540;01/10/2024;01/10/2024;réformé;1\n",
        encoding="utf-8",
    )
    found = compare_rules([path], at=AT)
    assert [one.rules for one in (found.first, found.second)] == ["terreau-1", COMPATIBLE]
    (lost,) = found.errors
    assert (lost.asset, lost.cause) == ("PC2", "no_lifespan")
    assert found.rows_in_error == len(lost.stages)
    told = found.as_json("fr")
    climate = next(one for one in told["criteria"] if one["criterion"] == CLIMATE)
    assert sum(climate["parts"].values()) == pytest.approx(climate["difference"])
    # a lifespan of 2 years instead of 5 for the laptop that stays
    assert climate["parts"]["lifespan"] > 0 > climate["parts"]["errors"]


def test_files_of_numecoeval_and_g4it_are_weighed_unchanged_with_their_references():
    found = footprint(
        [EXAMPLE / "equipementPhysique.csv", EXAMPLE / "datacenter.csv"],
        rules=COMPATIBLE, factors=EXAMPLE / "referentiel", at=date(2026, 6, 9),
    )  # fmt: skip
    by = {
        (one.where["category"], one.where["stage"]): one.value.central
        for one in found.impacts()
        if one.criterion == CLIMATE
    }
    life = (date(2026, 6, 9) - date(2020, 4, 9)).days / 365
    # a laptop shared (COPE), two years of 365 days; a server whose room gives its PUE and its country, another at 1.75
    assert by["laptop", "manufacturing"] == pytest.approx(0.8 * 150 / 2)
    assert by["laptop", "use"] == pytest.approx(0.8 * 30 * 0.08)
    assert by["rack_server", "manufacturing"] == pytest.approx(900 / life)
    assert by["rack_server", "use"] == pytest.approx(1000 * 1.3 * 0.08 + 1000 * 1.75 * 0.08)
    whys = {(one.category, one.why): one.quantity for one in found.missing if one.criterion == CLIMATE}
    assert whys == {("rack_server", "no_lifespan"): 1, ("unknown", "unknown_category"): 2}


def test_a_room_described_twice_or_nowhere_is_among_the_assumptions(tmp_path):
    files = {
        "serveurs.csv": "Nom;Type;Modèle;Datacenter\nS1;Serveur;PowerEdge R650;Salle A\nS2;Serveur;PowerEdge R650;Sale A\n",
        "salles.csv": "nomCourtDatacenter;pue;localisation\nSalle A;1,4;France\n",
        "autres.csv": "nomCourtDatacenter;pue;localisation\nsalle a;1,6;France\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = footprint([tmp_path / name for name in files], at=AT)
    held = {one.key: one for one in found.assumptions if one.key.startswith("rooms_")}
    assert {key: one.what for key, one in held.items()} == {
        "rooms_twice": ("Salle A (FRA, PUE 1,6)", "Salle A (FRA, PUE 1.6)"), "rooms_unknown": ("Sale A", "Sale A"),
    }  # fmt: skip
    assert all(0 < one.share[CLIMATE] < 1 for one in held.values())
    assert not [
        one for one in footprint([tmp_path / "serveurs.csv"], at=AT).assumptions if one.key.startswith("rooms_")
    ]


def test_from_files_both_rule_sets_take_the_country_of_the_room(tmp_path):
    files = {
        "equipementPhysique.csv": "nomEquipementPhysique;modele;quantite;nomCourtDatacenter;dateAchat;type;paysDUtilisation\n"
        "S1;PowerEdge R650;1;DC1;2022-01-01;Server;France\n",
        "datacenter.csv": "nomCourtDatacenter;pue;localisation\nDC1;1.3;Allemagne\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = compare_rules([tmp_path / name for name in files], at=AT)
    zones = [{one.where["zone"] for one in side.impacts(["zone"])} for side in (found.first, found.second)]
    assert zones == [{"DEU"}, {"DEU"}]
    assert found.parts[CLIMATE]["country"] == 0
