"""Whatever is broken in a document, it is read whole and written back, or refused in words: never a crash."""

from __future__ import annotations

import copy
import json
import random

import pytest

from terreau.kernel.errors import TerreauError
from terreau.referentials.document import from_yaml, to_json, to_yaml
from terreau.referentials.loading import edition_from
from terreau.referentials.official import official_from, official_from_json
from terreau.referentials.private import becomes_an_edition, private_edition
from tests.referentials import small, test_official

ODD = [None, "", " ", 0, -1, 1.5, True, [], {}, [None], ["a"], {"fr": "a"}, {"fr": None, "en": None}, "x" * 90, "::",
       "../..", [[]], [{}], {"key": {}}, [{"key": ["a"]}], {1: 2}, "1e9", "1/0", "٣", "²", 10**30, float("nan")]  # fmt: skip


def places(value, at=()):
    """Every place inside a JSON value."""
    if at:
        yield at
    for name, inner in (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    ):
        yield from places(inner, (*at, name))


def broken(value, chance):
    """A copy with one to three places changed or taken away."""
    made = copy.deepcopy(value)
    for _ in range(chance.randint(1, 3)):
        *path, last = chance.choice(list(places(made)) or [(None,)])
        if last is None:
            break
        holder = made
        for step in path:
            holder = holder[step]
        if chance.random() < 0.2:
            del holder[last]
        else:
            holder[last] = copy.deepcopy(chance.choice(ODD))
    return made


def understood(read, value):
    """True when ``read`` took the value, False when it refused it in words."""
    try:
        read(value)
    except TerreauError as refusal:
        assert refusal.words("fr").remedy and refusal.words("en").what
        return False
    return True


def edition_whole(value):
    edition = edition_from(value, "x.yaml")
    assert from_yaml(to_yaml(edition), "y.yaml") == edition
    to_json(edition)


def official_whole(value):
    text = official_from(value, "x.json")
    assert official_from_json(text.as_json()) == text
    if becomes_an_edition(text):
        private_edition(text, "x.json")


def test_an_edition_broken_anywhere_is_read_whole_or_refused():
    chance, whole = random.Random(4), json.loads(json.dumps(small.document(), default=str))
    taken = [understood(edition_whole, broken(whole, chance)) for _ in range(150)]
    assert True in taken and False in taken


@pytest.mark.parametrize("name", ["RGESN", "RGESN_1", "RGAA", "METHODS", "GLOSSARY", "WSG"])
def test_an_official_file_broken_anywhere_is_read_whole_or_refused(name):
    chance, whole = random.Random(4), getattr(test_official, name)
    taken = [understood(official_whole, broken(whole, chance)) for _ in range(150)]
    assert True in taken and False in taken
