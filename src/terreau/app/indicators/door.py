"""What the other rooms ask of the board: what is flagship, what is followed, series of values, days to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from terreau.app.indicators import board, kept, showing, xray
from terreau.app.indicators.kept import Kept
from terreau.app.indicators.naming import address, definitions, definitions_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from terreau.indicators.followed import Followed
    from terreau.indicators.quality import Check
    from terreau.indicators.series import Series
    from terreau.plan.calendar import Event

__all__ = [
    "FlagshipLine",
    "Kept",
    "board_of",
    "checks",
    "definitions",
    "definitions_of",
    "due",
    "flagship",
    "followed",
    "lines",
    "series_for",
    "series_of",
    "url_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagshipLine:
    """One flagship indicator in a few words: the value with its unit, its bounds, its day, its small curve, its target.

    standing: "on_track", "late", "reached" or "unknown"; chip, words: how its page says it; stale: the next value is overdue
    """

    key: str
    name: str
    text: str
    interval: str
    on: date | None
    when: str
    spark: SafeString
    target: str
    standing: str
    chip: str
    words: str
    stale: bool
    url: str


def flagship(organisation: Any) -> tuple[FlagshipLine, ...]:
    """The flagship indicators, in the language of the moment."""
    rows = [row for row in board.followings(organisation) if row.role == "flagship"]
    return tuple(_line(one) for one in board.lines(organisation, rows, timezone.localdate()))


def lines(organisation: Any) -> tuple[FlagshipLine, ...]:
    """Everything followed, flagship first, as reports show it."""
    return tuple(_line(one) for one in board.lines(organisation, board.followings(organisation), timezone.localdate()))


def followed(organisation: Any) -> tuple[Followed, ...]:
    """The board as the room of indicators reads it: definitions, baselines and targets, without values."""
    return board.followed(organisation)


def board_of(organisation: Any) -> tuple[Kept, ...]:
    """Every indicator followed or valued, with all its values: what a file or a terminal takes away."""
    return kept.board_of(organisation, timezone.localdate())


def checks(organisation: Any) -> tuple[Check, ...]:
    """What the X-ray sees today, the gravest first."""
    return xray.checks(organisation, timezone.localdate())


def series_of(organisation: Any, key: str, group: str = "") -> Series:
    """The values of one indicator in time, followed or not."""
    from terreau.indicators.series import series

    return series(key, board.values_of(organisation, [key]).get(key, ()), group)


def series_for(organisation: Any, keys: Iterable[str]) -> dict[str, Series]:
    """The values in time of these indicators, by key, in one query: the whole, or the group measured last."""
    today = timezone.localdate()
    held = board.values_of(organisation, keys)
    return {key: board.main_series(key, values, today) for key, values in held.items()}


def url_of(organisation: Any, key: str) -> str:
    """The page of one indicator."""
    return address("indicator", organisation, key)


def due(organisation: Any, _language: str = "fr") -> tuple[Event, ...]:
    """The next value expected of each indicator followed, and the last day of each target."""
    from terreau.plan.calendar import DUE, Event, Expected, of_indicators

    told = board.lines(organisation, board.followings(organisation), timezone.localdate())
    expected = [
        Expected(key=one.one.key, name_fr=one.one.name.fr, name_en=one.one.name.en, frequency=one.one.frequency, since=one.row.since,
                 last_on=one.value.on if one.value else None, url=one.url)
        for one in told
    ]  # fmt: skip
    aims = [
        Event(key=f"target:{one.one.key}", on=one.followed.target.due, kind=DUE, url=one.url,
              title_fr=f"Cible à atteindre : {one.one.name.fr}", title_en=f"Target to reach: {one.one.name.en}")
        for one in told if one.followed.target and not (one.stands and one.stands.status in ("reached", "reached_late", "missed"))
    ]  # fmt: skip
    return (*of_indicators(expected), *aims)


def _line(one: board.Line) -> FlagshipLine:
    chip, words = one.standing
    status = one.stands.status if one.stands else ""
    return FlagshipLine(
        key=one.one.key, name=one.name, text=one.text, interval=one.interval, on=one.value.on if one.value else None, when=one.when,
        spark=one.spark, target=one.target, standing=showing.MARKS.get(status, "unknown"), chip=chip, words=words,
        stale=one.fresh.stale, url=one.url,
    )  # fmt: skip
