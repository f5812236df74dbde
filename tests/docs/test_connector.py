"""The guide on adding a connector, followed to the letter in a copy of Terreau."""

import os
import shutil
import subprocess
import sys

import pytest

from terreau.cli import main
from tests.docs.pages import blocks, not_said
from tests.house.rules import REPO

GUIDE = blocks(REPO / "docs/how-to/ajouter-un-connecteur.md")
SPECIMEN, HEADINGS = (one.text for one in GUIDE if one.language == "csv")
CONNECTOR, TEST = (one.text for one in GUIDE if one.language == "python")
BEFORE, AFTER = (one for one in GUIDE if one.language == "sh")


def lay(folder):
    """The specimen of the guide, where the guide puts it."""
    specimen = folder / "examples/inventories/lutin_parc.csv"
    specimen.parent.mkdir(parents=True)
    specimen.write_text(SPECIMEN, encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the package with the specimen, the rows and the file of the guide."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(REPO / "src/terreau", folder / "src/terreau")
    lay(folder)
    add(folder)
    return folder


def run(copy, *words):
    # The plugins of our own tests are none of those that the guide's test needs.
    environment = {
        **os.environ,
        "PYTHONPATH": str(copy / "src"),
        "PYTHONIOENCODING": "utf-8",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=copy, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def add(copy):
    """Steps 3 and 4: the headings at the end of the vocabulary, the connector beside the others."""
    with (copy / "src/terreau/inventory/vocabulary/headers.csv").open("a", encoding="utf-8") as headers:
        headers.write(HEADINGS)
    (copy / "src/terreau/inventory/connectors/lutin.py").write_text(CONNECTOR, encoding="utf-8")


def test_before_the_connector_the_list_is_refused(tmp_path, monkeypatch):
    lay(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert BEFORE.commands == AFTER.commands
    assert main(BEFORE.commands[0].split()[1:]) == 2


def test_with_the_rows_and_the_file_of_the_guide_the_list_is_read_as_the_guide_says(copy):
    done = run(copy, *AFTER.commands[0].split())
    assert (done.returncode, done.stderr) == (0, "")
    assert not_said(AFTER.told, done.stdout) == []


def test_the_test_of_the_guide_passes_with_the_connector_and_fails_without_its_cleaning(copy):
    (copy / "test_lutin.py").write_text(TEST, encoding="utf-8")
    words = ("pytest", "-q", "-p", "no:cacheprovider", "--rootdir", ".", "test_lutin.py")
    passed = run(copy, *words)
    assert passed.returncode == 0, passed.stdout
    connector = copy / "src/terreau/inventory/connectors/lutin.py"
    connector.rename(copy / "aside.py")
    failed = run(copy, *words)
    (copy / "aside.py").rename(connector)
    assert failed.returncode == 1, failed.stdout
    assert "1 failed" in failed.stdout
