"""Files of training (fichiers de formation): who followed what, who is there; names leave the record where they are read.

Sheets are told by their rank. No cell that may hold a name is ever quoted: a remark says the line and the column, and the person who has the file looks.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from terreau.indicators.days import Day, days_of
from terreau.indicators.headings import Headings
from terreau.indicators.lines import witnessed
from terreau.indicators.people import Handles, handles, name_words
from terreau.indicators.remarks import Remark, remark
from terreau.indicators.table_file import Counts, Row, Sheet, counts, rejected_sheet, sheets_of
from terreau.indicators.training import Attendance, Course, Staffed
from terreau.indicators.training_columns import ATTENDANCES, STAFF
from terreau.kernel.errors import TerreauError
from terreau.kernel.text import normal
from terreau.referentials.edition import Words
from terreau.tables.findings import Finding
from terreau.tables.limits import UPLOAD, Limits
from terreau.tables.reading import ReadingChoices

REJECTING = frozenset(f"indicators.{code}" for code in (
    "person_absent", "course_absent", "course_unknown", "session_undated", "session_unreadable", "session_to_come",
    "attendance_twice", "person_twice", "sheet_not_understood",
))  # fmt: skip

QUOTING = frozenset(("indicators.heading_unknown", "tables.header_guessed", "tables.duplicate_header", "tables.hidden_sheet",
                     "tables.empty_sheet", "tables.sheet_without_headers"))  # fmt: skip
"""Findings that quote a heading or the title of a sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """What became of one line: its outcome and remarks; the record unless rejected."""

    sheet: str
    line: int
    outcome: str
    record: Attendance | Staffed | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleRead:
    """A file of attendances or of staff read: no name in it, whatever the line."""

    name: str
    lines: tuple[PersonLine, ...]
    counts: Counts
    findings: tuple[Finding, ...]

    @property
    def attendances(self) -> tuple[Attendance, ...]:
        """The attendances of the lines accepted or doubtful."""
        return tuple(one.record for one in self.lines if isinstance(one.record, Attendance))

    @property
    def staff(self) -> tuple[Staffed, ...]:
        """The people of the lines accepted or doubtful."""
        return tuple(one.record for one in self.lines if isinstance(one.record, Staffed))


def read_attendances(path: Path, *, name: str, key: bytes, courses: Sequence[Course], professions: Mapping[str, Words],
                     at: date, choices: ReadingChoices | None = None, limits: Limits = UPLOAD, language: str = "fr") -> PeopleRead:  # fmt: skip
    """Who followed what and when. key: seals the names; professions: key -> words; at: today.

    TerreauError tables.*, indicators.people_columns_missing, indicators.training_key_short.
    """
    handles(key)
    by_title = {normal(word): one.key for one in courses for word in (one.key, one.title)}
    return _read(path, name, ATTENDANCES, ("person", "course", "followed_on"), choices, limits,
                 _Told(key, professions, at, language, by_title, {one.key: one.title for one in courses}))  # fmt: skip


def read_staff(path: Path, *, name: str, key: bytes, professions: Mapping[str, Words], at: date,
               choices: ReadingChoices | None = None, limits: Limits = UPLOAD, language: str = "fr") -> PeopleRead:  # fmt: skip
    """Who is there, of which profession, since when. TerreauError as ``read_attendances``."""
    handles(key)
    return _read(path, name, STAFF, ("person", "profession"), choices, limits, _Told(key, professions, at, language))


@dataclass(frozen=True, slots=True)
class _Told:
    """What the caller says of every file."""

    key: bytes
    professions: Mapping[str, Words]
    at: date
    language: str
    courses: Mapping[str, str] | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> tuple[str, ...]:
        """Every way to write a profession."""
        return tuple(
            dict.fromkeys(normal(one) for key, words in self.professions.items() for one in (key, words.fr, words.en))
        )

    def label(self, column: str) -> str:
        """Our own heading of a column: theirs may hold a name ("Nom (Jean Dupont)")."""
        return (STAFF if self.courses is None else ATTENDANCES).label(column).label(self.language)

    def profession(self, text: str) -> str | None:
        """The key of a profession written by key or by name; None when nobody knows it."""
        said = normal(text)
        return next(
            (
                key
                for key, words in self.professions.items()
                if said in (normal(key), normal(words.fr), normal(words.en))
            ),
            None,
        )


def _read(path: Path, name: str, headings: Headings, needed: Sequence[str], choices: ReadingChoices | None, limits: Limits,
          told: _Told) -> PeopleRead:  # fmt: skip
    try:
        sheets = sheets_of(path, name=name, headings=headings, needed=needed, instead={"person": ("number", "email")},
                           choices=choices, limits=limits)  # fmt: skip
    except TerreauError as refused:
        if refused.code != "indicators.columns_missing":
            raise
        raise TerreauError(
            "indicators.people_columns_missing", **refused.facts
        ) from None  # no year stands for a day here
    lines: list[PersonLine] = []
    findings: list[Finding] = []
    for rank, sheet in enumerate(sheets, 1):
        sheet = _unnamed(sheet, rank)
        findings += sheet.findings
        if sheet.missing:
            why = rejected_sheet(sheet, headings)
            findings.append(why)
            lines += [
                PersonLine(sheet=row.sheet, line=row.line, outcome="rejected", remarks=(why,)) for row in sheet.rows
            ]
            continue
        dated = {field: [row.get(field) for row in sheet.rows] for field in ("followed_on", "arrived_on", "left_on")}
        columns = days_of(dated, at=told.at, language=told.language)
        places = {name: {row.get(name): row.line for row in reversed(sheet.rows)} for name in dated}
        lines += [_Reader(row, sheet, told, columns, places).read() for row in sheet.rows]
    lines = _once(lines)
    return PeopleRead(
        name=name, lines=tuple(lines), findings=tuple(findings), counts=counts([one.outcome for one in lines], sheets)
    )


def _unnamed(sheet: Sheet, rank: int) -> Sheet:
    """The sheet known by its rank, its unread headings counted: a title or a heading may be somebody's name."""
    name = str(rank) if sheet.name else ""
    kept = tuple(one for one in sheet.findings if one.code not in QUOTING)
    count = len(sheet.understood.unknown)
    told = (remark("columns_not_read", count=count),) if count else ()
    return replace(
        sheet, name=name, rows=tuple(replace(row, sheet=name) for row in sheet.rows), findings=(*kept, *told)
    )


def _once(lines: Sequence[PersonLine]) -> list[PersonLine]:
    """The lines, the second that tells the same thing rejected: it names the first."""
    first: dict[Any, PersonLine] = {}
    told = []
    for one in lines:
        held = one.record
        if held is not None:
            same: Any = (held.person, held.course, held.followed_on) if isinstance(held, Attendance) else held.person
            code = "attendance_twice" if isinstance(held, Attendance) else "person_twice"
            other = first.setdefault(same, one)
            if other is not one:
                why = remark(code, line=one.line, first=other.line)
                one = PersonLine(sheet=one.sheet, line=one.line, outcome="rejected", remarks=(*one.remarks, why))
        told.append(one)
    return told


@dataclass
class _Reader:
    """Reads one line; what it quotes shares no word with the name it holds."""

    row: Row
    sheet: Sheet
    told: _Told
    columns: Mapping[str, Mapping[str, Day]]
    dated: Mapping[str, Mapping[str, int]]
    remarks: list[Remark] = field(default_factory=list)

    def read(self) -> PersonLine:
        """The line with its record, when one can be made."""
        for column, code in self.row.lost.items():
            self.say(code, column)
        person = self.person()
        record: Attendance | Staffed | None = None
        if self.told.courses is not None:
            course, on = self.course(self.told.courses), self.day("followed_on", needed=True)
            profession, arrived = self.profession(), self.day("arrived_on")
            if person and course and on:
                record = Attendance(
                    person=person, course=course, followed_on=on, profession=profession, arrived_on=arrived
                )
        else:
            profession, arrived, left = self.profession(), self.day("arrived_on"), self.day("left_on")
            if arrived and left and left < arrived:
                self.say("departure_before_arrival", "left_on", arrived=arrived, left=left)
                left = None
            record = Staffed(person=person, profession=profession, arrived_on=arrived, left_on=left) if person else None
        if any(one.code in REJECTING for one in self.remarks):
            record = None
        outcome = "rejected" if record is None else "doubtful" if self.remarks else "accepted"
        return PersonLine(
            sheet=self.row.sheet, line=self.row.line, outcome=outcome, record=record, remarks=tuple(self.remarks)
        )

    def say(self, code: str, column: str, **facts: object) -> None:
        """Gather one remark on a column of this line."""
        self.remarks.append(remark(code, line=self.row.line, column=self.told.label(column), **facts))

    def name(self) -> str:
        """The whole name, from one column or two, or from an e-mail address."""
        return f"{self.row.get('person')} {self.row.get('first_name')}".strip() or self.row.get("email")

    def person(self) -> Handles:
        """The identifiers of the person."""
        found = handles(self.told.key, name=self.name(), number=self.row.get("number"))
        if not found:
            self.say("person_absent", "person")
        return found

    def course(self, known: Mapping[str, str]) -> str:
        """The key of the course."""
        said = self.row.get("course")
        if not said:
            self.say("course_absent", "course")
            return ""
        if normal(said) not in known:
            near = _nearest(normal(said[:80]), tuple(known), 0.5)
            self.say(
                "course_unknown", "course", course=self.quoted(said, tuple(known)),
                nearest=self.told.titles[known[near]] if near else Words(fr="aucune", en="none"),
            )  # fmt: skip
        return known.get(normal(said), "")

    def profession(self) -> str:
        """The key of the profession; '' and a doubt when nobody knows it."""
        said = self.row.get("profession")
        found = self.told.profession(said) if said else ""
        if found is None:
            self.say("profession_unknown", "profession", profession=self.quoted(said, self.told.named),
                     known=tuple(self.told.professions.values()))  # fmt: skip
        return found or ""

    def day(self, name: str, needed: bool = False) -> date | None:
        """A day of the line; one that is not needed is only doubtful when it cannot be read."""
        said = self.row.get(name)
        if not said:
            if needed:
                self.say("session_undated", name)
            return None
        day = self.columns[name][said]
        if day.code == "future_date":
            self.say("session_to_come" if needed else "day_left_out", name, text=self.quoted(said), today=self.told.at)
        elif day.code and day.on is None:
            self.say(
                "session_unreadable" if needed else "day_left_out", name, text=self.quoted(said), today=self.told.at
            )
        elif day.code:
            self.say(day.code, name, text=self.quoted(said), read=day.on, **self.witnessed(day, name))
        return day.on

    def witnessed(self, day: Day, name: str) -> dict[str, object]:
        """The dates that contradict one another on the order of this one, quoted as any cell is."""
        facts = witnessed(day, self.dated.get(name, {}))
        return {key: self.quoted(fact) if isinstance(fact, str) else fact for key, fact in facts.items()}

    def quoted(self, cell: str, known: tuple[str, ...] = ()) -> str:
        """A cell as a remark may quote it: figures, or a slip in a word of ``known``; anything else may be somebody's name."""
        own = {*name_words(self.name()), *name_words(self.row.get("email")), *name_words(self.row.get("number"))}
        harmless = not any(map(str.isalpha, cell)) or _nearest(normal(cell[:80]), known, 0.8)
        return cell[:60] if harmless and not own & set(name_words(cell)) else "…"


@lru_cache(maxsize=1024)
def _nearest(asked: str, known: tuple[str, ...], least: float) -> str:
    """The one of ``known`` most like ``asked``, '' when none is like enough."""
    return next(iter(difflib.get_close_matches(asked, known, n=1, cutoff=least)), "")
