"""A folder as a reader of the documentation has it: the examples, and the files the pages take for granted."""

import shutil

import pytest

from tests.docs.pages import blocks
from tests.house.rules import REPO

G4IT = (
    "criterion;lifecycle_step;name;category;description;level;source;unit;value;version\n"
    "CLIMATE_CHANGE;FABRICATION;Laptop;Terminal;;2-Equipement;Une base;kg CO2 eq;150;2026\n"
)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """The current folder: ``examples``, ``parc.csv``, and the packs of the guide on factors."""
    (tmp_path / "examples").symlink_to(REPO / "examples", target_is_directory=True)
    shutil.copy(REPO / "examples/inventories/glpi10_fr_ordinateurs.csv", tmp_path / "parc.csv")
    (tmp_path / "item_impacts.csv").write_text(G4IT, encoding="utf-8")
    guide = blocks(REPO / "docs/how-to/ajouter-un-jeu-de-facteurs.md")
    pack = tmp_path / "releves-valmont"
    pack.mkdir()
    (pack / "pack.toml").write_text("\n".join(one.text for one in guide if one.language == "toml"), encoding="utf-8")
    (pack / "factors.csv").write_text(next(one.text for one in guide if one.language == "csv"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path
