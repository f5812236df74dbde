"""``terreau referential``: list, show, import, export; 2 for what cannot be used, always in words."""

from __future__ import annotations

import json

import pytest

from terreau.cli import main
from terreau.referentials import library
from tests.referentials.small import YAML
from tests.referentials.test_official import METHODS, RGESN_1, written


def ran(capsys, *arguments):
    code = main(["referential", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def test_list_names_every_edition(capsys):
    code, out, _ = ran(capsys, "list", "--json")
    told = json.loads(out)["referentials"]
    assert code == 0
    assert {one["key"]: one["criteria"] for one in told}["rgesn-2024"] == 78
    code, out, _ = ran(capsys, "list", "--lang", "en")
    assert code == 0 and "Criteria" in out and "nr-terreau" in out


def test_show_gives_the_contract_of_the_public_json(capsys):
    code, out, _ = ran(capsys, "show", "rgesn-2024", "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["key"], told["version"]) == ("rgesn-2024", "2024")
    criterion = told["themes"][3]["rubrics"][0]["criteria"][0]
    assert (criterion["id"], criterion["key"], criterion["number"]) == ("rgesn-2024:4.1", "4.1", "4.1")
    assert criterion["reformulation"] is True and criterion["link"].startswith("https://")
    assert set(criterion["question"]) == {"fr", "en"} and criterion["facets"][0]["key"] == "verdict"


def test_show_reads_aloud(capsys):
    code, out, _ = ran(capsys, "show", "nr-terreau@1")
    assert code == 0 and "1.1.1" in out and "Reformulation" not in out
    code, out, err = ran(capsys, "show", "nope", "--lang", "en")
    assert code == 2 and "rgesn-2024" in err and "Traceback" not in err


def test_import_says_what_was_understood_and_keeps_nothing_by_itself(capsys, tmp_path):
    (tmp_path / "jardin.yaml").write_text(YAML, encoding="utf-8")
    code, out, err = ran(capsys, "import", tmp_path / "jardin.yaml", "--json")
    assert (code, json.loads(out)["kind"], json.loads(out)["criteria"]) == (0, "edition", 2)
    code, out, _ = ran(capsys, "import", written(tmp_path, RGESN_1), "--json")
    assert (code, json.loads(out)["kind"], json.loads(out)["key"]) == (0, "private", "rgesn-2022")
    code, out, err = ran(capsys, "import", written(tmp_path, METHODS), "--lang", "en")
    assert code == 0 and "2 criteria or entries" in out and "--organisation" in err


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("faulty.yaml", YAML.replace("mode: dmr", "mode: guess"), "mode"),
        ("other.yaml", "- a\n", "key, version"),
        ("other.json", "[]", "RGESN"),
        ("grid.xlsx", "PK", "classeur"),
    ],
)
def test_import_refuses_in_words(capsys, tmp_path, name, text, word):
    (tmp_path / name).write_text(text, encoding="utf-8")
    code, out, err = ran(capsys, "import", tmp_path / name)
    assert (code, out) == (2, "")
    assert word in err and "Traceback" not in err


def test_export_writes_what_import_reads_and_never_over_a_file(capsys, tmp_path):
    target = tmp_path / "made" / "grille.yaml"
    assert ran(capsys, "export", "before-digital", "--out", target)[0] == 0
    assert library.read_edition(target).digest == library.edition("before-digital").digest
    code, _, err = ran(capsys, "export", "before-digital", "--out", target)
    assert code == 2 and "existe" in err
    assert ran(capsys, "export", target, "--out", tmp_path / "grille.xlsx")[0] == 0
    assert (tmp_path / "grille.xlsx").read_bytes()[:2] == b"PK"
    assert ran(capsys, "export", "before-digital", "--out", tmp_path / "grille.pdf")[0] == 2
