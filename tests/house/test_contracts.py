"""The import contracts hold, and each one breaks when its rule is broken."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.rules import REPO

BREACHES = {
    "storeys": ("terreau/kernel/breach.py", "import terreau.tables.engine\n"),
    "django-stays-upstairs": ("terreau/footprint/breach.py", "import django\n"),
    "one-door-to-duckdb": ("terreau/inventory/breach.py", "def late():\n    import duckdb\n    return duckdb\n"),
    "apps-meet-at-doors": ("terreau/app/pages/breach.py", "import terreau.app.inventory.models\n"),
}


def lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [word for key in contracts for word in ("--contract", key)]
    command = [
        sys.executable,
        "-c",
        "import sys; sys.path.insert(0, 'src'); from importlinter.cli import lint_imports_command as c; c()",
    ]
    return subprocess.run(
        [*command, "--no-logo", "--no-cache", *chosen], cwd=folder, capture_output=True, text=True, check=False
    )


def test_every_contract_holds():
    done = lint(REPO)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("key", BREACHES)
def test_a_contract_bites(key, tmp_path):
    shutil.copy(REPO / "pyproject.toml", tmp_path)
    shutil.copytree(
        REPO / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "static", "locale", "*.csv")
    )
    assert lint(tmp_path, key).returncode == 0
    where, text = BREACHES[key]
    (tmp_path / "src" / where).write_text(text, encoding="utf-8")
    done = lint(tmp_path, key)
    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout


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
