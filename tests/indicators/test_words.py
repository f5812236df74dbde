"""Every code the room may say has words in both languages, and every fact they ask for is given."""

import re
import string
import tomllib

import pytest

from terreau.kernel.errors import LANGUAGES
from tests.house.rules import REPO

ROOM = REPO / "src" / "terreau" / "indicators"
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOM.glob("*.py")))
WORDS = tomllib.loads((ROOM / "errors.toml").read_text(encoding="utf-8"))


def test_every_code_said_in_the_room_has_words():
    said = set(re.findall(r'(?:remark|say)\(\s*"([a-z_]+)"', SOURCE)) | set(re.findall(r'code="([a-z_]+)"', SOURCE))
    said |= set(re.findall(r'"indicators\.([a-z_]+)"', SOURCE))
    elsewhere = {"missing", "bad_number", "unknown_field", "unknown_choice"}  # gathered as findings of ``referentials``
    assert said - WORDS.keys() - elsewhere == set()


@pytest.mark.parametrize("code", WORDS)
def test_both_languages_ask_for_the_same_facts_but_for_their_own_listings(code):
    asked = {}
    for language in LANGUAGES:
        text = " ".join(WORDS[code][language].values())
        asked[language] = {
            name.removesuffix(f"_{language}") for _, name, _, _ in string.Formatter().parse(text) if name
        }
    assert asked["fr"] == asked["en"]
