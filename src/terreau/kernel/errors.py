"""Errors are codes with facts; their words live beside each room, in two languages.

A code reads ``room.subject`` (``tables.empty_file``). Its words stand in ``errors.toml`` of
that room, one table per language, always with what, why and remedy.
"""

from dataclasses import dataclass
from functools import cache

LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a person reads about one error: what happened, why it matters, how to mend it."""

    what: str
    why: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what} {self.why} {self.remedy}"


class TerreauError(Exception):
    """A refusal with a code, facts and words. Never shown as a traceback to a person."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def words(self, language: str = "fr") -> Words:
        """The words of this error in ``language`` ("fr" or "en")."""
        return words_of(self.code, self.facts, language)

    def __str__(self) -> str:
        return f"{self.code}: {self.words('en')}"


def words_of(code: str, facts: dict[str, object], language: str = "fr") -> Words:
    """Fill the words of ``code`` with ``facts``; KeyError when a code has no words (a test counts them)."""
    room, _, subject = code.partition(".")
    table = _catalogue(room)[subject][language if language in LANGUAGES else "fr"]
    return Words(**{part: table[part].format_map(_Facts(facts)) for part in ("what", "why", "remedy")})


@cache
def _catalogue(room: str) -> dict[str, dict[str, dict[str, str]]]:
    # Late: a command that refuses nothing needs neither.
    import tomllib
    from importlib.resources import files

    return tomllib.loads(files(f"terreau.{room}").joinpath("errors.toml").read_text(encoding="utf-8"))


class _Facts(dict[str, object]):
    """Facts for ``format_map``: a missing fact shows its name rather than breaking the message."""

    def __missing__(self, key: str) -> str:
        return f"‹{key}›"
