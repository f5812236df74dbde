"""Our rules and those of NumEcoEval side by side, in the browser."""

import csv
import io
import json

import pytest

from terreau.app.footprint import rules

AT = "/o/valmont/empreinte"


def got(client, path, language="fr"):
    client.cookies["django_language"] = language
    response = client.get(path)
    assert response.status_code == 200
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8-sig")


def test_the_page_shows_both_totals_where_they_part_and_what_counts_as_zero(owner_client, counted):
    seen = got(owner_client, f"{AT}/regles/")
    assert "Deux jeux de règles, un même parc" in seen
    assert "Durée de vie" in seen
    # the four devices nobody recognised: three making stages and a use, counted as zero
    assert "Aucun équipement de référence, ou aucun facteur pour l&#x27;étape" in seen
    assert "parc.csv, ligne 4" in seen
    assert "Two rule sets, one fleet" in got(owner_client, f"{AT}/regles/?critere=resource_use_fossils", "en")
    told = json.loads(got(owner_client, f"{AT}/regles.json"))
    assert {one["cause"]: (one["lines"], one["rows"]) for one in told["causes"]} == {
        "no_reference": (1, 3),
        "no_energy": (1, 1),
    }


def test_the_parts_add_up_in_the_csv_and_every_line_in_error_is_in_its_own(owner_client, counted):
    rows = list(csv.DictReader(io.StringIO(got(owner_client, f"{AT}/regles.csv")), delimiter=";"))
    climate = next(one for one in rows if one["criterion"] == "climate_change")
    steps = ("presence", "perimeter", "rate", "reference", "lifespan", "pue", "country", "errors")
    parts = sum(float(climate[step]) for step in steps)
    assert parts == pytest.approx(float(climate["numecoeval-2.2"]) - float(climate["terreau-1"]), abs=1e-9)
    lost = list(csv.DictReader(io.StringIO(got(owner_client, f"{AT}/regles-erreurs.csv")), delimiter=";"))
    assert [(one["file"], one["line"], one["cause"]) for one in lost] == [
        ("parc.csv", "4", "no_energy"), ("parc.csv", "4", "no_reference"),
    ]  # fmt: skip


def test_the_page_says_of_the_country_what_both_rule_sets_do():
    _, ours, theirs = rules.steps()["country"]
    assert ours == theirs, (
        "the import gives a device the country of its room: see tests/footprint/test_numecoeval_rules.py"
    )
