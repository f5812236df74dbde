"""The texts without which a pattern cannot be found are kept beside the vocabulary, and rule out nothing they should not."""

import re

import pytest

from terreau.inventory.needles import Guarded, needles_of
from terreau.inventory.vocabulary import patterns, rows, taken_apart
from terreau.kernel.text import normal


def test_what_is_kept_of_the_patterns_is_what_they_say():
    kept = taken_apart()
    assert kept.keys() == set(patterns()), "python tools/needles.py"
    for pattern in patterns():
        assert tuple(map(tuple, kept[pattern])) == needles_of(pattern), f"{pattern}: python tools/needles.py"


def test_a_guarded_pattern_finds_what_the_pattern_finds():
    texts = {normal(f"{row['manufacturer']} {row['model']}") for row in rows("checks")}
    texts |= {normal(row["word"]) for row in rows("type-words") if row["kind"] == "exact"}
    for pattern in patterns():
        bare, guarded = re.compile(pattern), Guarded(pattern)
        for text in texts:
            found, other = bare.search(text), guarded.search(text)
            assert (found and found.span()) == (other and other.span()), (pattern, text)


@pytest.mark.parametrize(
    ("pattern", "sets"),
    [
        ("^dell (latitude|vostro) 5", (("latitude", "vostro"), ("dell ",), (" 5",))),
        ("abc?d", (("ab",),)),
        ("(?:ab|c)d", ()),
        ("(?:xy){2,}z?", (("xy",),)),
    ],
)
def test_each_piece_that_must_be_there_rules_out(pattern, sets):
    assert set(needles_of(pattern)) == set(sets)
