"""The built wheel holds all it needs: code, data, templates, translations, and nothing else."""

import json
import os
import subprocess
import sys
import zipfile

import pytest

from tests.house.rules import REPO

SAMPLE = REPO / "examples" / "inventories" / "glpi10_fr_ordinateurs.csv"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    made = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_every_file_of_the_package(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    source = REPO / "src"
    ours = {p.relative_to(source).as_posix() for p in source.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    assert ours - inside == set()
    assert not [name for name in inside if name.startswith(("tests/", "docs/", "benchmarks/"))]
    assert any(name.endswith("licenses/LICENSE") for name in inside)


def test_the_wheel_carries_every_example_that_the_demonstration_reads(wheel):
    from terreau.app.demo import NUMA, VALMONT

    inside = set(zipfile.ZipFile(wheel).namelist())
    assert {f"terreau/app/examples/{one.file}" for one in (*VALMONT, *NUMA)} - inside == set()


def test_the_wheel_is_pure_python_and_announces_one_command(wheel):
    assert wheel.name.endswith("-py3-none-any.whl")
    archive = zipfile.ZipFile(wheel)
    points = archive.read(next(n for n in archive.namelist() if n.endswith("entry_points.txt"))).decode()
    assert points.split() == ["[console_scripts]", "terreau", "=", "terreau.cli:main"]


def test_a_footprint_comes_out_of_the_installed_wheel(wheel, tmp_path):
    """Installed apart from the checkout, so that a data file left out of the wheel is missed here."""
    home = tmp_path / "a folder with spaces é"
    zipfile.ZipFile(wheel).extractall(home)
    run = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(home)!r}); import terreau; assert {home.name!r} in terreau.__file__; "
           "from terreau.cli import main; sys.exit(main(sys.argv[1:]))"]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(home), "TERREAU_HOME": str(tmp_path / "home")}
    made = subprocess.run([*run, "footprint", str(SAMPLE), "--at", "2026-09-30", "--json"], capture_output=True, text=True, env=environment,
                          cwd=tmp_path, check=False)  # fmt: skip
    assert made.returncode in (0, 1), made.stderr
    assert json.loads(made.stdout)["totals"]
