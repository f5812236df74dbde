"""The guide on adding a pack works as it is written."""

import re
from pathlib import Path

from terreau.factors.catalogue import factor_set
from terreau.factors.criteria import CRITERIA
from terreau.factors.packs import SHIPPED
from terreau.factors.rows import COLUMNS, KINDS

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "how-to" / "ajouter-un-jeu-de-facteurs.md").read_text("utf-8")
REFERENCE = (DOCS / "reference" / "facteurs.md").read_text("utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, flags=re.DOTALL)


def test_the_pack_of_the_guide_loads_and_says_what_the_guide_says(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "releves-valmont"
    folder.mkdir()
    (folder / "pack.toml").write_text("\n".join(blocks("toml")), encoding="utf-8")
    (folder / "factors.csv").write_text(blocks("csv")[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(blocks("python")[0], {})
    assert "terreau-2026.1+releves-valmont" in capsys.readouterr().out
    found = factor_set(folder)
    assert found.source("FICHE-DELL-5420").publisher == "Dell"
    assert found.mix("FRA", "climate_change").value.central == 0.045
    match = found.match("laptop", "standard", True, "latitude 5420")
    assert sum(factor.value.central for factor in found.stage_factors(match.item, "climate_change")) == 243
    assert found.lifespan(match.item).value.central == 6


def test_the_reference_names_every_column_kind_criterion_and_pack():
    for name in (*COLUMNS, *KINDS, *(one.key for one in CRITERIA), *(path.name for path in SHIPPED.iterdir())):
        assert f"`{name}`" in REFERENCE, name
    for one in CRITERIA:
        assert f"| {one.code} | {one.unit} |" in REFERENCE


def test_the_reference_counts_the_zones_right():
    climate = {zone for zone in factor_set().zones() if factor_set().mix(zone, "climate_change")}
    water = {zone for zone in factor_set().zones() if factor_set().mix(zone, "water_withdrawal")}
    assert f"{len(climate)} pays" in REFERENCE
    assert f"{len(water)} pays" in REFERENCE
