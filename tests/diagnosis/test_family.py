"""A service takes from its family what it does not answer itself, and says from whom."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from terreau.diagnosis.family import inherited
from terreau.diagnosis.scoring import score
from terreau.evidence.records import EvidenceRecord, LinkRecord
from terreau.kernel.errors import TerreauError
from tests.diagnosis.grids import answer, assessment, single

GRID = single(4, scoring=("rgesn-conforming-1",))
PROOF = EvidenceRecord(key="E1", kind="document", title="Contrat", received_on=datetime(2026, 1, 1, tzinfo=UTC))
LINK = LinkRecord(evidence="E1", subject="g:1.1.1", facet="verdict")
PARENT = assessment(
    answer("1.1.1", "passed", links=(LINK,)), answer("1.1.2", "passed"), answer("1.1.3", na="sans vidéo"),
    subject="service:Portail", evidence={"E1": PROOF, "E2": replace(PROOF, key="E2")},
)  # fmt: skip
CHILD = assessment(
    answer("1.1.2", "failed"), answer("1.1.1", None, owner="Lou", due=date(2026, 5, 1)), subject="service:Appli"
)


def test_what_is_not_answered_is_taken_with_its_evidence_and_what_is_answered_stays():
    found = inherited(CHILD, [PARENT])
    assert {key: (one.verdict("verdict"), one.inherited_from) for key, one in found.answers.items()} == {
        "g:1.1.1": ("passed", "service:Portail"), "g:1.1.2": ("failed", None), "g:1.1.3": (None, "service:Portail"),
    }  # fmt: skip
    assert found.answers["g:1.1.3"].justified_not_applicable
    assert (found.answers["g:1.1.1"].owner, found.answers["g:1.1.1"].due) == ("Lou", date(2026, 5, 1))
    assert set(found.evidence) == {"E1"}, "only what the answers taken rest on"
    assert (score(found, GRID).answered, score(found, GRID).applicable) == (2, 3)


def test_the_nearest_relative_speaks_first_and_the_true_origin_is_kept():
    far = assessment(answer("1.1.4", "passed"), answer("1.1.1", "failed"), subject="service:Socle")
    found = inherited(CHILD, [PARENT, far])
    assert found.answers["g:1.1.1"].inherited_from == "service:Portail"
    assert found.answers["g:1.1.4"].inherited_from == "service:Socle"
    again = inherited(replace(CHILD, answers={}), [found])
    assert again.answers["g:1.1.4"].inherited_from == "service:Socle"


def test_answers_to_another_edition_are_not_taken():
    with pytest.raises(TerreauError) as refused:
        inherited(CHILD, [replace(PARENT, version="2")])
    assert refused.value.code == "diagnosis.family_other_edition"


def test_without_a_family_nothing_changes():
    assert inherited(CHILD, []) == CHILD
