"""Reads the fields of one definition and gathers every trouble, so that a person mends a file once."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from terreau.kernel.bilingual import NO_WORDS, Words
from terreau.kernel.errors import TerreauError

SHOWN = 12
Trouble = tuple[str, str]
"""One trouble, in French and in English."""


class Fields:
    """The fields of one mapping; ``troubles`` is shared with the mappings inside it."""

    def __init__(self, value: object, at: str = "", troubles: list[Trouble] | None = None) -> None:
        self.at = at
        self.troubles: list[Trouble] = [] if troubles is None else troubles
        self._asked: set[str] = set()
        self.held: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
        if not isinstance(value, Mapping):
            self.say("", "devrait être un groupe de champs", "should be a group of fields")

    def say(self, name: str, french: str, english: str) -> None:
        """Remember one trouble at the field ``name``."""
        at = " › ".join(part for part in (self.at, name) if part)
        self.troubles.append((f"« {at} » {french}", f"“{at}” {english}"))

    def get(self, name: str, required: bool = False) -> Any:
        """The raw value, None when absent."""
        self._asked.add(name)
        value = self.held.get(name)
        if value is None and required:
            self.say(name, "manque", "is missing")
        return value

    def text(self, name: str, *, required: bool = False, among: Collection[str] = ()) -> str:
        """A text, among the known ones when there are some."""
        value = self.get(name, required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.say(name, f"n’est pas un texte : {value}", f"is not a text: {value}")
            return str(value)
        if among and value not in among:
            known = ", ".join(among)
            self.say(name, f"vaut « {value} », connus : {known}", f"is “{value}”, known: {known}")
        return value.strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of short texts."""
        found = self.listed(name)
        for item in found:
            if not isinstance(item, str):
                self.say(
                    name, f"contient autre chose qu’un texte : {item}", f"holds something else than a text: {item}"
                )
        return tuple(str(item) for item in found)

    def words(self, name: str, *, required: bool = False) -> Words:
        """Words in both languages."""
        value = self.get(name, required)
        return NO_WORDS if value is None else self._words(name, value)

    def many_words(self, name: str) -> tuple[Words, ...]:
        """A list of words."""
        return tuple(self._words(f"{name}[{rank}]", item) for rank, item in enumerate(self.listed(name), 1))

    def _words(self, name: str, value: object) -> Words:
        good = isinstance(value, Mapping) and set(value) == {"fr", "en"}
        if (
            not good
            or not isinstance(value, Mapping)
            or not all(isinstance(t, str) and t.strip() for t in value.values())
        ):
            self.say(name, "doit être dit en français et en anglais : {fr: …, en: …}",
                     "must be said in French and in English: {fr: …, en: …}")  # fmt: skip
            return NO_WORDS
        return Words(fr=value["fr"].strip(), en=value["en"].strip())

    def number(self, name: str, *, required: bool = False) -> float | None:
        """A finite number; None when absent."""
        value = self.get(name, required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.say(name, f"n’est pas un nombre : {value}", f"is not a number: {value}")
            return None
        return float(value)

    def day(self, name: str) -> date | None:
        """A day, 2026-11-21."""
        value = self.get(name)
        if value is not None and type(value) is not date:
            self.say(name, f"n’est pas une date : {value}", f"is not a date: {value}")
            return None
        return value

    def listed(self, name: str) -> list[Any]:
        """A list, empty when absent."""
        value = self.get(name)
        if value is not None and not isinstance(value, list):
            self.say(name, "devrait être une liste", "should be a list")
        return value if isinstance(value, list) else []

    def each(self, name: str) -> list[Fields]:
        """The mappings of a list."""
        return [self.inside(item, f"{name}[{rank}]") for rank, item in enumerate(self.listed(name), 1)]

    def inner(self, name: str) -> Fields | None:
        """A mapping inside this one, None when absent."""
        value = self.get(name)
        return None if value is None else self.inside(value, name)

    def inside(self, value: object, name: str) -> Fields:
        """``value`` read as a mapping at ``name``."""
        return Fields(value, " › ".join(part for part in (self.at, name) if part), self.troubles)

    def done(self) -> None:
        """A trouble for each field nobody asked for: a slip would otherwise be lost in silence."""
        for name in self.held:
            if name not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.say(str(name), f"n’est pas un champ connu ({known})", f"is not a known field ({known})")

    def refuse_if_any(self, where: str) -> None:
        """TerreauError levers.file_refused telling every trouble, when there is one."""
        if self.troubles:
            more = " …" if len(self.troubles) > SHOWN else ""
            told = self.troubles[:SHOWN]
            raise TerreauError(
                "levers.file_refused",
                where=where,
                count=len(self.troubles),
                listing_fr=" ; ".join(one[0] for one in told) + more,
                listing_en="; ".join(one[1] for one in told) + more,
            )
