"""Two paths tell a beginner and a mature organisation which five criteria come first, and why."""

from __future__ import annotations

from terreau.referentials import library
from terreau.referentials.paths import paths


def test_each_path_names_five_criteria_of_its_edition_and_says_why():
    assert {path.key for path in paths()} == {"debutant", "mature"}
    for path in paths():
        edition = library.edition(path.referential, path.version)
        assert len({step.criterion for step in path.steps}) == 5
        for step in path.steps:
            assert edition.criterion(step.criterion).key == step.criterion
            assert step.why_first.fr != step.why_first.en


def test_the_paths_of_a_beginner_and_of_a_mature_organisation_differ():
    first, second = ({step.criterion for step in path.steps} for path in paths())
    assert first != second
