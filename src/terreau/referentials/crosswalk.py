"""Crosswalks: pairs of criteria that one evidence might answer together (correspondances).

They suggest, one by one; they never copy a verdict. A pair is *to confirm* until a person says so.
Identifiers: "rgesn-2024:4.1" for editions we ship, "gr491:7-3047", "sdg:12"… for documents known by name only;
"iso27001-2022" alone is the whole document.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from terreau.kernel.errors import TerreauError

EQUAL, SUBSET, SUPERSET, INTERSECT = "equal", "subset", "superset", "intersect"
INVERSE = {EQUAL: EQUAL, SUBSET: SUPERSET, SUPERSET: SUBSET, INTERSECT: INTERSECT}
TO_CONFIRM, CONFIRMED = "to_confirm", "confirmed"
COLUMNS = ("from", "to", "relation", "origin", "status")
SEEDS = Path(__file__).with_name("data") / "crosswalks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two identifiers and how the first relates to the second: ``subset`` says ``a`` asks less than ``b``.

    ``origin``: who put them side by side; ``times``: how many places of that origin do.
    """

    a: str
    b: str
    relation: str
    origin: str
    status: str = TO_CONFIRM
    times: int = 1

    def turned(self) -> Pair:
        """The same pair seen from the other side."""
        return replace(self, a=self.b, b=self.a, relation=INVERSE[self.relation])


def seed(folder: Path = SEEDS) -> tuple[Pair, ...]:
    """Every pair shipped, file by file; TerreauError referentials.crosswalk_line names the faulty line."""
    return _seed(_ages(folder))[0]


def neighbours(key: str, pairs: Iterable[Pair] | None = None) -> tuple[Pair, ...]:
    """The pairs of ``key``, all seen from it, the most often cited first; the shipped ones by default."""
    index = _seed(_ages(SEEDS))[1] if pairs is None else _indexed(pairs)
    return index.get(key, ())


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """The pairs of a CSV file with columns from, to, relation, origin, status, and times when there is one."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if not set(COLUMNS) <= set(rows.fieldnames or ()):
            raise TerreauError("referentials.crosswalk_line", file=path.name, line=1, value=", ".join(COLUMNS))
        return tuple(_pair(row, path.name, rows.line_num) for row in rows)


def write_pairs(pairs: Iterable[Pair], target: Path) -> None:
    """The pairs as a CSV file ``read_pairs`` reads."""
    with target.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow((*COLUMNS, "times"))
        rows.writerows((pair.a, pair.b, pair.relation, pair.origin, pair.status, pair.times) for pair in pairs)


def _pair(row: dict[str, str], file: str, line: int) -> Pair:
    told = {name: (row.get(name) or "").strip() for name in (*COLUMNS, "times")}
    faulty = next((told[name] or name for name in COLUMNS if not told[name]), "")
    if told["relation"] not in INVERSE:
        faulty = faulty or told["relation"]
    if told["status"] not in (TO_CONFIRM, CONFIRMED):
        faulty = faulty or told["status"]
    if told["from"] == told["to"]:
        faulty = faulty or f"{told['from']} / {told['to']}"
    if told["times"] and not (told["times"].isdecimal() and told["times"].isascii()):
        faulty = faulty or told["times"]
    if faulty:
        raise TerreauError("referentials.crosswalk_line", file=file, line=line, value=faulty[:80])
    return Pair(
        a=told["from"],
        b=told["to"],
        relation=told["relation"],
        origin=told["origin"],
        status=told["status"],
        times=int(told["times"] or 1),
    )


Ages = tuple[tuple[Path, int], ...]


def _ages(folder: Path) -> Ages:
    """The files of a folder and when each changed: what renews the memory."""
    paths = sorted(folder.glob("*.csv")) if folder.is_dir() else []
    return tuple((path, path.stat().st_mtime_ns) for path in paths)


@lru_cache(maxsize=4)
def _seed(ages: Ages) -> tuple[tuple[Pair, ...], dict[str, tuple[Pair, ...]]]:
    pairs = tuple(pair for path, _ in ages for pair in read_pairs(path))
    return pairs, _indexed(pairs)


def _indexed(pairs: Iterable[Pair]) -> dict[str, tuple[Pair, ...]]:
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(pair.a, []).append(pair)
        found.setdefault(pair.b, []).append(pair.turned())
    return {key: tuple(sorted(held, key=lambda pair: (-pair.times, pair.b))) for key, held in found.items()}
