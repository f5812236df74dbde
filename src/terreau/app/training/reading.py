"""Files of people, read in the confined child: names stay there, plain values come out; nothing of Django here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

MOST_REMARKS = 400


def attendances(path: str, name: str, key: str, courses: Sequence[Mapping[str, Any]], professions: Mapping[str, Sequence[str]], at: str, language: str) -> dict[str, Any]:  # fmt: skip
    """Who followed what: records by identifier, counts, remarks in words."""
    from terreau.indicators.attendance_file import read_attendances
    from terreau.indicators.training import Course

    known = [Course(key=one["key"], title=one["title"]) for one in courses]
    read = read_attendances(Path(path), name=name, key=bytes.fromhex(key), courses=known, professions=_words(professions),
                            at=date.fromisoformat(at), language=language)  # fmt: skip
    records = [
        {"person": " ".join(one.person), "course": one.course, "followed_on": one.followed_on.isoformat(),
         "profession": one.profession, "arrived_on": _day(one.arrived_on)} for one in read.attendances
    ]  # fmt: skip
    return _told(read, records, language)


def staff(path: str, name: str, key: str, professions: Mapping[str, Sequence[str]], at: str, language: str) -> dict[str, Any]:  # fmt: skip
    """Who is there: records by identifier, counts, remarks in words."""
    from terreau.indicators.attendance_file import read_staff

    read = read_staff(
        Path(path),
        name=name,
        key=bytes.fromhex(key),
        professions=_words(professions),
        at=date.fromisoformat(at),
        language=language,
    )
    records = [{"person": " ".join(one.person), "profession": one.profession, "arrived_on": _day(one.arrived_on), "left_on": _day(one.left_on)}
               for one in read.staff]  # fmt: skip
    return _told(read, records, language)


def _words(professions: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    from terreau.referentials.edition import Words

    return {key: Words(fr=fr, en=en) for key, (fr, en) in professions.items()}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _told(read: Any, records: list[dict[str, str]], language: str) -> dict[str, Any]:
    said = [(line.outcome, line.line, one) for line in read.lines for one in line.remarks]
    said += [("info", one.line, one) for one in read.findings if not any(one == each for _, _, each in said)]
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for outcome, line, one in said[: 50 * MOST_REMARKS]:
        words = one.words(language)
        group = groups.setdefault((one.code, words.what), {
            "code": one.code, "outcome": outcome, "what": words.what, "why": words.why, "remedy": words.remedy, "lines": [], "n": 0,
        })  # fmt: skip
        group["n"] += 1
        if line and len(group["lines"]) < 12:
            group["lines"].append(line)
    counts = {"lines": read.counts.lines, "accepted": read.counts.accepted, "doubtful": read.counts.doubtful,
              "rejected": read.counts.rejected, "set_aside": read.counts.set_aside}  # fmt: skip
    order = {"rejected": 0, "doubtful": 1}
    shown = sorted(groups.values(), key=lambda one: (order.get(one["outcome"], 2), -one["n"]))
    return {"records": records, "counts": counts, "remarks": shown[:MOST_REMARKS]}
