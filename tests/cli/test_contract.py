"""The command line keeps its public contract: shapes, exit codes, languages, and nothing written unasked."""

import csv
import json
import math
import os
import subprocess
import sys
from collections import defaultdict
from datetime import date

import pytest

from terreau.cli import main
from terreau.cli.grammar import _command_of, parser
from terreau.inventory import bring_in
from tests.house.rules import REPO

SAMPLES = REPO / "examples" / "inventories"
COMPUTERS = SAMPLES / "glpi10_fr_ordinateurs.csv"
PHONES = SAMPLES / "glpi10_fr_telephones.csv"
WORKBOOK = SAMPLES / "parc_services_techniques.xlsx"
AT = ("--at", "2026-09-30")


@pytest.fixture
def said(capsys, tmp_path, monkeypatch):
    """Run a command in an empty folder: its exit code, its output, its errors."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def few(tmp_path_factory):
    """The first lines of the example, doubts and servers among them, for what does not depend on how many there are."""
    path = tmp_path_factory.mktemp("few") / "few.csv"
    path.write_bytes(b"".join(COMPUTERS.read_bytes().splitlines(keepends=True)[:65]))
    return path


def clean(tmp_path):
    """A file in which nothing can be doubted."""
    path = tmp_path / "clean.csv"
    path.write_text(
        "Nom;Type;Modèle;Statut;Date d'achat\nPC-1;Laptop;Latitude 5420;En service;25/12/2022\n", encoding="utf-8"
    )
    return path


def test_check_gives_the_published_shape(said):
    code, out, _ = said("inventory", "check", COMPUTERS, WORKBOOK, *AT, "--json")
    told = json.loads(out)
    assert code == 1, "some lines of the example are doubtful on purpose"
    assert set(told) == {"files", "overlaps"}
    assert [f["name"] for f in told["files"]] == [
        "glpi10_fr_ordinateurs.csv", "parc_services_techniques.xlsx › Parc ST", "parc_services_techniques.xlsx › Mobiles",
    ]  # fmt: skip
    for sheet in told["files"]:
        assert {"name", "encoding", "separator", "profile", "mapping", "lines", "kept", "set_aside", "findings"} <= set(
            sheet
        )
        lines, kept = sheet["lines"], sheet["kept"]
        assert lines["read"] == lines["accepted"] + lines["doubtful"] + lines["rejected"]
        assert lines["accepted"] + lines["doubtful"] == sum(kept.values())
        for finding in sheet["findings"]:
            assert {"line", "column", "code", "what", "why", "remedy"} <= set(finding)


def test_the_footprint_gives_the_published_shape(said):
    code, out, _ = said("footprint", COMPUTERS, *AT, "--people", "2400", "--json")
    told = json.loads(out)
    assert code == 1
    assert list(told) == ["run", "rules", "factor_set", "parameters", "at", "people", "lines", "coverage", "totals", "impacts",
                          "missing", "assumptions"]  # fmt: skip
    assert set(told["totals"][0]) == {"criterion", "unit", "low", "central", "high", "coverage", "boundary_share"}
    assert set(told["impacts"][0]) == {"category", "stage", "criterion", "unit", "low", "central", "high", "quantity"}
    for total in told["totals"]:
        parts = [i["central"] for i in told["impacts"] if i["criterion"] == total["criterion"]]
        assert math.isclose(sum(parts), total["central"], rel_tol=1e-9), total["criterion"]
        assert total["low"] <= total["central"] <= total["high"]


def test_the_axes_are_those_asked_for(said, few):
    _, out, _ = said("footprint", few, *AT, "--by", "entity", "--json")
    assert set(json.loads(out)["impacts"][0]) == {"entity", "criterion", "unit", "low", "central", "high", "quantity"}


def test_the_same_question_gets_the_same_bytes(said, few):
    first = said("footprint", few, PHONES, *AT, "--json")[1]
    assert said("footprint", PHONES, few, *AT, "--json")[1] == first


def test_nothing_is_written_unasked_and_doubts_are_told_by_the_same_exit_code_whatever_is_asked(said, few, tmp_path):
    codes = [
        said("footprint", few, *AT)[0],
        said("inventory", "check", few, *AT)[0],
        said("explain", few, *AT, "--criterion", "climate_change")[0],
    ]
    assert codes == [1, 1, 1]
    assert list(tmp_path.iterdir()) == []


def test_out_writes_a_folder_once(said, few, tmp_path):
    said("footprint", few, *AT, "--out", tmp_path / "results")
    names = {p.name for p in (tmp_path / "results").iterdir()}
    assert names == {"footprint.json", "totals.csv", "impacts.csv", "missing.csv", "assumptions.csv"}
    code, _, err = said("footprint", few, *AT, "--out", tmp_path / "results")
    assert code == 2
    assert "existe déjà" in err


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_detail_adds_up_to_the_totals(said, tmp_path, kind):
    target = tmp_path / f"detail.{kind}"
    _, out, _ = said("footprint", COMPUTERS, *AT, "--detail", target, "--json")
    sums: dict[str, float] = defaultdict(float)
    for row in rows_of(target):
        if row["value"] not in ("", None):
            sums[row["criterion"]] += float(row["value"])
    for total in json.loads(out)["totals"]:
        assert math.isclose(sums[total["criterion"]], total["central"], rel_tol=1e-9), total["criterion"]


def rows_of(path):
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    else:
        from terreau.tables.engine import engine

        with engine() as con:
            found = con.execute("SELECT * FROM read_parquet(?)", [str(path)])
            names = [column[0] for column in found.description]
            rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    assert list(rows[0]) == ["file", "line", "asset", "entity", "category", "stage", "criterion", "value", "unit", "factor", "match",
                             "lifespan_years", "lifespan_origin", "kwh", "kwh_origin", "error"]  # fmt: skip
    return rows


def test_a_clean_file_is_done_without_doubts(said, tmp_path):
    code, out, _ = said("footprint", clean(tmp_path), *AT, "--json")
    assert code == 0
    assert json.loads(out)["lines"]["quantity"]["counted"] == 1


def test_zone_and_day_left_unsaid_are_listed_as_assumptions(said, tmp_path):
    _, out, _ = said("footprint", clean(tmp_path), "--json")
    assert {"zone", "at"} <= {one["key"] for one in json.loads(out)["assumptions"]}


def test_a_country_can_be_named(said, tmp_path):
    _, named, _ = said("footprint", clean(tmp_path), *AT, "--zone", "Allemagne", "--json")
    _, coded, _ = said("footprint", clean(tmp_path), *AT, "--zone", "DEU", "--json")
    assert named == coded


def test_explaining_narrows_down_and_keeps_the_figure(said, few):
    _, out, _ = said("footprint", few, *AT, "--by", "category", "--json")
    laptops = next(
        i for i in json.loads(out)["impacts"] if (i["category"], i["criterion"]) == ("laptop", "climate_change")
    )
    code, out, _ = said("explain", few, *AT, "--criterion", "climate_change", "--where", "category=laptop", "--json")
    told = json.loads(out)
    assert code == 1
    assert math.isclose(told["central"], laptops["central"], rel_tol=1e-12)
    assert {"formulas", "inputs", "factors", "sources", "assumptions", "missing", "run"} <= set(told)
    for source in told["sources"]:
        assert source["licence"], source
        assert source["checked_on"], source


def test_a_file_with_headings_only_is_no_fleet_of_zero(said, tmp_path):
    path = tmp_path / "empty.csv"
    path.write_text("Nom;Type;Modèle\n", encoding="utf-8")
    code, out, err = said("footprint", path, *AT)
    assert (code, out) == (2, "")
    assert "Remède" in err


def test_the_devices_of_no_entity_have_their_papers_too(said, tmp_path):
    path = tmp_path / "parc.csv"
    path.write_text("Type;Entité\nécran;\nécran;DSI\nécran;\n", encoding="utf-8")
    asked = (path, *AT, "--json")
    impacts = json.loads(said("footprint", *asked, "--by", "entity")[1])["impacts"]
    (cut,) = [one for one in impacts if (one["entity"], one["criterion"]) == ("", "climate_change")]
    code, out, _ = said("explain", *asked, "--criterion", "climate_change", "--where", "entity=")
    told = json.loads(out)
    assert code == 0
    assert told["quantity"] == cut["quantity"] == 2
    assert math.isclose(told["central"], cut["central"], rel_tol=1e-12)


def test_a_purchase_before_the_end_of_the_period_is_no_doubt_for_any_command(said, tmp_path):
    path = tmp_path / "planned.csv"
    path.write_text("Type;Date d'achat\nécran;2048-05-01\n", encoding="utf-8")
    for command in (("inventory", "check"), ("footprint",)):
        assert said(*command, path, "--at", "2048-12-31")[0] == 0
        assert said(*command, path, *AT)[0] == 1


def test_checking_a_snapshot_says_that_it_is_one(said, tmp_path):
    kept = bring_in([clean(tmp_path)], at=date(2026, 9, 30), folder=tmp_path / "kept").snapshot
    assert said("footprint", kept.path, *AT)[0] == 0
    code, out, err = said("inventory", "check", kept.path, "--lang", "en")
    assert (code, out) == (2, "")
    assert "read already" in err


def test_a_policy_and_a_measured_pue_replace_the_assumptions(said, few):
    def climate(*more):
        told = json.loads(said("footprint", few, *AT, "--json", *more)[1])
        return next(t["central"] for t in told["totals"] if t["criterion"] == "climate_change")

    usual = climate()
    assert climate("--pue", "1.2") < usual < climate("--pue", "2")
    assert climate("--lifespan", "laptop=7", "--lifespan", "desktop=7") < usual


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_command_speaks_both_languages(said, few, lang):
    remedy = {"fr": "Remède", "en": "Remedy"}[lang]
    assert remedy in said("inventory", "check", few, *AT, "--lang", lang)[1]
    assert {"fr": "Couverture", "en": "Coverage"}[lang] in said("footprint", few, *AT, "--lang", lang)[1]
    assert {"fr": "en mots", "en": "in words"}[lang] in said(
        "explain", few, *AT, "--criterion", "climate_change", "--lang", lang
    )[1]
    assert {"fr": "Éditeur", "en": "Publisher"}[lang] in said("--lang", lang, "factors", "list")[1]


def test_packs_are_listed_and_shown_with_their_papers(said):
    code, out, _ = said("factors", "list", "--json")
    packs = json.loads(out)["packs"]
    assert code == 0
    for pack in packs:
        code, out, _ = said("factors", "show", pack["key"], "--json")
        papers = json.loads(out)["papers"]
        assert code == 0
        assert {"publisher", "title", "version", "licence", "link", "checked_on", "best_before"} <= set(papers)
    assert said("factors", "show", packs[0]["key"])[0] == 0


UNUSABLE = {
    "a file that is not there": ("footprint", "nowhere.csv"),
    "a folder": ("footprint", "."),
    "an unknown criterion": ("explain", COMPUTERS, "--criterion", "magic"),
    "an unreadable restriction": ("explain", COMPUTERS, "--criterion", "climate_change", "--where", "laptops"),
    "two restrictions on one axis": (
        "explain",
        COMPUTERS,
        "--criterion",
        "climate_change",
        "--where",
        "stage=use",
        "--where",
        "stage=embodied",
    ),
    "an empty country": ("footprint", COMPUTERS, "--zone", ""),
    "a country that is none": ("footprint", COMPUTERS, "--zone", "Atlantis"),
    "unknown rules": ("footprint", COMPUTERS, "--rules", "magic-1"),
    "unknown factors": ("footprint", COMPUTERS, "--factors", "magic-1"),
    "an unknown axis": ("footprint", COMPUTERS, "--by", "colour"),
    "a detail in an unknown format": ("footprint", COMPUTERS, "--detail", "detail.doc"),
    "a category that is none": ("footprint", COMPUTERS, "--lifespan", "spaceship=6"),
    "a target that cannot be written": ("footprint", COMPUTERS, "--out", COMPUTERS),
    "a template that cannot be written": ("inventory", "template", "--format", "csv", "--out", COMPUTERS / "x.csv"),
    "an unknown pack": ("factors", "show", "magic"),
}


@pytest.mark.parametrize("what", UNUSABLE)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_unusable_input_is_refused_in_words_before_any_work(said, what, lang, tmp_path, monkeypatch):
    monkeypatch.setattr("terreau.footprint.computing.measure", None)  # whoever comes that far is our own fault, code 3
    code, out, err = said(*UNUSABLE[what], "--lang", lang)
    assert code == 2
    assert out == ""
    assert {"fr": "Remède", "en": "Remedy"}[lang] in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_ours_is_said_so_and_no_traceback_reaches_the_person(said, monkeypatch, tmp_path):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr("terreau.footprint.footprint", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    code, _, err = said("footprint", clean(tmp_path))
    assert code == 3
    assert "Traceback" not in err
    (log,) = tmp_path.glob("terreau-*.log")
    assert "notre fait" in err and str(log) in err and "a bug of ours" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(("lang", "separator"), [("fr", ";"), ("en", ",")])
def test_the_template_once_filled_reads_back_without_a_doubt(said, tmp_path, lang, separator):
    target = tmp_path / "template.csv"
    assert said("inventory", "template", "--format", "csv", "--out", target, "--lang", lang)[0] == 0
    assert said("inventory", "check", target, *AT)[0] == 2, "an empty template is no fleet"
    headings = target.read_text(encoding="utf-8-sig").strip().split(separator)
    cells = {"Type": "Laptop", "Modèle": "Latitude 5420", "Model": "Latitude 5420", "Quantité": "3", "Quantity": "3"}
    with target.open("a", encoding="utf-8") as file:
        file.write(separator.join(cells.get(heading, "") for heading in headings) + "\n")
    code, out, _ = said("inventory", "check", target, *AT, "--json")
    told = json.loads(out)["files"][0]
    assert code == 0
    assert told["lines"] == {"read": 1, "accepted": 1, "doubtful": 0, "rejected": 0}
    assert set(headings) == set(told["mapping"])


def test_the_workbook_template_opens_as_an_empty_list(said, tmp_path):
    target = tmp_path / "template.xlsx"
    assert said("inventory", "template", "--format", "xlsx", "--out", target)[0] == 0
    code, out, _ = said("inventory", "check", target, *AT, "--json")
    assert code == 2
    assert json.loads(out)["files"][0]["lines"]["read"] == 0


def test_the_real_command_runs_in_a_process_of_its_own(tmp_path):
    command = [sys.executable, "-m", "terreau", "footprint", str(COMPUTERS), *AT]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, check=False,
                          env={**os.environ, "COLUMNS": "120"})  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "CO₂" in done.stdout
    version = subprocess.run([sys.executable, "-m", "terreau", "--version"], capture_output=True, text=True, check=True)
    assert version.stdout.startswith("terreau ")


def test_devices_listed_in_two_files_are_told_in_a_sentence(said, tmp_path):
    (tmp_path / "copy.csv").write_bytes(PHONES.read_bytes())
    _, out, _ = said("inventory", "check", PHONES, tmp_path / "copy.csv", *AT)
    assert "210 équipements sont dans ces deux fichiers, comptés une fois (même numéro de série)" in out
    assert "{" not in out


def test_what_is_described_for_one_command_is_what_the_whole_grammar_says_of_it():
    whole = commands_of(parser())
    assert len(whole) > 20
    for name, one in whole.items():
        described = commands_of(parser(name))
        assert described[name].format_help() == one.format_help()


@pytest.mark.parametrize(
    ("arguments", "command"),
    [(["footprint", "inventory"], "footprint"), (["--lang", "en", "plan"], "plan"), (["--lang=en", "rules"], "rules"),
     (["--lang", "footprint"], ""), (["wrong", "footprint"], ""), (["--help"], ""), ([], "")],
)  # fmt: skip
def test_only_the_first_word_names_the_command(arguments, command):
    assert _command_of(arguments) == command


def test_a_command_that_does_not_exist_is_told_all_those_that_do(said, capsys):
    with pytest.raises(SystemExit):
        said("empreinte")
    told = capsys.readouterr().err
    assert all(name in told for name in commands_of(parser()))


def commands_of(grammar):
    """The commands of a grammar, by name."""
    return next(one.choices for one in grammar._actions if isinstance(one.choices, dict))
