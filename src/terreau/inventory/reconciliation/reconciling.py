"""Several sources become one fleet, and what a person should know of it (rapprochement)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from terreau.inventory.counting import overlaps
from terreau.inventory.decisions import NONE, Decisions
from terreau.inventory.device import GONE
from terreau.inventory.fates import settle_fates
from terreau.inventory.fleet import Gathered, Input, gather_all
from terreau.inventory.reconciliation import listing as lists
from terreau.inventory.reconciliation.asking import first_pairs, pairs
from terreau.inventory.reconciliation.comparing import FIELDS, LESSER, OTHER, Compared, compare
from terreau.inventory.reconciliation.handles import handle
from terreau.inventory.reconciliation.kin import weight
from terreau.inventory.reconciliation.placing import room_conflicts, rooms_unknown
from terreau.inventory.reconciliation.records import (
    Disagreement,
    FieldDisagreements,
    Listing,
    Pair,
    Question,
    Reconciliation,
    SourceCount,
)
from terreau.inventory.reconciliation.seen import UNSEEN_DAYS, Seen, covered, seen, unseen_sql
from terreau.inventory.reconciliation.sources import INVENTORY, family_of
from terreau.kernel.period import Period
from terreau.kernel.underway import step
from terreau.tables.engine import literal

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

EXAMPLES = 12
"""Examples of disagreement shown per field [count]."""

AT_ONCE = 10_000
"""Disagreements held in memory at once [count]."""

MOST_QUESTIONS = 12
"""Decisions put first [count]."""


def reconcile(con: Engine, inputs: Sequence[Input], *, period: Period, decisions: Decisions = NONE,
              limit: int = 50) -> Reconciliation:  # fmt: skip
    """One fleet of several snapshots or files, and who knows each device; the same whatever the order of inputs.

    period: its last day is the day of the reconciliation ; limit: rows of each list told at once
    The lists stay in ``con``: ``listing_rows`` reads them whole.
    """
    return reconciled(con, gather_all(con, inputs), period=period, decisions=decisions, limit=limit)


def reconciled(con: Engine, gathered: Gathered, *, period: Period, decisions: Decisions = NONE,
               limit: int = 50) -> Reconciliation:  # fmt: skip
    """The same for lines already gathered."""
    settled = settle_fates(con, gathered.lines, period=period, decisions=decisions, asked=gathered.asked,
                           again=True)  # fmt: skip
    step("compare")
    known = seen(con, settled, decisions)
    compared = compare(con, settled.rows) if settled.rows else None
    step("pairs")
    asked = pairs(con, known, settled, decisions)
    first = first_pairs(con, known, asked, limit)
    rows = con.execute(f"""SELECT source, kind, fate, count(*) FROM {settled.relation}
        GROUP BY ALL ORDER BY ALL""").fetchall()
    fates = {fate: sum(n for *_, said, n in rows if said == fate) for fate in sorted({fate for _, _, fate, _ in rows})}
    merged, virtual = fates.pop("merged", 0), fates.pop("virtual", 0)
    step("lists")
    categories = covered(con, known.devices)
    disagreements = _disagreements(con, known, compared) if compared else ()
    return Reconciliation(
        at=period.end, sources=_sources(con, known, rows), rows=sum(fates.values()) + merged + virtual,
        devices=sum(fates.values()), merged=merged, virtual=virtual, fates=fates, shared=_shared(con, known),
        overlaps=overlaps(con, settled, _names(con, known), compared), disagreements=disagreements, pairs=first,
        all_pairs=_count(con, asked), rooms=room_conflicts(con, gathered.places),
        rooms_unknown=rooms_unknown(con, gathered.lines, gathered.places),
        **_lists(con, known, asked, unseen_sql(period.end, categories), _whose_sql(known, settled.owned), limit),
        covered=categories, to_decide=_to_decide(con, known, compared, first, _contradicted(period.end, _whose_sql(known, settled.owned))), seen=known, compared=compared,
    )  # fmt: skip


def listing_rows(con: Engine, told: Reconciliation, one: Listing) -> Iterator[tuple[str, ...]]:
    """The whole of a list as text (headings: ``listing.HEADINGS``), in the engine that made it."""
    return lists.listing_rows(con, told.seen, one)


def _lists(con: Engine, known: Seen, asked: str, unseen: str, whose: str, limit: int) -> dict[str, Listing]:
    unknown = "NOT d.listed AND d.sees"
    question = f"d.device IN (SELECT one FROM {asked} UNION ALL SELECT other FROM {asked})"
    shelves = "d.fate IN ('counted', 'stock')"
    wanted = {
        "unknown_to_inventory": f"{unknown} AND {shelves} AND NOT {question}",
        "unknown_personal": f"{unknown} AND d.fate = 'personal'",
        "unknown_in_question": f"{unknown} AND {shelves} AND {question}",
        f"not_seen_{UNSEEN_DAYS}_days": f"{unseen} AND NOT {question}",
        "personal": "d.fate = 'personal'",
        "personal_in_question": whose,
    }
    return {key: lists.listing(con, known, key, where, limit) for key, where in wanted.items()}


def _sources(con: Engine, known: Seen, rows: Sequence[tuple[str, str, str, int]]) -> tuple[SourceCount, ...]:
    """Each source; rows: (source, kind, fate, count) of all lines, guests included."""
    devices = {(name, kind): counts for name, kind, *counts in con.execute(f"""
        SELECT r.source, r.kind, count(DISTINCT r.device), count(DISTINCT r.device) FILTER (d.known_by = 1)
        FROM {known.rows} r LEFT JOIN {known.devices} d ON d.device = r.device GROUP BY 1, 2""").fetchall()}  # fmt: skip
    found = []
    for name, kind in sorted({row[:2] for row in rows}):
        told = {fate: count for *source, fate, count in rows if source == [name, kind]}
        many, alone = devices.get((name, kind), (0, 0))
        found.append(SourceCount(name=name, kind=kind, family=family_of(kind), rows=sum(told.values()), devices=many,
                                 alone=alone, virtual=told.get("virtual", 0)))  # fmt: skip
    return tuple(found)


def _shared(con: Engine, known: Seen) -> dict[int, int]:
    return dict(con.execute(f"SELECT known_by, count(*) FROM {known.devices} GROUP BY 1 ORDER BY 1").fetchall())


def _names(con: Engine, known: Seen) -> dict[int, str]:
    """The name of each sheet: its source, and the sheet when the file has some."""
    return dict(con.execute(f"""SELECT input, min(source || CASE WHEN sheet = '' THEN '' ELSE ' › ' || sheet END)
        FROM {known.rows} GROUP BY 1""").fetchall())  # fmt: skip


def _count(con: Engine, relation: str) -> int:
    return (con.execute(f"SELECT count(*) FROM {relation}").fetchone() or (0,))[0]


def _disagreements(con: Engine, known: Seen, compared: Compared) -> tuple[FieldDisagreements, ...]:
    worst = ", ".join(f"max({field}) AS {field}" for field in FIELDS)
    totals = ", ".join(f"count(*) FILTER ({field} = {state})" for field in FIELDS for state in (OTHER, LESSER))
    counts: tuple[int, ...] = con.execute(
        f"SELECT {totals} FROM (SELECT label, {worst} FROM {compared.pairs} GROUP BY label)"
    ).fetchone() or (0,) * 2 * len(FIELDS)
    found = [
        FieldDisagreements(field=field, count=counts[2 * place], lesser=counts[2 * place + 1],
                           examples=tuple(_said(con, known, compared, field, f"w.worst >= {LESSER}", EXAMPLES)))
        for place, field in enumerate(FIELDS) if counts[2 * place] or counts[2 * place + 1]
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.count, -one.lesser, one.field)))


def disagreement_rows(con: Engine, told: Reconciliation) -> Iterator[Disagreement]:
    """Every disagreement, field after field, the plain ones first; ask ``con``, which made it, nothing else meanwhile."""
    if told.compared is None:
        return
    for one in told.disagreements:
        con.execute(_said_sql(told.seen, told.compared, one.field, f"w.worst >= {LESSER}"))
        while rows := con.fetchmany(AT_ONCE):
            yield from (_disagreement(one.field, row) for row in rows)


def _said(con: Engine, known: Seen, compared: Compared, field: str, where: str, most: int) -> Iterator[Disagreement]:
    """What the sources say of one field of the devices where they differ, the plain disagreements first."""
    for row in con.execute(_said_sql(known, compared, field, where, f"LIMIT {most}")).fetchall():
        yield _disagreement(field, row)


def _said_sql(known: Seen, compared: Compared, field: str, where: str, most: str = "") -> str:
    chosen = "d.quantity::DOUBLE::VARCHAR" if field == "quantity" else f"d.{field}::VARCHAR"
    return f"""
        WITH worst AS (SELECT label, max({field}) AS worst FROM {compared.pairs} GROUP BY label),
        asked AS (SELECT w.label, w.worst, v.device FROM worst w JOIN {compared.voices} v USING (label)
                  WHERE v.place = 1 AND {where} ORDER BY w.worst DESC, v.device {most})
        SELECT a.device, any_value(d.line_key), any_value(d.source), any_value(d.mark), any_value(d.label), a.worst,
               list(v.source ORDER BY v.input), list(v.s_{field} ORDER BY v.input),
               any_value({chosen})
        FROM asked a JOIN {compared.voices} v USING (label) JOIN {known.devices} d ON d.device = a.device
        WHERE v.c_{field} IS NOT NULL GROUP BY a.device, a.worst ORDER BY a.worst DESC, a.device"""


def _disagreement(field: str, row: tuple[Any, ...]) -> Disagreement:
    device, key, source, mark, label, worst, sources, values, kept = row
    return Disagreement(device=device, key=handle(key or "", source, mark or ""), label=label or "", field=field,
                        said=tuple(zip(sources, map(str, values), strict=True)), chosen=kept or "",
                        lesser=worst == LESSER)  # fmt: skip


def _to_decide(con: Engine, known: Seen, compared: Compared | None, first: Sequence[Pair],
               contradicted: Sequence[tuple[str, str, str]]) -> tuple[Question, ...]:  # fmt: skip
    """The questions that may change most, the heaviest first."""
    found = [
        Question(kind="apart" if one.why == "other_maker" else "same", weight=one.weight, pair=one) for one in first
    ]
    for kind, where, field in contradicted:
        found += [_question(con, known, one, kind) for one in _told_otherwise(con, known, where, field)]
    if compared:
        found += [_question(con, known, one, "category")
                  for one in _said(con, known, compared, "category", f"w.worst = {OTHER}", MOST_QUESTIONS)]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.weight, one.kind))[:MOST_QUESTIONS])


def _question(con: Engine, known: Seen, one: Disagreement, kind: str) -> Question:
    category, quantity = con.execute(f"""SELECT coalesce(category, ''), quantity FROM {known.devices}
        WHERE device = {one.device}""").fetchone() or ("", 0)
    return Question(kind=kind, weight=weight(category, float(quantity)), disagreement=one)


def _whose_sql(known: Seen, owned: str) -> str:
    """SQL: the inventory of the organisation holds a device d that a tool says is somebody's own, and no one settled it.

    A device enrolled by its user is the user's, to Intune, whoever bought it.
    """
    settled = f"AND d.device NOT IN (SELECT device FROM {known.rows} JOIN {owned} USING (row_id))" if owned else ""
    return f"""d.fate = 'personal' AND d.listed AND d.sees AND d.device NOT IN (
        SELECT device FROM {known.rows} WHERE family = {literal(INVENTORY)} AND ownership = 'personal') {settled}"""


def _contradicted(at: date, whose: str) -> tuple[tuple[str, str, str], ...]:
    """Kind of question, condition on a device d, and the field on which its sources contradict one another.

    gone_but_seen: it left, says the inventory, and a tool saw it since: a month after the day of exit at least, or in the
    last ``UNSEEN_DAYS`` when the exit has no day; personal_but_listed: see ``_whose_sql`` (``whose``).
    """
    recent = literal((at - timedelta(days=UNSEEN_DAYS)).isoformat())
    gone = ", ".join(map(literal, GONE))
    return (
        ("gone_but_seen", f"""d.fate <> 'personal' AND d.listed AND d.sees AND (d.last_seen_on > d.retired_on + 31
            OR (d.retired_on IS NULL AND d.status IN ({gone}) AND d.last_seen_on > DATE {recent}))""", "status"),
        ("personal_but_listed", whose, "ownership"),
    )  # fmt: skip


def _told_otherwise(con: Engine, known: Seen, where: str, field: str) -> Iterator[Disagreement]:
    """What each source says of the devices where a condition holds, the last seen first."""
    day = ", coalesce(r.retired_on, r.last_seen_on)::VARCHAR" if field == "status" else ""
    rows = con.execute(f"""
        SELECT d.device, any_value(d.line_key), any_value(d.source), any_value(d.mark), any_value(d.label),
               list(r.source ORDER BY r.place, r.row_id),
               list(concat_ws(' · ', r.{field}{day}) ORDER BY r.place, r.row_id), any_value(d.{field})
        FROM {known.devices} d JOIN {known.rows} r ON r.device = d.device
        WHERE {where}
        GROUP BY d.device ORDER BY any_value(d.last_seen_on) DESC, d.device LIMIT {MOST_QUESTIONS}""").fetchall()
    for device, key, source, mark, label, sources, said, chosen in rows:
        yield Disagreement(device=device, key=handle(key or "", source, mark or ""), label=label or "", field=field,
                           said=tuple(zip(sources, said, strict=True)), chosen=chosen or "", lesser=False)  # fmt: skip
