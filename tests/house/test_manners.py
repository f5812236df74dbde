"""The repository checks its own manners; every rule is first shown to bite."""

import subprocess
from pathlib import Path

import pytest

from tests.house import rules

SOURCE = rules.REPO / "src"
LONG_FUNCTION = "def endless():\n" + "    x = 1\n" * 70
WORDS = '[known.fr]\nwhat="a"\nwhy="b"\nremedy="c"\n[known.en]\nwhat="a"\nwhy="b"\nremedy="c"\n'


pytestmark = pytest.mark.xdist_group("manners")  # one worker takes every file apart, once


def house(tmp_path: Path, **files: str) -> Path:
    """A tiny source tree; ``__`` in a key stands for a slash, ``_dot_`` for a dot."""
    for name, text in files.items():
        path = tmp_path / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_no_file_is_over_400_lines_nor_function_over_60():
    for place in ("src", "tests", "tools", "benchmarks"):
        assert rules.too_long(rules.REPO / place) == []


def test_the_length_rule_bites(tmp_path):
    assert len(rules.too_long(house(tmp_path, a_dot_py=LONG_FUNCTION, b_dot_py="x = 1\n" * 401))) == 2


def test_no_module_is_a_drawer():
    assert rules.drawers(SOURCE) == []


def test_the_drawer_rule_bites(tmp_path):
    assert rules.drawers(house(tmp_path, room__utils_dot_py="x = 1\n")) == ["room/utils.py"]


def test_every_module_and_public_name_says_what_it_is():
    assert rules.undocumented(SOURCE) == []


def test_the_docstring_rule_bites(tmp_path):
    assert len(rules.undocumented(house(tmp_path, a_dot_py="def f():\n    return 1\n"))) == 2


def test_kernel_and_formulas_import_the_standard_library_only():
    assert rules.foreign_imports(SOURCE / "terreau", bare=("kernel/", "footprint/formulas.py")) == []


def test_the_bare_rule_bites(tmp_path):
    tree = house(tmp_path, kernel__a_dot_py="import numpy\n", footprint__formulas_dot_py="from duckdb import connect\n")
    assert len(rules.foreign_imports(tree, bare=("kernel/", "footprint/formulas.py"))) == 2


def test_every_error_code_has_what_why_and_remedy_in_both_languages():
    assert rules.unworded(SOURCE / "terreau") == []


def test_no_words_without_a_code_that_uses_them():
    assert rules.unused_words(SOURCE / "terreau") == []


def test_the_words_rule_bites(tmp_path):
    tree = house(
        tmp_path,
        room__errors_dot_toml=WORDS + '[half.fr]\nwhat="a"\nwhy="b"\nremedy=""\n',
        room__a_dot_py='raise TerreauError("room.unknown")\nFinding(line=1, column="", code="room.known")\n',
    )
    found = rules.unworded(tree)
    assert "room.half [fr] lacks remedy" in found
    assert "room.half [en] lacks what" in found
    assert "room/a.py:1 room.unknown has no words" in found
    assert rules.unused_words(tree) == ["room.half"]


def test_every_data_file_has_its_papers():
    assert rules.without_papers(SOURCE / "terreau") == []


def test_the_papers_rule_bites(tmp_path):
    tree = house(
        tmp_path,
        data__a_dot_csv="a\n1\n",
        papered__b_dot_csv="b\n1\n",
        papered__README_dot_md="Licence: ours, 2026-11-21",
    )
    assert rules.without_papers(tree) == ["data/a.csv"]


def test_every_template_is_used():
    assert rules.unused_templates(SOURCE / "terreau") == []


def test_the_template_rule_bites(tmp_path):
    tree = house(
        tmp_path,
        templates__x__lonely_dot_html="<p>",
        templates__x__used_dot_html="<p>",
        views_dot_py='render("x/used.html")\n',
    )
    assert rules.unused_templates(tree) == ["templates/x/lonely.html"]


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=rules.REPO, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: there is nothing tracked to read")
    return [rules.REPO / name for name in listed.stdout.split("\0") if name]


def test_no_registry_address_nor_machine_path_is_in_the_repository():
    found = []
    for path in tracked_files():
        if (
            path == Path(rules.__file__)
            or path == Path(__file__)
            or not path.is_file()
            or path.stat().st_size > 2_000_000
        ):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(rules.REPO)}: {word}" for word in rules.strange_addresses(text)]
    assert found == []


def test_the_address_rule_bites():
    strange = f"pip install --index-url=there ; cd {rules.REPO}/src; ls /home/someone/"
    assert rules.strange_addresses(strange) == ["--index-url=there", "/home/someone/", f"{rules.REPO}/"]


def test_requirements_hold_names_versions_and_hashes_only():
    import re

    line = re.compile(
        r"(#.*|[a-z0-9._-]+(\[[a-z0-9,_-]+\])?==[\w.!+-]+( ; .+)?( \\)?|    --hash=sha256:[0-9a-f]{64}( \\)?|)", re.I
    )
    for path in sorted((rules.REPO / "requirements").glob("*.txt")):
        odd = [text for text in path.read_text(encoding="utf-8").splitlines() if not line.fullmatch(text)]
        assert odd == [], path.name
        assert "--hash" in path.read_text(encoding="utf-8")
