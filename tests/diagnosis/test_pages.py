"""What the pages on answers and scores say is what the code does."""

import re
from datetime import date
from fractions import Fraction

from terreau.diagnosis.answers_file import read_answers
from terreau.diagnosis.scoring import percent, rules, score
from terreau.referentials.library import edition
from tests.docs.pages import blocks
from tests.house.rules import REPO

ANSWERS = REPO / "docs/reference/reponses.md"
SCORES = REPO / "docs/explanation/ce-que-vaut-un-score.md"


def test_the_example_of_the_page_on_answers_is_understood_whole(tmp_path):
    path = tmp_path / "r.yaml"
    path.write_text(next(one.text for one in blocks(ANSWERS) if one.language == "yaml"), encoding="utf-8")
    told = read_answers(path, edition("nr-terreau"), date(2026, 3, 1))
    assert told.findings == () and len(told.record.answers) == 4
    assert [one.unjustified_not_applicable for one in told.record.answers.values()] == [False, False, False, True]


def test_the_example_worked_by_hand_is_what_the_rule_gives():
    text = SCORES.read_text(encoding="utf-8")
    worked = {name: (above, below, shown) for name, above, below, shown in re.findall(r"\| (plancher|valeur|plafond) \| (.+?) ÷ (.+?) \| ([\d,]+ %)", text)}  # fmt: skip
    grid = edition("nr-terreau")
    told = read_answers(REPO / "examples/answers/nr-terreau.yaml", grid, date(2026, 3, 1))
    documents = score(told.record, grid).bars["documents"]
    for name, got in {"plancher": documents.floor, "valeur": documents.value, "plafond": documents.ceiling}.items():
        above, below, shown = worked[name]
        assert by_hand(above) / by_hand(below) == got
        assert percent(got).replace("\u00a0", " ") == shown


def by_hand(written):
    """ "(8,5 + 35)" added up."""
    return sum(Fraction(number.replace(",", ".")) for number in re.findall(r"[\d,]+", written))


def test_every_rule_is_in_the_page():
    assert set(re.findall(r"^\| `([\w-]+)` \|", SCORES.read_text(encoding="utf-8"), re.MULTILINE)) == set(rules())


def test_every_shipped_edition_names_rules_that_exist_and_can_be_scored_empty():
    from terreau.referentials.library import editions

    for head in editions():
        whole = edition(head.key)
        for variant in ("", *(one.key for one in whole.variants)):
            for key in whole.scoring or (None,):
                found = score({}, whole.for_variant(variant), key)
                assert found.answered == 0 and found.applicable == len(whole.for_variant(variant).criteria) > 0
