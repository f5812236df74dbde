"""An assessment is written and read back without losing anything, always in the same bytes."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from terreau.diagnosis.records import (
    AnswerRecord,
    AssessmentRecord,
    FacetAnswer,
    FigureRecord,
    InterviewRecord,
    OffGridRecord,
)
from terreau.evidence.records import EvidenceRecord, LinkRecord
from terreau.kernel.errors import TerreauError

MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def full() -> AssessmentRecord:
    link = LinkRecord(evidence="E1", subject="g:1.1", facet="documents", locator="p. 4", proves="la charte est signée")
    answer = AnswerRecord(
        criterion="g:1.1", facets=(FacetAnswer(facet="results", verdict="partial", value="38 %"),), applicable=True,
        decided_on=date(2026, 1, 5), links=(link,), changed_on=MORNING, due=date(2026, 6, 1), inherited_from="service:Portail",
    )  # fmt: skip
    proof = EvidenceRecord(
        key="E1", kind="document", title="Charte « été »", received_on=MORNING,
        period=(date(2025, 1, 1), date(2025, 12, 31)), scope_percent=80, sha256="ab" * 32, size=12, name="charte.pdf",
    )  # fmt: skip
    return AssessmentRecord(
        edition="g", version="1", period=(date(2025, 1, 1), date(2025, 12, 31)), as_of=date(2026, 6, 30),
        profile={"makes_services": True}, answers={"g:1.1": answer}, evidence={"E1": proof},
        off_grid=(OffGridRecord(title="Prêt de vélos", facets=(FacetAnswer(facet="means", verdict="yes"),)),),
        interviews=(InterviewRecord(role="DSI", on=date(2026, 2, 1), criteria=("g:1.1",)),),
        figures={"figure:r/c/all": FigureRecord(key="figure:r/c/all", title="Empreinte", value="12.5", unit="kgCO2e")},
    )  # fmt: skip


def test_an_assessment_read_back_is_the_same():
    assert AssessmentRecord.from_json(full().as_json()) == full()


def test_evidence_and_links_read_back_are_the_same():
    proof, link = full().evidence["E1"], full().answers["g:1.1"].links[0]
    assert EvidenceRecord.from_json(proof.as_json()) == proof
    assert LinkRecord.from_json(link.as_json()) == link


def test_the_same_moment_told_in_another_zone_has_the_same_digest():
    proof = full().evidence["E1"].as_json() | {
        "received_on": MORNING.astimezone(timezone(timedelta(hours=2))).isoformat()
    }
    assert EvidenceRecord.from_json(proof).digest == full().evidence["E1"].digest


def test_one_changed_word_changes_the_digest():
    other = full().as_json()
    other["answers"]["g:1.1"]["text"] = "."
    assert AssessmentRecord.from_json(other).digest != full().digest


def test_the_order_in_which_answers_were_given_does_not_change_the_digest():
    one, two = (AnswerRecord(criterion=key) for key in ("g:1", "g:2"))
    base = {"edition": "g", "version": "1", "period": (date(2025, 1, 1), date(2025, 2, 1)), "as_of": date(2026, 1, 1)}
    first = AssessmentRecord(**base, answers={"g:1": one, "g:2": two})
    second = AssessmentRecord(**base, answers={"g:2": two, "g:1": one})
    assert first.digest == second.digest


@pytest.mark.parametrize(
    ("field", "value"),
    [("as_of", "30/06/2026"), ("answers", []), ("period", ["2025-01-01"]), ("profile", {"x": "yes"}), ("colour", 1)],
)
def test_a_value_that_does_not_fit_is_named(field, value):
    with pytest.raises(TerreauError, match=field) as refused:
        AssessmentRecord.from_json(full().as_json() | {field: value})
    assert refused.value.code == "diagnosis.record_unusable"


def test_another_layout_is_refused():
    with pytest.raises(TerreauError) as refused:
        AssessmentRecord.from_json(full().as_json() | {"layout": "terreau-assessment-9"})
    assert refused.value.code == "diagnosis.layout_unknown"
