"""Every doubt has its words: what, why and remedy, in both languages, and not the same ones."""

import re
from pathlib import Path

import pytest

from terreau import inventory
from terreau.kernel.errors import words_of

READERS = ("conditions", "countries", "dates", "numbers", "ownership", "statuses")
CODES = sorted(
    code
    for reader in READERS
    for code in set(
        re.findall(r'"(inventory\.\w+)"', (Path(inventory.__file__).parent / f"{reader}.py").read_text("utf-8"))
    )
)


@pytest.mark.parametrize("code", CODES)
def test_a_doubt_has_words_in_two_languages(code):
    facts = {"text": "31/02", "read": "2020-01-01", "earliest": 1980, "latest": 2050}
    french, english = words_of(code, facts, "fr"), words_of(code, facts, "en")
    for part in ("what", "why", "remedy"):
        assert getattr(french, part) != getattr(english, part)
        assert "‹" not in getattr(french, part) + getattr(english, part)


def test_every_reader_has_doubts():
    assert len(CODES) >= 14
