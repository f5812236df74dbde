"""Days to come as iCalendar text (RFC 5545), for any calendar to subscribe to: whole days, stable names, nothing unescaped."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urlsplit

from terreau.plan.calendar import Event
from terreau.plan.words import KINDS, word

OCTETS = 75
"""Longest line, its end not counted (RFC 5545, 3.1)."""
_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "https://terreau.example/calendar")
_BREAKS = re.compile("\r\n|[\r\u2028\u2029]")
_NOTHING = (
    "BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000",
    "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip
"""A calendar holds one component at least (RFC 5545, 3.6): without any event, the zone of its stamps."""
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_URL_KEPT = "%/:=&?~#+!$,;'@()*[]"


def icalendar(
    events: Iterable[Event], name: str, language: str = "fr", *, stamp: datetime, scope: str = ""
) -> str:  # fmt: skip
    """The calendar of some events, lines ended by CRLF and folded at 75 octets of UTF-8.

    name: title of the calendar; stamp: the moment it is made, aware of its zone; scope: what makes the keys of the events
    unique in the world (the organisation's uuid): the same scope and key always give the same UID
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Terreau//Calendar//{'EN' if language == 'en' else 'FR'}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{text(name)}",
        f"X-WR-CALNAME:{text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        *([line for one in events for line in _event(one, language, stamp, scope)] or _NOTHING),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(one: Event, language: str, stamp: datetime, scope: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid.uuid5(_NAMES, f'{len(scope)}:{scope}:{one.key}')}"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(one.on)}"
    if one.on < date.max:
        yield f"DTEND;VALUE=DATE:{_day(one.on + timedelta(days=1))}"
    yield f"SUMMARY:{text(one.title(language))}"
    if one.basis:
        yield f"DESCRIPTION:{text(one.basis)}"
    yield f"CATEGORIES:{text(word(KINDS, one.kind, language))}"
    if address := _address(one.url):
        yield f"URL:{address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(on: date) -> str:
    return f"{on.year:04}{on.month:02}{on.day:02}"


def text(words: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11): backslash, comma, semicolon and new lines escaped, control characters left out."""
    found = _BREAKS.sub("\n", words).encode("utf-8", "replace").decode("utf-8")
    plain = "".join(one for one in found if one in "\n\t" or not (ord(one) < 32 or 127 <= ord(one) < 160))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _address(url: str) -> str:
    """A web address as a URI value, ASCII and without blank nor control character; '' for anything else."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    whole = _LONE_PERCENT.sub("%25", url.strip())
    return quote(whole.encode("utf-8", "replace"), safe=_URL_KEPT)


def folded(line: str) -> Iterator[str]:
    """The line cut at 75 octets, between characters; each part but the first starts with a space."""
    part, size = "", 0
    for one in line:
        octets = len(one.encode("utf-8"))
        if size + octets > OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + one, size + octets
    yield part
