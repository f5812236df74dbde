"""The import contracts hold, and each one breaks when its rule is broken."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.house.rules import REPO

BREACHES = {
    "storeys": ("kernel", "terreau.tables.engine"),
    "django-stays-upstairs": ("footprint", "django"),
    "one-door-to-duckdb": ("inventory", "duckdb"),
    "one-door-to-typst": ("diagnosis", "typst"),
    "apps-meet-at-doors": ("app.pages", "terreau.app.inventory.models"),
}
"""Contract -> the room that breaks it, and what its new module imports."""
KEPT = shutil.ignore_patterns("__pycache__", "static", "locale", "templates", "data", "*.csv", "*.json", "*.toml")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = "import sys; sys.path.insert(0, 'src'); from importlinter.cli import lint_imports_command as c; c()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-logo", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_holds():
    done = lint(REPO)
    assert done.returncode == 0, done.stdout


def test_each_contract_bites(tmp_path):
    """Every rule broken once, in a copy: each contract names the breach of its own rule."""
    contracts = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    assert {one["id"] for one in contracts} == BREACHES.keys()
    shutil.copy(REPO / "pyproject.toml", tmp_path)
    shutil.copytree(REPO / "src", tmp_path / "src", ignore=KEPT)
    for room, target in BREACHES.values():
        breach = tmp_path / "src" / "terreau" / room.replace(".", "/") / "breach.py"
        breach.write_text(f"def late():\n    import {target}\n", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout
    told = done.stdout.partition("Broken contracts")[2]
    for one in contracts:
        room, target = BREACHES[one["id"]]
        found = re.findall(r"\S+ -> \S+", told.partition(f"\n{one['name']}\n")[2].partition("\n\n\n")[0])
        assert found == [f"terreau.{room}.breach -> {target}"], done.stdout


def circles(package: str, folder: Path | None = None) -> list[set[str]]:
    """Groups of modules that import one another, whatever the depth (deferred imports included)."""
    code = (
        "import sys, grimp, json\n"
        f"sys.path.insert(0, {str(folder or REPO / 'src')!r})\n"
        f"g = grimp.build_graph({package!r}, cache_dir=None, exclude_type_checking_imports=True)\n"
        "print(json.dumps({m: sorted(g.find_modules_directly_imported_by(m)) for m in g.modules}))"
    )
    import json

    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return strongly_connected(json.loads(made.stdout))


def strongly_connected(graph: dict[str, list[str]]) -> list[set[str]]:
    """Sets of two modules or more that reach each other."""

    def reach(start: str) -> set[str]:
        seen: set[str] = set()
        todo = list(graph.get(start, ()))
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                todo.extend(graph.get(node, ()))
        return seen

    reached = {module: reach(module) for module in graph}
    groups = {frozenset({m, *(o for o in reached[m] if m in reached.get(o, ()))}) for m in graph if m in reached[m]}
    return [set(group) for group in groups]


def test_there_is_no_circle_anywhere():
    assert circles("terreau") == []


def test_the_circle_rule_bites(tmp_path):
    (tmp_path / "ring").mkdir()
    for name, text in {
        "__init__": "",
        "a": "import ring.b\n",
        "b": "def late():\n    import ring.a\n",
        "c": "import ring.a\n",
    }.items():
        (tmp_path / "ring" / f"{name}.py").write_text(text, encoding="utf-8")
    assert circles("ring", tmp_path) == [{"ring.a", "ring.b"}]
