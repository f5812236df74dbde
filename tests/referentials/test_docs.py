"""The page on referentials says what the loader does."""

from __future__ import annotations

import re
from dataclasses import fields

from terreau.referentials import library
from terreau.referentials.document import from_yaml, to_json
from terreau.referentials.edition import Criterion
from tests.house.rules import REPO

PAGE = (REPO / "docs/reference/referentiels.md").read_text(encoding="utf-8")
INSIDE = {"key", "number", "theme", "rubric", "facets"}


def test_the_shortest_edition_of_the_page_is_complete():
    (shown,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    edition = from_yaml(shown, "accueil.yaml")
    assert edition.criteria[0].key == "accueil:1.1.1"
    assert len(shown.splitlines()) < 25


def test_the_page_names_every_shipped_edition_with_its_count():
    told = dict(re.findall(r"^\| `([\w.-]+)` \|.*\| (\d+) \|$", PAGE, re.MULTILINE))
    shipped = {head.key: library.edition(head.key).for_variant() for head in library.editions()}
    assert told == {key: str(len(edition.criteria)) for key, edition in shipped.items()}


def test_the_page_names_every_field_of_a_criterion_and_of_the_json():
    named = set(re.findall(r"`(\w+)`", PAGE))
    assert {field.name for field in fields(Criterion)} - INSIDE <= named
    assert set(to_json(library.edition("before-digital"))) <= named
