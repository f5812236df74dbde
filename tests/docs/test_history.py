"""The file of values a page shows is read as the page says."""

from datetime import UTC, date, datetime

from terreau.indicators.catalogue import indicators
from terreau.indicators.importing import read_values
from tests.house.rules import REPO

PAGE = REPO / "docs/how-to/importer-l-historique-d-un-indicateur.md"


def test_the_four_lines_of_the_page_are_sure_and_the_last_left_aside(tmp_path):
    shown = PAGE.read_text(encoding="utf-8").split("```csv\n")[1].split("```")[0]
    path = tmp_path / "historique.csv"
    path.write_text("\n".join(line.strip() for line in shown.splitlines()) + "\n", encoding="utf-8")
    found = read_values(path, name=path.name, indicators=indicators(), at=date(2026, 11, 22),
                        recorded_at=datetime(2026, 11, 22, tzinfo=UTC), signed_by="Léa")  # fmt: skip
    assert [one.outcome for one in found.lines] == ["accepted"] * 4 + ["rejected"]
    assert [one.value for one in found.values] == [3.1, 3.4, 3.8, 2.0]
    assert found.lines[-1].as_json("fr")["remarks"][0]["what"].startswith("« quatre » n’est pas un nombre")
