"""Each environment variable of the tests and of the measures is in the page on settings, and no other."""

import re

from tests.house.rules import REPO

PAGE = (REPO / "docs/reference/variables.md").read_text(encoding="utf-8")
INSTANCE, _, TRIALS = PAGE.partition("## Pour les essais")
READ = re.compile(r'environ(?:\.get\(|\[)"(TERREAU_[A-Z_]+)"')
GIVEN = {"TERREAU_HOME"}
"""Those of an instance, that a test sets for itself."""


def told(part: str) -> set[str]:
    """Variables that have a row in this part of the page."""
    return set(re.findall(r"^\| `(TERREAU_[A-Z_]+)`", part, re.MULTILINE))


def test_every_variable_the_tests_and_the_measures_read_has_its_row_and_no_other():
    sources = [path for folder in ("tests", "tools", "benchmarks") for path in (REPO / folder).rglob("*.py")]
    read = {name for path in sources for name in READ.findall(path.read_text(encoding="utf-8"))}
    assert told(TRIALS) == read - GIVEN


def test_a_variable_of_an_instance_and_one_of_a_test_are_never_the_same():
    assert told(INSTANCE) & told(TRIALS) == set()
