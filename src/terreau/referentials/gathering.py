"""Reads the fields of a document one by one and gathers every finding instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from terreau.kernel.errors import TerreauError
from terreau.referentials.edition import NO_WORDS, Words
from terreau.tables.findings import Finding

_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?|\d{1,9}/0*[1-9]\d{0,8}")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_LINK = re.compile(r"https?://[^\s<>\"']{3,2000}")
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
MOST_LETTERS, MOST_FINDINGS, SHOWN = 20_000, 500, 12


class Gathering:
    """The findings of one document; ``refuse_if_any`` turns them into one error that tells them all."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.findings: list[Finding] = []
        self._told: set[tuple[str, str, int, str]] = set()

    def say(self, code: str, at: str, line: int = 0, **facts: object) -> None:
        """Remember one finding at the place ``at`` ("criterion 1.1 › why.en")."""
        told = (code, at, line, str(facts))
        if told not in self._told and len(self._told) < MOST_FINDINGS:
            self._told.add(told)
            facts = {"at": at, **facts}
            self.findings.append(Finding(line=line, column=at, code=f"referentials.{code}", facts=facts))

    def refuse_if_any(self) -> None:
        """TerreauError referentials.edition_refused with every finding, when there is one."""
        if self.findings:
            raise TerreauError(
                "referentials.edition_refused",
                where=self.where,
                count=len(self.findings),
                listing_fr=self._listing("fr"),
                listing_en=self._listing("en"),
                findings=tuple(self.findings),
            )

    def _listing(self, language: str) -> str:
        told = [f"{_line(f.line, language)}{f.words(language).what}" for f in self.findings[:SHOWN]]
        return " ".join(f"({rank}) {text}" for rank, text in enumerate(told, 1)) + (
            " …" if len(self.findings) > SHOWN else ""
        )


class Fields:
    """The fields of one mapping of the document, read by name; what nobody asked for is a finding too."""

    def __init__(self, gathering: Gathering, value: object, at: str) -> None:
        self.gathering, self.at = gathering, at
        self.line = int(getattr(value, "line", 0))
        self.held = _named(value)
        self._asked: set[str] = set()
        if not isinstance(value, Mapping):
            self._say("wrong_kind", "", wanted_fr="un groupe de champs", wanted_en="a group of fields")

    def _say(self, code: str, name: str, **facts: object) -> None:
        at = f"{self.at} › {name}" if self.at and name else self.at or name
        self.gathering.say(code, at, self.line, **facts)

    def get(self, name: str, required: bool = False) -> Any:
        """The raw value of a field, None when it is absent or empty."""
        self._asked.add(name)
        value = self.held.get(name)
        if value is None and required and isinstance(self.held, Mapping):
            self._say("missing", name)
        return value

    def text(self, name: str, *, required: bool = False) -> str:
        """A text; an unquoted number, day or yes is a finding: YAML may have changed it already."""
        value = self.get(name, required)
        told = "" if value is None else self._text(value, name)
        if required and value is not None and not told:
            self._say("missing", name)
        return told

    def _text(self, value: object, name: str) -> str:
        if isinstance(value, bool | int | float | date):
            self._say("unquoted", name, value=value)
            return str(value)
        if not isinstance(value, str):
            self._say("wrong_kind", name, wanted_fr="un texte", wanted_en="a text")
            return ""
        if len(value) > MOST_LETTERS:
            self._say("too_long", name, most=MOST_LETTERS)
        return _HIDDEN.sub("", value).strip()[:MOST_LETTERS]

    def key(self, name: str = "key") -> str:
        """A short name: letters, digits, points, hyphens."""
        value = self.text(name, required=True)
        if value and not _KEY.fullmatch(value):
            self._say("bad_key", name, value=value[:80])
        return value

    def words(self, name: str, *, required: bool = False) -> Words:
        """Words in both languages; a plain text stands for both."""
        value = self.get(name, required)
        told = self._words(value, name)
        if required and isinstance(value, str) and not told:
            self._say("missing", name)
        return told

    def _words(self, value: object, name: str) -> Words:
        if value is None:
            return NO_WORDS
        if not isinstance(value, Mapping):
            text = self._text(value, name)
            return Words(fr=text, en=text)
        for extra in sorted(set(map(str, value)) - {"fr", "en"}):
            self._say("unknown_field", f"{name}.{extra}", known="fr, en")
        told = {lang: self._text(value.get(lang) or "", f"{name}.{lang}") for lang in ("fr", "en")}
        for language, text in told.items():
            if not text:
                self._say("one_language", f"{name}.{language}", language=language)
        return Words(**told)

    def many_words(self, name: str) -> tuple[Words, ...]:
        """A list of words."""
        return tuple(self._words(item, f"{name}[{rank}]") for rank, item in enumerate(self.listed(name), 1))

    def listed(self, name: str, *, required: bool = False) -> Sequence[Any]:
        """A list, empty when absent."""
        value = self.get(name, required)
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            self._say("wrong_kind", name, wanted_fr="une liste", wanted_en="a list")
            return ()
        if required and not value:
            self._say("empty", name)
        return value

    def texts(self, name: str, among: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of short texts, each one among the known ones when there are some."""
        found = tuple(self._text(item, name) for item in self.listed(name))
        for item in found:
            self.check(name, item, among)
        return found

    def choice(self, name: str, among: Collection[str], *, required: bool = False) -> str:
        """A text among those known."""
        value = self.text(name, required=required)
        if value:
            self.check(name, value, among)
        return value

    def check(self, name: str, value: str, among: Collection[str] | None) -> None:
        """A finding when ``value`` is not among the known ones."""
        if among is not None and value not in among:
            self._say("unknown_choice", name, value=value[:80], known=", ".join(among) or "-")

    def mapping(self, name: str, *, required: bool = False) -> Mapping[str, Any]:
        """A mapping, empty when absent."""
        value = self.get(name, required)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self._say("wrong_kind", name, wanted_fr="un groupe de champs", wanted_en="a group of fields")
        return _named(value)

    def fraction(self, name: str) -> Fraction | None:
        """An exact number written "1.5" or "1/2"; None when absent."""
        value = self.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not _NUMBER.fullmatch(str(value)):
            self._say("bad_number", name, value=str(value)[:40])
            return None
        return Fraction(str(value))

    def flag(self, name: str, default: bool = False) -> bool:
        """True or false."""
        value = self.get(name)
        if value is not None and not isinstance(value, bool):
            self._say("wrong_kind", name, wanted_fr="true ou false", wanted_en="true or false")
        return value if isinstance(value, bool) else default

    def day(self, name: str) -> date | None:
        """A day, written 2026-11-21 with or without quotes."""
        value = self.get(name)
        if value is None or type(value) is date:
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self._say("bad_date", name, value=str(value)[:40])
            return None

    def link(self, name: str = "link") -> str:
        """An http(s) address: nothing else may ever be offered to click."""
        value = self.text(name)
        if value and not _LINK.fullmatch(value):
            self._say("bad_link", name, value=value[:80])
            return ""
        return value

    def each(self, name: str, label: str, *, required: bool = False) -> list[Fields]:
        """The mappings of a list, each named by its key in later findings; a key met twice is a finding."""
        made, seen = [], set()
        for rank, item in enumerate(self.listed(name, required=required), 1):
            key = str(item.get("key", rank))[:80] if isinstance(item, Mapping) else str(rank)
            fields = Fields(self.gathering, item, f"{label} {key}")
            if key in seen:
                self.gathering.say("twice", f"{label} {key}", fields.line)
            seen.add(key)
            made.append(fields)
        return made

    def inner(self, name: str) -> Fields | None:
        """A mapping inside this one, None when absent."""
        value = self.get(name)
        return None if value is None else Fields(self.gathering, value, f"{self.at} › {name}" if self.at else name)

    def done(self) -> None:
        """A finding for each field nobody asked for: a typing slip would otherwise be lost in silence."""
        for name in self.held:
            if name not in self._asked:
                self._say("unknown_field", str(name)[:80], known=", ".join(sorted(self._asked)))


def _named(value: object) -> Mapping[str, Any]:
    """A mapping whose names are texts; nothing when it is not a mapping."""
    if not isinstance(value, Mapping) or all(isinstance(name, str) for name in value):
        return value if isinstance(value, Mapping) else {}
    return {str(name): held for name, held in value.items()}


def _line(line: int, language: str) -> str:
    if not line:
        return ""
    return f"line {line}: " if language == "en" else f"ligne {line} : "
