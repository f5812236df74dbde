"""What is heavy is imported where it is used, never at start-up."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"duckdb", "numpy", "typst", "python_calamine", "openpyxl", "pandas", "pyarrow", "matplotlib", "playwright"}


def modules_after(statement: str, home) -> set[str]:
    code = f"{statement}\nimport sys, json; print('@@' + json.dumps(sorted(sys.modules)))"
    made = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TERREAU_HOME": str(home)},
    )
    return {name.split(".")[0] for name in json.loads(made.stdout.rpartition("@@")[2])}


TASKS = Path("/proc/self/task")
START = {
    "the shell's help": "import terreau.cli as c\ntry:\n    c.main(['--help'])\nexcept SystemExit: pass",
    "the pages": (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'terreau.app.settings'\n"
        "import django; django.setup()\nfrom django.urls import get_resolver; get_resolver().url_patterns\n"
        "import terreau.app.wsgi"
    ),
    "the notebook's doors": "import terreau.inventory, terreau.footprint",
}


@pytest.mark.parametrize("what", START)
def test_nothing_heavy_is_imported_by(what, tmp_path):
    assert HEAVY & modules_after(START[what], tmp_path) == set()


def test_the_lazy_rule_bites(tmp_path):
    assert HEAVY & modules_after("import numpy", tmp_path) == {"numpy"}


def test_help_does_not_import_django(tmp_path):
    assert "django" not in modules_after(START["the shell's help"], tmp_path)


@pytest.mark.skipif(not TASKS.is_dir(), reason="the threads of a process are counted in /proc")
def test_a_command_starts_no_thread_of_algebra(tmp_path):
    fleet = tmp_path / "parc.csv"
    fleet.write_text("Type;Modèle\nPortable;Latitude 5420\n", encoding="utf-8")
    code = (
        f"import os, sys\nfrom terreau.cli import main\nmain(['footprint', {str(fleet)!r}, '--json'])\n"
        f"print('@@', len(os.listdir({str(TASKS)!r})), 'numpy' in sys.modules)"
    )
    env = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert made.stdout.rpartition("@@")[2].split() == ["1", "True"]
