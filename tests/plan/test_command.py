"""``terreau plan simulate``: the public contract, and its refusals."""

import json

import pytest

from terreau.cli import main
from terreau.cli.plan import _print_gains
from terreau.plan.simulating import read_changes
from tests.house.rules import REPO
from tests.plan.fleets import CLIMATE, aged, change, outlook

COMPUTERS = REPO / "examples" / "inventories" / "glpi10_fr_ordinateurs.csv"
AT = ("--at", "2026-09-30")
THREE = {"low", "central", "high"}


@pytest.fixture
def said(capsys, tmp_path, monkeypatch):
    """Run a command in an empty folder: its exit code, its output, its errors."""
    monkeypatch.chdir(tmp_path)

    def run(*words):
        capsys.readouterr()
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """The first lines of the example, servers among them."""
    path = tmp_path_factory.mktemp("few") / "few.csv"
    path.write_bytes(b"".join(COMPUTERS.read_bytes().splitlines(keepends=True)[:65]))
    return path


def test_the_contract_has_its_shape_and_year_zero_is_the_footprint(said, few):
    levers = ("--lever", "LV01=7", "--lever", "pue=1,2", "--start", "pue=2", "--growth", "laptop=2,5")
    code, out, _ = said("plan", "simulate", few, *AT, "--years", 3, "--json", *levers)
    told = json.loads(out)
    weighed = json.loads(said("footprint", few, *AT, "--json")[1])
    assert code == 1, "some lines of the example are doubtful on purpose"
    assert set(told) == {"parameters", "criteria", "purchases", "assumptions"}
    assert told["parameters"]["run"] == weighed["run"]
    assert [one["start"] for one in told["parameters"]["levers"]] == [1, 2]
    assert [one["criterion"] for one in told["criteria"]] == [one["criterion"] for one in weighed["totals"]]
    for one, total in zip(told["criteria"], weighed["totals"], strict=True):
        assert [year["year"] for year in one["years"]] == [0, 1, 2, 3]
        assert one["years"][0]["reference"] == {name: total[name] for name in THREE}
        for year in one["years"]:
            assert set(year) == {"year", "reference", "with_levers", "effects", "flow"}
            assert set(year["reference"]) == set(year["with_levers"]) == THREE
            gain = year["reference"]["central"] - year["with_levers"]["central"]
            assert sum(year["effects"].values()) == pytest.approx(gain, rel=1e-6, abs=1e-9 * total["central"])


def test_the_page_for_people_says_years_gains_and_hypotheses(said, few):
    for lang, words in (("fr", ("Avec les leviers", "Hypothèses")), ("en", ("With levers", "Hypotheses"))):
        code, out, _ = said("plan", "simulate", few, *AT, "--years", 2, "--lever", "LV01", "--lang", lang)
        assert code == 1 and all(word in out for word in words) and "LV01" in out
        weighed = said("footprint", few, *AT, "--lang", lang)[1].splitlines()
        assert out.splitlines()[0] == weighed[1], "the same devices, the same lines accounted for"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--years", 2, "--lever", "LV99"), "LV99"),
        (("--years", 2, "--lever", "lifespan:laptop=seven"), "lifespan:laptop"),
        (("--years", 2, "--lever", "lifespan:laptop=99"), "99"),
        (("--years", 2, "--lever", "lifespan:laptop=1_0"), "1_0"),
        (("--years", 2, "--lever", "lifespan:laptop=nan"), "nan"),
        (("--years", 2, "--lever", "LV36"), "LV36"),
        (("--years", 2, "--lever", "zone:*=Atlantide"), "Atlantide"),
        (("--years", 2, "--start", "LV01=1"), "LV01"),
        (("--years", 2, "--lever", "LV01", "--start", "LV01=3"), "LV01"),
        (("--years", 2, "--growth", "lapto=3"), "lapto"),
        (("--years", 2, "--lever", "lifespan:=7"), "catégorie"),
        (("--years", 2, "--lever", "lifespan:laptop=NaN"), "entre 0,5 et 50"),
        (("--years", 2, "--growth", "laptop=1e308"), "10³⁰⁸"),
        (("--years", 2, "--growth", "laptop=2", "--growth", "laptop=9"), "deux fois"),
        (("--years", 2, "--lever", "LV01", "--start", "LV01=1", "--start", "LV01=2"), "deux fois"),
    ],
)
def test_what_cannot_be_simulated_is_refused_in_words(said, few, options, words):
    code, out, err = said("plan", "simulate", few, *AT, *options)
    assert code == 2 and not out and words in err and "Traceback" not in err


@pytest.mark.parametrize(("lang", "words"), [("fr", "laissé de côté"), ("en", "left out")])
def test_a_lever_left_out_of_a_criterion_is_not_shown_as_a_gain_of_nothing(capsys, lang, words):
    ours = outlook([aged("laptop", 30, 6)], 2)  # metals: electricity of FRA known, of DEU not
    found = ours.simulate([change("zone:*", "DEU", key="abroad"), change("kwh:laptop", 0.5, key="power")])
    _print_gains(found, "resource_use_minerals_metals", lang)
    (told,) = (line for line in capsys.readouterr().out.splitlines() if "abroad" in line)
    assert told.split(maxsplit=1)[1] == words
    _print_gains(found, CLIMATE, lang)
    assert words not in capsys.readouterr().out


def test_a_bare_parameter_is_read_as_people_type_it():
    for text, value in (("pue=1,2", 1.2), ("second_hand:laptop=50 %", 0.5), ("lifespan:laptop=+1", 1.0)):
        (one,) = read_changes([text], {})
        assert one.value == pytest.approx(value)


@pytest.mark.parametrize("years", ["0", "31", "deux"])
def test_years_go_from_one_to_thirty(said, few, years):
    with pytest.raises(SystemExit) as refusal:
        said("plan", "simulate", few, "--years", years)
    assert refusal.value.code == 2


def test_a_file_with_only_its_titles_has_nothing_to_project(said, tmp_path):
    empty = tmp_path / "titles.csv"
    empty.write_text("Nom;Type;Modèle\n", encoding="utf-8")
    code, _, err = said("plan", "simulate", empty, "--years", 2)
    assert code == 2 and "projeter" in err
