"""What weakens an evidence on a given day, and whether it still holds (qualité d'une preuve).

Disqualifying (the evidence does not hold): withdrawn, expired, not_yet_effective, out_of_period, undated.
Weakening only: old, part_of_period, partial_scope, statement_only, nothing_to_open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from terreau.evidence.kinds import OF_A_DAY, strongest
from terreau.evidence.records import EvidenceRecord, LinkRecord

DISQUALIFYING = ("withdrawn", "expired", "not_yet_effective", "out_of_period", "undated")
WEAKENING = ("old", "part_of_period", "partial_scope", "statement_only", "nothing_to_open")
OLD_YEARS = 3
"""A document without an end date is called old after this many years (our choice: most labels last two or three)."""

Period = tuple[date, date]
Held = Mapping[str, EvidenceRecord]


def weaknesses(evidence: EvidenceRecord, *, on: date, period: Period | None = None) -> tuple[str, ...]:
    """Codes of what weakens ``evidence`` on the day ``on`` for the assessed ``period``, the gravest first."""
    return (*disqualified(evidence, on=on, period=period), *_weakened(evidence, on, period))


def disqualified(evidence: EvidenceRecord, *, on: date, period: Period | None = None) -> tuple[str, ...]:
    """The reasons why it does not hold; empty when it holds.

    A measure, a screenshot, a dataset, a statement or a figure must be of the assessed period, or of the days between its end and
    ``on``. A document or a link must be in force: effective by ``on``, not ended before the period starts.
    """
    found = (
        evidence.withdrawn,
        evidence.valid_until is not None and evidence.valid_until < on,
        evidence.effective_on is not None and evidence.effective_on > on,
        period is not None and _out_of(evidence, on, period),
        evidence.effective_on is None and evidence.period is None,
    )
    return tuple(code for code, true in zip(DISQUALIFYING, found, strict=True) if true) if any(found) else ()


def holds(evidence: EvidenceRecord, *, on: date, period: Period | None = None) -> bool:
    """True when nothing disqualifies it on that day and for that period."""
    return not disqualified(evidence, on=on, period=period)


def fit(evidence: Held, *, on: date, period: Period | None = None) -> Held:
    """Those of ``evidence`` that hold: worked out once for many links."""
    return {key: one for key, one in evidence.items() if holds(one, on=on, period=period)}


def carries(link: LinkRecord, holding: Held) -> bool:
    """True when this link really carries its facet: its evidence is among those that hold (``fit``), it is more than a mention,
    and nobody refused it."""
    return link.strength != "mentions" and link.opinion != "refused" and link.evidence in holding


def proven(links: Iterable[LinkRecord], holding: Held) -> int | None:
    """Strength of the best evidence that carries these links: 0 said, 1 written, 2 measured; None when nothing does.

    ``holding``: the evidence that holds (``fit``)."""
    return strongest(holding[one.evidence].kind for one in links if carries(one, holding))


def _weakened(evidence: EvidenceRecord, on: date, period: Period | None) -> tuple[str, ...]:
    found = {
        "old": _is_old(evidence, on),
        "part_of_period": period is not None and evidence.period is not None and _covers_part(evidence.period, period),
        "partial_scope": evidence.scope_percent is not None and evidence.scope_percent < 100,
        "statement_only": evidence.kind == "statement",
        "nothing_to_open": not (evidence.sha256 or evidence.url or evidence.figure) and evidence.kind != "statement",
    }
    return tuple(code for code in WEAKENING if found[code])


def _out_of(evidence: EvidenceRecord, on: date, period: Period) -> bool:
    start, end = period
    if evidence.period is not None:
        return evidence.period[1] < start or evidence.period[0] > end
    if evidence.valid_until is not None and evidence.valid_until < start:
        return True
    if evidence.kind in OF_A_DAY and evidence.effective_on is not None:
        return not start <= evidence.effective_on <= max(end, on)
    return False


def _covers_part(covered: Period, asked: Period) -> bool:
    """It covers some of the period, and not all of it."""
    return covered[0] <= asked[1] and covered[1] >= asked[0] and (covered[0] > asked[0] or covered[1] < asked[1])


def _is_old(evidence: EvidenceRecord, on: date) -> bool:
    if evidence.kind in OF_A_DAY or evidence.valid_until is not None or evidence.effective_on is None:
        return False
    of = evidence.effective_on
    return (on.year - of.year, on.month, on.day) > (OLD_YEARS, of.month, of.day)
