"""From files as people have them to a footprint, with the real factors."""

import random
from datetime import date
from pathlib import Path

import pytest

from terreau.factors.catalogue import factor_set
from terreau.footprint import computing, explain, footprint, measure, weigh_files, write_detail
from terreau.footprint.parameters import Parameters
from terreau.footprint.rules import rule_set
from terreau.inventory.arrival import keep, take_in
from terreau.inventory.decisions import NONE
from terreau.kernel.errors import TerreauError
from terreau.tables.engine import engine
from terreau.tables.snapshot import digest_of

EXAMPLES = Path(__file__).parents[2] / "examples" / "inventories"
GLPI = EXAMPLES / "glpi10_fr_ordinateurs.csv"
SCREENS = EXAMPLES / "glpi11_fr_ecrans.csv"
AT = date(2026, 9, 30)


def small(folder, name, rows):
    path = folder / name
    head = "Numéro de série;Type;Modèle;Fabricant;Date d'achat;Quantité;Pays"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def glpi():
    return footprint([GLPI], at=AT, people=2400)


def test_a_glpi_export_gives_an_explained_footprint(glpi):
    climate = glpi.total("climate_change")
    assert glpi.lines["counted"] + sum(
        glpi.lines[fate] for fate in ("merged", "virtual", "stock", "retired", "personal")
    ) == (glpi.lines["accepted"] + glpi.lines["doubtful"])
    assert 0 < climate.value.low < climate.value.central < climate.value.high
    assert 0 < climate.boundary_share < 1
    told = explain(glpi, "climate_change", {"category": "laptop"}).as_json("fr")
    assert told["sources"]
    assert told["inputs"][0]["label"] == "Ordinateur portable"


def test_the_same_file_gives_the_same_bytes(glpi):
    assert footprint([GLPI], at=AT, people=2400).to_json() == glpi.to_json()


def test_a_snapshot_gives_the_figures_of_its_file_under_a_name_of_its_own(glpi, tmp_path):
    with engine() as con:
        record = keep(con, take_in(con, [GLPI]), tmp_path)
    from_snapshot = footprint([record.path], at=AT, people=2400)
    assert from_snapshot.totals == glpi.totals
    assert from_snapshot.run != glpi.run  # a snapshot never had the lines its file was refused


def test_a_run_is_named_by_the_bytes_of_a_file_and_not_by_what_the_file_is_called(glpi, tmp_path):
    renamed, longer = tmp_path / "parc.csv", tmp_path / "longer.csv"
    renamed.write_bytes(GLPI.read_bytes())
    longer.write_bytes(GLPI.read_bytes() + b"\n")
    assert footprint([renamed], at=AT, people=2400).to_json() == glpi.to_json()
    assert footprint([longer], at=AT, people=2400).run != glpi.run


def test_a_file_that_changes_between_its_reading_and_its_name_is_refused(tmp_path, monkeypatch):
    file = small(tmp_path, "parc.csv", ["S1;Portable;Latitude 5540;Dell;12/03/2021;1;France"])

    def late(path):
        path.write_text(path.read_text(encoding="utf-8") + "S2;Portable;;;;1;France\n", encoding="utf-8")
        return digest_of(path)

    monkeypatch.setattr(computing, "digest_of", late)
    with pytest.raises(TerreauError) as refusal:
        footprint([file], at=AT)
    assert refusal.value.code == "tables.changed_while_read"


def test_the_order_of_files_changes_nothing():
    one, other = footprint([GLPI, SCREENS], at=AT), footprint([SCREENS, GLPI], at=AT)
    assert one.to_json(["entity", "category"]) == other.to_json(["entity", "category"])


def test_the_order_of_lines_changes_no_figure(tmp_path):
    rows = [f"S{n};Portable;Latitude 5540;Dell;1{n % 10}/0{1 + n % 9}/2021;{1 + n % 3};France" for n in range(40)]
    shuffled = random.Random(7).sample(rows, len(rows))
    first, second = (footprint([small(tmp_path, f"{n}.csv", some)], at=AT) for n, some in enumerate((rows, shuffled)))
    assert first.totals == second.totals
    assert first.impacts() == second.impacts()


def test_a_decision_changes_the_footprint_and_the_run(tmp_path):
    path = small(
        tmp_path, "parc.csv", ["S1;;Zorglub 3000;Acme;12/05/2023;5;France", "S2;Portable;;;12/05/2023;1;France"]
    )
    before = footprint([path], at=AT)
    after = footprint([path], at=AT, decisions=NONE.with_model("Acme", "Zorglub 3000", "laptop", "standard"))
    assert before.total("climate_change").coverage == pytest.approx(1 / 6)
    assert after.total("climate_change").coverage == 1
    assert after.run != before.run


def test_what_if_reads_nothing_again(glpi):
    factors, rules = factor_set(), rule_set()
    weights = weigh_files([GLPI], at=AT, factor_sets=[factors])
    same = measure(weights, factors, rules, Parameters(at=AT, people=2400))
    assert same.run == glpi.run
    assert same.totals == glpi.totals
    elsewhere = measure(weights, factors, rules, Parameters(at=AT, people=2400, zone="DEU"))
    assert elsewhere.total("climate_change").value.central > same.total("climate_change").value.central


def test_the_detail_of_a_file_adds_up(glpi, tmp_path):
    result = write_detail([GLPI], tmp_path / "detail.parquet", at=AT, people=2400)
    assert result.run == glpi.run
    with engine() as con:
        sums = dict(
            con.execute(
                f"SELECT criterion, sum(value) FROM read_parquet('{tmp_path / 'detail.parquet'}') GROUP BY 1"
            ).fetchall()
        )
    for total in glpi.totals:
        assert sums[total.criterion] == pytest.approx(total.value.central, rel=1e-9)


def test_progress_is_told_step_by_step(tmp_path):
    steps = []
    footprint([small(tmp_path, "a.csv", ["S1;Portable;;;;1;France"])], at=AT, progress=steps.append)
    assert steps == ["read", "weigh", "measure"]


def test_no_file_and_an_unknown_country_are_refused_in_words(tmp_path):
    with pytest.raises(TerreauError) as refusal:
        footprint([], at=AT)
    assert refusal.value.code == "footprint.no_lines"
    with pytest.raises(TerreauError) as refusal:
        footprint([GLPI], at=AT, zone="Syldavie")
    assert "Syldavie" in refusal.value.words("fr").what
