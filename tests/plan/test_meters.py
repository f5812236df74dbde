"""The meters of the plan, counted by hand."""

from datetime import date

from terreau.indicators.meters import PLANNED
from terreau.plan.aims import Aim
from terreau.plan.commitments import Commitment, Review
from terreau.plan.meters import METERS, measures
from terreau.plan.milestones import Milestone
from terreau.plan.standing import standing

ON = date(2026, 6, 30)


def a_commitment(key, *, taken=True, **more):
    told = {"start": date(2025, 1, 1), "due": date(2027, 12, 31), "adopted_on": date(2025, 1, 1) if taken else None}
    return standing(Commitment(key=key, statement=key, **told | more), on=ON)


def done(key, due, day=None):
    return Milestone(key=key, title=key, due=due, done_on=day)


def test_progress_counts_what_is_done_with_evidence_over_what_is_due():
    proven = a_commitment("a", evidence=("e1",), milestones=(
        done("a1", date(2025, 6, 1), date(2025, 7, 1)), done("a2", date(2026, 6, 30)), done("a3", date(2026, 7, 1)),
    ))  # fmt: skip
    said = a_commitment("b", milestones=(done("b1", date(2025, 6, 1), date(2025, 5, 1)),))
    over = a_commitment(
        "c", due=date(2026, 1, 1), evidence=("e2",), milestones=(done("c1", date(2025, 6, 1), date(2025, 5, 1)),)
    )
    draft = a_commitment("d", taken=False, milestones=(done("d1", date(2025, 6, 1)),))
    progress, _results = measures((proven, said, over, draft), ON)
    # due: a1, a2, b1, c1 and the whole of c; done with evidence: a1, c1 and the whole of c; b1 is done without evidence
    assert (progress.numerator, progress.denominator, progress.value) == (3, 5, 0.6)
    assert [row.value for row in progress.papers if row.role == "context"] == [1]


def test_what_was_stopped_is_left_out_and_nothing_due_is_no_zero():
    stopped = a_commitment("a", milestones=(done("a1", date(2025, 6, 1)),),
                           reviews=(Review(on=date(2026, 1, 1), decision="stop", comment="Annulé."),))  # fmt: skip
    progress, results = measures((stopped,), ON)
    assert (progress.value, results.value, [row.value for row in progress.excluded]) == (None, None, [1])


def test_commitments_judged_on_results():
    judged = a_commitment("a", result=Aim(indicator="PARC02", unit="year"))
    other = a_commitment("b", means=Aim(indicator="FOR02", unit="%"))
    assert measures((judged, other), ON)[1].value == 0.5


def test_the_meters_bear_the_keys_and_units_that_indicators_read():
    assert {one.key: one.unit for one in METERS} == {
        key: unit for key, unit in PLANNED.items() if key.startswith("plan.")
    }
