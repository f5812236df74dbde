"""What the page of the calendar shows: what is late, then the days to come month by month, of one kind or all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.formats import date_format

from terreau.app.language import language
from terreau.plan.calendar import DUE, DUTY, EVIDENCE, INDICATOR, KINDS, LABEL, MILESTONE, REVIEW, Event
from terreau.plan.words import KINDS as WORDS
from terreau.plan.words import word

CHIPS = {DUTY: "bad", LABEL: "warn", EVIDENCE: "info", INDICATOR: "", MILESTONE: "ok", DUE: "ok", REVIEW: "info"}


def rows(found: Iterable[Event], today: date) -> list[dict[str, Any]]:
    """One row a day: in words, with how far it is."""
    told = language()
    return [
        {"event": one, "title": one.title(told), "kind": word(WORDS, one.kind, told), "chip": CHIPS[one.kind],
         "weekday": date_format(one.on, "D"), "late": (today - one.on).days}
        for one in found
    ]  # fmt: skip


def months(shown: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Rows by month, in words."""
    return [(date_format(first, "F Y"), list(group))
            for first, group in groupby(shown, key=lambda row: row["event"].on.replace(day=1))]  # fmt: skip


def kinds(found: Iterable[Event], chosen: str) -> list[dict[str, Any]]:
    """The kinds met, with how many days of each."""
    counted: dict[str, int] = {}
    for one in found:
        counted[one.kind] = counted.get(one.kind, 0) + 1
    return [{"key": key, "words": word(WORDS, key, language()), "n": counted[key], "current": key == chosen}
            for key in KINDS if key in counted]  # fmt: skip
