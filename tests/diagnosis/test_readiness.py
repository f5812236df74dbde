"""How ready an assessment is on a day, and what an attentive auditor would ask about."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from terreau.diagnosis.proof import hits
from terreau.diagnosis.readiness import readiness
from terreau.diagnosis.records import FacetAnswer
from terreau.diagnosis.xray import xray
from terreau.evidence.records import EvidenceRecord, LinkRecord
from tests.diagnosis.grids import answer, assessment, criterion, edition

DAY = date(2026, 3, 1)
GRID = edition([criterion("1.1.1"), criterion("1.1.2"), criterion("1.2.1")])
PAPER = EvidenceRecord(
    key="paper",
    kind="document",
    title="Charte",
    received_on=datetime(2026, 1, 1, tzinfo=UTC),
    effective_on=date(2025, 2, 1),
    sha256="a" * 64,
)
METER = replace(
    PAPER, key="meter", kind="measure", title="Relevé", effective_on=None, period=(date(2025, 1, 1), date(2025, 12, 31))
)
SAID = replace(PAPER, key="said", kind="statement", title="Entretien", effective_on=date(2026, 1, 9), sha256=None)
HELD = {one.key: one for one in (PAPER, METER, SAID)}


def tied(short, **by_facet):
    return tuple(LinkRecord(evidence=key, subject=f"g:{short}", facet=facet) for facet, key in by_facet.items())


def solid(short="1.1.1", **more):
    """An answer at its best with nothing to say about it."""
    base = answer(short, "yes", "yes", "yes", links=tied(short, documents="paper", means="paper", results="meter"),
                  changed_on=datetime(2026, 1, 5, tzinfo=UTC), reviewed_on=date(2026, 1, 6))  # fmt: skip
    facets = tuple(replace(one, value="38 %") if one.facet == "results" else one for one in base.facets)
    return replace(base, **({"facets": facets} | more))


NOT_HERE = replace(answer("1.2.1", na="pas de salle machine"), reviewed_on=date(2026, 1, 6))


def looked(*given, evidence=HELD):
    record = assessment(*given, evidence=evidence)
    return readiness(record, GRID, DAY), xray(record, GRID, DAY)


def codes(remarks):
    return [(one.code.partition(".")[2], one.criterion.partition(":")[2]) for one in remarks]


def test_a_solid_file_is_ready_and_the_xray_is_clear():
    ready, rays = looked(solid("1.1.1"), solid("1.1.2"), NOT_HERE)
    assert ready.ready and codes(rays) == []
    assert ready.counters == {
        "answered": (2, 2),
        "justified": (1, 1),
        "evidenced": (2, 2),
        "reviewed": (3, 3),
        "fresh": (3, 3),
    }


def test_an_empty_file_counts_zero_of_what_it_must_answer():
    ready, rays = looked()
    assert ready.counters == {
        "answered": (0, 3),
        "justified": (0, 0),
        "evidenced": (0, 0),
        "reviewed": (0, 0),
        "fresh": (0, 0),
    }
    assert codes(ready.blockers) == [("unanswered", one) for one in ("1.1.1", "1.1.2", "1.2.1")]
    assert rays == ()


@pytest.mark.parametrize(
    ("changes", "blocker", "counters"),
    [
        ({"facets": solid().facets[:2]}, "unanswered", {"answered": (0, 1), "evidenced": (0, 0), "reviewed": (0, 0)}),
        ({"facets": (), "due": date(2026, 2, 1)}, "overdue", {"answered": (0, 1)}),
        ({"applicable": False}, "na_without_reason", {"answered": (0, 1), "justified": (0, 1)}),
        ({"state": "changes_asked"}, "changes_asked", {"answered": (1, 1)}),
        ({"links": tied("1.1.1", documents="paper", means="paper")}, "not_evidenced", {"evidenced": (0, 1)}),
        (
            {"links": tied("1.1.1", documents="paper", means="said", results="meter")},
            "statement_alone",
            {"evidenced": (0, 1)},
        ),
        ({"reviewed_on": None}, "not_reviewed", {"reviewed": (0, 1), "fresh": (1, 1)}),
        ({"reviewed_on": date(2026, 1, 4)}, "changed_since_review", {"reviewed": (0, 1)}),
        ({"changed_on": None, "reviewed_on": date(2025, 3, 1)}, "stale", {"fresh": (0, 1), "reviewed": (1, 1)}),
    ],
)
def test_each_thing_in_the_way_is_named_and_counted(changes, blocker, counters):
    grid = edition([criterion("1.1.1")])
    ready = readiness(assessment(solid(**changes), evidence=HELD), grid, DAY)
    assert codes(ready.blockers) == [(blocker, "1.1.1")]
    assert {key: ready.counters[key] for key in counters} == counters


def test_an_undated_answer_is_neither_reviewed_nor_fresh():
    ready, _ = looked(solid(changed_on=None, reviewed_on=None))
    assert [code for code, where in codes(ready.blockers) if where == "1.1.1"] == ["not_reviewed", "undated"]


def test_an_evidence_past_its_day_is_named_with_what_it_hits_and_lowers_the_counter():
    past = HELD | {"meter": replace(METER, valid_until=date(2026, 2, 1))}
    ready, rays = looked(solid("1.1.1"), solid("1.1.2"), NOT_HERE, evidence=past)
    assert ready.evidenced == (0, 2)
    assert codes(ready.blockers) == [("evidence_unfit", "1.1.1"), ("evidence_unfit", "1.1.2")]
    assert "périmée" in ready.blockers[0].words("fr").what and "résultats" in ready.blockers[0].words("fr").what
    assert hits(assessment(solid("1.1.1"), solid("1.1.2")))["meter"] == ("g:1.1.1", "g:1.1.2")
    assert ("strong_without_evidence", "1.1.1") in codes(rays)


def test_the_day_asked_for_decides():
    record = assessment(solid("1.1.1"), solid("1.1.2"), NOT_HERE, evidence=HELD)
    assert readiness(record, GRID).on == record.as_of
    late = readiness(record, GRID, date(2027, 6, 1))
    assert late.fresh == (0, 3) and late.reviewed == (3, 3)


def test_a_facet_at_nothing_needs_no_evidence():
    ready, rays = looked(
        solid(facets=answer("1.1.1", "none", "none", "none").facets, links=()), solid("1.1.2"), NOT_HERE
    )
    assert ready.ready and ready.evidenced == (1, 1) and rays == ()


@pytest.mark.parametrize(
    ("changes", "held", "expected"),
    [
        ({"links": ()}, {}, ["strong_without_evidence"]),
        ({"links": tied("1.1.1", documents="said", means="said", results="said")}, {}, ["statement_alone"]),
        ({"facets": answer("1.1.1", "yes", "none", "none").facets}, {}, ["documents_alone"]),
        ({"facets": answer("1.1.1", "yes", "yes", "yes").facets}, {}, ["result_without_value"]),
        ({"links": tied("1.1.1", documents="paper", means="paper", results="paper")},
         {"paper": replace(PAPER, withdrawn=True, withdrawn_why="doublon")}, ["strong_without_evidence", "evidence_withdrawn"]),
        ({"links": tied("1.1.1", documents="gone", means="paper", results="meter")}, {}, ["strong_without_evidence", "evidence_lost"]),
        ({"changed_on": None, "reviewed_on": date(2024, 1, 1)}, {}, ["stale"]),
        ({"applicable": False, "reason": ""}, {}, ["na_without_reason"]),
    ],
)  # fmt: skip
def test_each_thing_an_auditor_would_ask_about_is_seen(changes, held, expected):
    _, rays = looked(solid(**changes), evidence=HELD | held)
    assert codes(rays) == [(code, "1.1.1") for code in expected]


def test_a_stated_absence_or_a_pinned_figure_is_enough_for_a_result():
    absent = solid(
        facets=(*solid().facets[:2], FacetAnswer(facet="results", verdict="partial", absence="mesuré en mars"))
    )
    pinned = solid(facets=answer("1.1.1", "yes", "yes", "yes").facets)
    figure = replace(METER, kind="figure", figure="figure:r/climate_change/all")
    assert looked(absent)[1] == looked(pinned, evidence=HELD | {"meter": figure})[1] == ()


def test_a_doubted_link_is_told():
    links = tuple(
        replace(one, opinion="questioned", opinion_text="quelle page ?") for one in tied("1.1.1", documents="paper")
    )
    _, rays = looked(solid(links=(*links, *solid().links)))
    assert codes(rays) == [("evidence_questioned", "1.1.1")]
    assert "quelle page ?" in rays[0].words().what


def test_one_evidence_carrying_more_criteria_than_it_can_is_asked_about():
    record = assessment(solid("1.1.1"), solid("1.1.2"), NOT_HERE, evidence=HELD)
    assert [one.facts["evidence"] for one in xray(record, GRID, DAY, many=1)] == ["Charte", "Relevé"]
    assert xray(record, GRID, DAY, many=2) == ()


def test_what_the_edition_does_not_know_is_said():
    _, rays = looked(answer("9.1.1"), answer("1.1.1", "oui", "yes", "yes"))
    assert ("criterion_not_asked", "9.1.1") in codes(rays) and ("verdict_not_in_scale", "1.1.1") in codes(rays)


def test_remarks_are_told_in_both_languages_and_as_plain_values():
    ready, _ = looked(solid(reviewed_on=date(2026, 1, 4)))
    told = ready.as_json("en")
    assert "2026-01-04" in told["blockers"][0]["what"] and "04/01/2026" in ready.blockers[0].words("fr").what
    assert told["counters"]["answered"] == {"done": 1, "of": 3, "what": "answered"}
    assert "‹" not in str(told) + str(ready.as_json("fr"))
