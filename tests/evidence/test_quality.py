"""When an evidence holds, and what weakens it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from terreau.evidence.kinds import OF_A_DAY, RANKS, rank, strongest
from terreau.evidence.quality import DISQUALIFYING, WEAKENING, carries, fit, holds, proven, weaknesses
from terreau.evidence.records import KINDS, EvidenceRecord, LinkRecord

YEAR = (date(2025, 1, 1), date(2025, 12, 31))
DAY = date(2026, 3, 1)
CHARTER = EvidenceRecord(
    key="E1",
    kind="document",
    title="Charte",
    received_on=datetime(2026, 1, 1, tzinfo=UTC),
    effective_on=date(2024, 5, 1),
    sha256="ab" * 32,
)
METER = replace(CHARTER, key="E2", kind="measure", effective_on=None, period=YEAR)
WORDS = replace(CHARTER, key="E3", kind="statement", effective_on=date(2026, 2, 1), sha256=None)


def weak(evidence, **changes):
    return weaknesses(replace(evidence, **changes), on=DAY, period=YEAR)


def test_a_document_in_force_and_a_measure_of_the_year_have_no_weakness():
    assert weak(CHARTER) == weak(METER) == ()


def test_what_is_said_is_weaker_than_what_is_written_and_that_than_what_was_measured():
    assert rank("statement") < rank("document") < rank("measure")
    assert set(RANKS) == set(KINDS) and set(OF_A_DAY) < set(KINDS)
    assert strongest(["statement", "link"]) == 1 and strongest([]) is None


@pytest.mark.parametrize(
    ("evidence", "changes", "code"),
    [
        (CHARTER, {"withdrawn": True}, "withdrawn"),
        (CHARTER, {"valid_until": date(2026, 2, 28)}, "expired"),
        (CHARTER, {"effective_on": date(2026, 3, 2)}, "not_yet_effective"),
        (METER, {"period": (date(2024, 1, 1), date(2024, 12, 31))}, "out_of_period"),
        (METER, {"period": (date(2026, 1, 1), date(2026, 1, 31))}, "out_of_period"),
        (METER, {"period": None, "effective_on": date(2024, 12, 31)}, "out_of_period"),
        (CHARTER, {"effective_on": None}, "undated"),
        (CHARTER, {"effective_on": date(2023, 2, 28)}, "old"),
        (METER, {"period": (date(2025, 6, 1), date(2026, 5, 31))}, "part_of_period"),
        (METER, {"scope_percent": 99}, "partial_scope"),
        (WORDS, {}, "statement_only"),
        (CHARTER, {"sha256": None}, "nothing_to_open"),
    ],
)
def test_each_weakness_is_named_alone_and_decides_whether_the_evidence_holds(evidence, changes, code):
    assert weak(evidence, **changes) == (code,)
    assert holds(replace(evidence, **changes), on=DAY, period=YEAR) == (code in WEAKENING)


def test_the_last_valid_day_and_the_edges_of_the_period_still_hold():
    assert weak(CHARTER, valid_until=DAY) == ()
    assert weak(CHARTER, effective_on=DAY) == ()
    assert weak(CHARTER, effective_on=date(2023, 3, 1)) == (), "three years to the day"
    assert holds(replace(METER, period=None, effective_on=YEAR[0]), on=DAY, period=YEAR)
    assert "out_of_period" not in weak(METER, period=(date(2024, 1, 1), YEAR[0]))


def test_what_is_made_between_the_end_of_the_period_and_the_audit_holds():
    assert holds(WORDS, on=DAY, period=YEAR)


def test_an_ended_document_is_out_of_the_period_too():
    assert weak(CHARTER, valid_until=date(2024, 12, 31)) == ("expired", "out_of_period")


def test_a_mention_or_a_refused_link_carries_nothing():
    link = LinkRecord(evidence="E1", subject="g:1", facet="documents", strength="proves")
    assert carries(link, {"E1": CHARTER})
    for change in ({"strength": "mentions"}, {"opinion": "refused"}):
        assert not carries(replace(link, **change), {"E1": CHARTER})
    assert not carries(link, fit({"E1": replace(CHARTER, withdrawn=True)}, on=DAY, period=YEAR))


def test_the_best_evidence_that_holds_gives_its_strength():
    links = tuple(LinkRecord(evidence=key, subject="g:1", facet="results") for key in ("E1", "E2", "E3", "lost"))
    held = {"E1": CHARTER, "E2": METER, "E3": WORDS}
    assert fit(held, on=DAY, period=YEAR) == held
    assert proven(links, held) == 2
    assert proven(links, fit(held | {"E2": replace(METER, withdrawn=True)}, on=DAY, period=YEAR)) == 1
    assert proven(links[2:3], held) == 0
    assert proven((), held) is None


def test_no_code_is_both():
    assert not set(DISQUALIFYING) & set(WEAKENING)
