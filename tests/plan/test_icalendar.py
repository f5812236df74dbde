"""iCalendar text against the rules of RFC 5545: folding, ends of lines, escaping, names that stay."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.plan.calendar import Event
from terreau.plan.icalendar import folded, icalendar, text

STAMP = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)
CONTENT = re.compile(r"[A-Z][A-Z0-9-]*(;[A-Z][A-Z0-9-]*=[A-Z0-9-]+)*:.*", re.DOTALL)


def event(**facts):
    plain = {"key": "due:a", "on": date(2026, 12, 31), "title_fr": "Échéance", "title_en": "Due", "kind": "due"}
    return Event(**{**plain, **facts})


def made(*events, **facts):
    return icalendar(events, "Terreau", **{"stamp": STAMP, "scope": "org", **facts})


def unfolded(calendar):
    """The content lines, as a reader of the RFC puts them back."""
    assert calendar.endswith("\r\n")
    assert "\n" not in calendar.replace("\r\n", "")
    assert "\r" not in calendar.replace("\r\n", "")
    for line in calendar.split("\r\n"):
        assert len(line.encode("utf-8")) <= 75
    return calendar.replace("\r\n ", "").split("\r\n")[:-1]


def read(calendar):
    """Events as {property: value}, texts unescaped."""
    found, here = [], None
    for line in unfolded(calendar):
        assert CONTENT.fullmatch(line), line
        name, value = line.split(":", 1)
        if line == "BEGIN:VEVENT":
            here = {}
        elif line == "END:VEVENT":
            found.append(here)
            here = None
        elif here is not None:
            assert name not in here
            here[name] = value
    return found


def unescaped(value):
    return re.sub(r"\\(.)", lambda one: "\n" if one[1] == "n" else one[1], value)


def test_a_calendar_is_these_lines():
    assert made(event(url="https://nr.example/plan?a=1", basis="C. com., art. R. 210-21")).split("\r\n") == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Terreau//Calendar//FR", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        "NAME:Terreau", "X-WR-CALNAME:Terreau", "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "BEGIN:VEVENT", f"UID:{read(made(event()))[0]['UID']}", "DTSTAMP:20261122T113000Z", "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101", "SUMMARY:Échéance", "DESCRIPTION:C. com.\\, art. R. 210-21", "CATEGORIES:échéance",
        "URL:https://nr.example/plan?a=1", "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip


def test_an_empty_calendar_is_still_one_with_the_component_it_must_have():
    lines = unfolded(made())
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert [line for line in lines if line.startswith(("BEGIN", "END"))][1:-1] == [
        "BEGIN:VTIMEZONE", "BEGIN:STANDARD", "END:STANDARD", "END:VTIMEZONE",
    ]  # fmt: skip
    assert "BEGIN:VTIMEZONE" not in unfolded(made(event()))


def test_a_uid_stays_when_the_day_the_words_or_the_language_change_and_differs_elsewhere():
    first = read(made(event()))[0]["UID"]
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", first)
    assert read(made(event(on=date(2027, 3, 1), title_fr="Reportée"), language="en"))[0]["UID"] == first
    assert read(made(event(key="due:b")))[0]["UID"] != first
    assert read(made(event(), scope="other"))[0]["UID"] != first


def test_the_stamp_is_told_in_universal_time():
    paris = datetime(2026, 7, 1, 1, 0, tzinfo=timezone(timedelta(hours=2)))
    assert read(made(event(), stamp=paris))[0]["DTSTAMP"] == "20260630T230000Z"


def test_english_titles_in_english():
    (one,) = read(made(event(), language="en"))
    assert (one["SUMMARY"], one["CATEGORIES"]) == ("Due", "due date")


def test_words_of_others_cannot_add_a_line_nor_an_event():
    attack = "Fin\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:faux;a,b\\n\x00\x07"
    (one,) = read(made(event(title_fr=attack)))
    assert unescaped(one["SUMMARY"]) == "Fin\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:faux;a,b\\n"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://nr.example/a b\r\nX:1", "https://nr.example/a%20b%0D%0AX:1"),
        ("https://nr.example/é", "https://nr.example/%C3%A9"),
        ("https://nr.example/100%?a=%20b%zz", "https://nr.example/100%25?a=%20b%25zz"),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("http://[", None),
        ("/plan", None),
    ],
)
def test_only_a_web_address_is_given_and_in_ascii(url, said):
    assert read(made(event(url=url)))[0].get("URL") == said


def test_the_last_day_of_time_has_no_day_after():
    (one,) = read(made(event(on=date.max)))
    assert one["DTSTART;VALUE=DATE"] == "99991231"
    assert "DTEND;VALUE=DATE" not in one


def test_a_line_is_folded_between_characters():
    parts = list(folded("SUMMARY:" + "é" * 60))
    assert [len(part.encode("utf-8")) for part in parts] == [74, 55]
    assert parts[1].startswith(" é")
    assert [len(part) for part in folded("SUMMARY:" + "e" * 200)] == [75, 75, 60]


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_any_text_comes_back_whole_but_for_control_characters(words):
    (one,) = read(made(event(title_fr=words)))
    kept = re.sub("\r\n|[\r\u2028\u2029]", "\n", words)
    kept = "".join(c for c in kept if c in "\n\t" or not (ord(c) < 32 or 127 <= ord(c) < 160))
    assert unescaped(one["SUMMARY"]) == kept
    assert text("") == ""
