"""``terreau indicators``: list and show, in both languages and in JSON; 2 for a key nobody has."""

from __future__ import annotations

import json

from terreau.cli import main


def ran(capsys, *arguments):
    code = main(["indicators", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_list_names_every_indicator(capsys):
    code, out, _ = ran(capsys, "list", "--json")
    told = json.loads(out)["indicators"]
    assert code == 0 and len(told) == 94
    assert {one["key"]: one["form"] for one in told}["EMP01"] == "raw"
    code, out, _ = ran(capsys, "list")
    assert code == 0 and "PARC02" in out and out.endswith("94 indicateurs\n")


def test_show_reads_aloud_with_what_the_target_is_worth(capsys):
    code, out, _ = ran(capsys, "show", "parc01")
    assert code == 0 and "somme des âges" in out
    assert "au moins 4 ans. Proposition de Terreau, à discuter chez vous : ce n’est pas une norme." in out
    code, out, _ = ran(capsys, "show", "SRV01", "--lang", "en")
    assert code == 0 and "29 to 32 /100" in out and "2022: 90 sites" in out
    assert "No comparable figure" in ran(capsys, "show", "FOR02", "--lang", "en")[1]


def test_show_in_json_carries_both_languages_and_the_papers(capsys):
    code, out, _ = ran(capsys, "show", "EMP02", "--json")
    told = json.loads(out)
    assert code == 0 and told["pair"] == "EMP01" and told["typical_target"]["worth"]["en"].endswith("not a norm.")
    first, *_ = told["benchmarks"]["references"]
    assert first["figures"][0]["source"]["key"] == "GREENIT-BENCH-2016" and first["why_not"] is None
    assert told["benchmarks"]["context"][0]["why_not"]["fr"]


def test_show_an_unknown_key_in_words(capsys):
    code, out, err = ran(capsys, "show", "PARC99", "--lang", "en")
    assert (code, out) == (2, "") and "PARC09" in err and "Traceback" not in err
