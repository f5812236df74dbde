"""What a factor's flags mean, in words (mentions)."""

import tomllib
from functools import cache
from pathlib import Path


def sentences(note: str, language: str = "fr") -> tuple[str, ...]:
    """The sentences of a factor's ``note`` ("single_sheet;inferred") in ``language``, in order."""
    words = _words()
    return tuple(words[flag]["en" if language == "en" else "fr"] for flag in note.split(";") if flag in words)


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("flags.toml").read_text(encoding="utf-8"))
