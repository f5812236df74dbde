"""Where a commitment stands on a day: computed from what happened, with its reasons, and nothing forgotten."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.indicators.followed import Baseline as BoardBaseline
from terreau.indicators.followed import Target
from terreau.indicators.progress import progress
from terreau.indicators.series import series
from terreau.plan.aims import Baseline, Seen
from terreau.plan.commitments import Review
from terreau.plan.milestones import Milestone, Move
from terreau.plan.replanning import aimed_again
from terreau.plan.standing import STATUSES, standing, tally
from tests.indicators.small_board import YEARS, a_value
from tests.plan.promises import LONGER, aim, codes, promise, seen, speaks

MIDDLE, AFTER = date(2026, 1, 1), date(2027, 2, 1)
KEEP_FROM = LONGER.result.baseline.on
DONE = tuple(replace(one, done_on=one.due) for one in LONGER.milestones)


def status(one, values=None, on=MIDDLE):
    return standing(one, values, on=on).status


def reasons(one, values=None, on=MIDDLE):
    found = standing(one, values, on=on).reasons
    assert all(speaks(reason) for reason in found)
    return codes(found)


def test_what_nobody_adopted_is_a_draft_and_so_is_what_cannot_be_judged():
    assert status(promise(adopted_on=None)) == "draft"
    assert status(LONGER, on=date(2024, 11, 30)) == "draft"
    assert reasons(promise(statement="")) == ["plan.status_faulty"]


def test_before_its_start_it_is_not_started():
    assert status(LONGER, on=date(2024, 12, 15)) == "not_started"
    assert reasons(LONGER, on=date(2024, 12, 15)) == ["plan.status_before_start"]


def test_halfway_on_the_line_it_is_on_track():
    found = standing(LONGER, seen((date(2026, 1, 1), 5.0)), on=MIDDLE)
    assert found.status == "on_track"
    assert (found.done, found.expected) == (0.5, pytest.approx((12 + 1 / 31) / 24))  # months gone, months in all


def test_with_nothing_measured_it_is_on_track_by_its_dates_only_and_says_so():
    on = date(2025, 6, 1)
    assert reasons(LONGER, seen((on, 4.6)), on) == ["plan.status_nothing_late"]
    for one in (LONGER, promise(result=None)):  # no value yet, no target at all
        assert (status(one, on=on), reasons(one, on=on)) == ("on_track", ["plan.status_only_dates"])


def test_behind_the_line_by_more_than_a_tenth_of_the_way_it_is_late():
    assert status(LONGER, seen((MIDDLE, 4.81))) == "on_track"
    late = standing(LONGER, seen((MIDDLE, 4.79)), on=MIDDLE)
    assert late.status == "late"
    assert (
        late.reasons[0].words("fr").what == "Le 01/01/2026, 40 % du chemin était fait (4,79) ; 50 % étaient attendus."
    )


def test_a_value_is_compared_with_the_line_on_its_own_day():
    assert status(LONGER, seen((date(2025, 3, 1), 4.1)), on=date(2026, 3, 1)) == "on_track"


def test_a_milestone_missed_makes_it_late_until_somebody_answers():
    day = date(2026, 5, 1)
    assert reasons(LONGER, seen((day, 6)), day)[0] == "plan.status_milestone_missed"
    assert status(LONGER, seen((day, 6)), day) == "late"
    review = Review(on=date(2026, 4, 20), decision="continue", comment="Fournisseur changé", milestones=("parts",))
    assert status(promise(reviews=(review,)), seen((day, 6)), day) == "on_track"
    assert "plan.status_milestone_was_missed" in reasons(promise(reviews=(review,)), seen((day, 6)), day)


@pytest.mark.parametrize(
    "review",
    [
        Review(on=date(2026, 4, 20), decision="continue", comment="", milestones=("parts",)),
        Review(on=date(2026, 4, 20), decision="continue", comment="Tout va bien"),
        Review(on=date(2026, 3, 20), decision="continue", comment="Avant l'heure", milestones=("parts",)),
        Review(on=date(2026, 3, 31), decision="continue", comment="Le jour même", milestones=("parts",)),
    ],
)
def test_a_review_without_words_or_without_name_or_too_early_answers_nothing(review):
    assert status(promise(reviews=(review,)), seen((date(2026, 5, 1), 6)), date(2026, 5, 1)) == "late"


def test_a_new_milestone_that_names_the_missed_one_answers_it():
    again = Milestone(key="parts-2", title="Un autre fournisseur", due=date(2026, 9, 30), answers="parts")
    found = standing(promise(milestones=(*LONGER.milestones, again)), seen((date(2026, 5, 1), 6)), on=date(2026, 5, 1))
    assert found.status == "on_track"
    (missed,) = (step for step in found.steps if step.milestone.key == "parts")
    assert (missed.state, missed.by, missed.missed) == ("answered", "milestone", (date(2026, 3, 31),))


def test_a_milestone_put_off_in_time_is_not_missed_and_afterwards_it_was():
    def with_move(on):
        moved = replace(LONGER.milestones[1], moves=(Move(on=on, due=date(2026, 9, 30), why="Rupture"),))
        found = standing(promise(milestones=(LONGER.milestones[0], moved)), seen((MIDDLE, 6)), on=date(2026, 5, 1))
        return found.steps[-1]

    in_time, afterwards = with_move(date(2026, 2, 1)), with_move(date(2026, 4, 15))
    assert (in_time.state, in_time.missed, in_time.milestone.due) == ("replanned", (), date(2026, 3, 31))
    assert (afterwards.state, afterwards.missed) == ("answered", (date(2026, 3, 31),))


def test_put_off_on_the_very_day_is_in_time():
    moved = replace(LONGER.milestones[1], moves=(Move(on=date(2026, 3, 31), due=date(2026, 9, 30), why="Rupture"),))
    found = standing(promise(milestones=(moved,)), seen((MIDDLE, 6)), on=date(2026, 5, 1))
    assert (found.steps[0].state, found.steps[0].missed) == ("replanned", ())


def test_a_milestone_or_a_target_added_later_does_not_change_what_was_said_before():
    again = Milestone(
        key="parts-2", title="Un autre fournisseur", due=date(2026, 9, 30), answers="parts", added_on=date(2026, 5, 10)
    )
    one = promise(milestones=(*LONGER.milestones, again))
    assert status(one, seen((MIDDLE, 6)), on=date(2026, 5, 9)) == "late"
    assert status(one, seen((MIDDLE, 6)), on=date(2026, 5, 10)) == "on_track"
    lower = aimed_again(promise(milestones=DONE), aim(target=4.5), on=date(2026, 1, 15), why="Parc trop vieux")
    assert status(lower, seen((MIDDLE, 4.5)), on=date(2026, 1, 14)) == "late"
    assert status(lower, seen((MIDDLE, 4.5)), on=date(2026, 1, 15)) == "on_track"


def test_a_plan_counts_its_commitments_by_status():
    found = tally([standing(promise(adopted_on=None), on=MIDDLE), standing(LONGER, seen((MIDDLE, 5)), on=MIDDLE)])
    assert {key: count for key, count in found.items() if count} == {"draft": 1, "on_track": 1}
    assert tuple(found) == STATUSES


def test_an_earlier_milestone_answers_no_later_one():
    early = replace(LONGER.milestones[0], answers="parts")
    found = standing(promise(milestones=(early, LONGER.milestones[1])), seen((MIDDLE, 6)), on=date(2026, 5, 1))
    assert [step.state for step in found.steps] == ["done", "missed"]


def test_on_the_due_day_itself_it_is_still_under_way():
    assert status(promise(milestones=DONE), seen((date(2026, 12, 20), 5.9)), on=date(2026, 12, 31)) == "on_track"
    assert status(promise(milestones=DONE), seen((date(2026, 12, 20), 5.9)), on=date(2027, 1, 1)) == "missed"


def test_a_value_from_before_the_start_tells_nothing():
    early = {"PARC02": [Seen(on=date(2024, 12, 31), value=6.5)]}
    found = standing(promise(milestones=DONE[:1]), early, on=date(2025, 6, 30))
    assert (found.value, found.done) == (None, None)


def test_the_line_starts_at_the_baseline_however_long_before_the_start():
    """What moved before the start is not credited without the time it took: as the page of the indicator judges."""
    old = promise(result=aim(baseline=Baseline(value=4, on=date(2022, 12, 31))), milestones=DONE)
    found = standing(old, seen((date(2025, 6, 30), 5.0)), on=date(2025, 6, 30))
    assert (found.status, found.expected) == ("late", 30 / 48)


def test_a_range_that_allows_both_is_unclear_and_never_hides_what_is_late_otherwise():
    wide = {"PARC02": [Seen(on=MIDDLE, value=4.7, low=4.2, high=5.9)]}
    found = standing(LONGER, wide, on=MIDDLE)
    assert (found.status, codes(found.reasons)) == ("unclear", ["plan.status_unclear"])
    assert found.reasons[0].words("fr").what.startswith("Le 01/01/2026, environ 35 % du chemin était fait (4,7)")
    assert all(speaks(reason) for reason in found.reasons)
    below = {"PARC02": [Seen(on=MIDDLE, value=4.7, low=4.6, high=4.75)]}
    assert reasons(LONGER, below) == ["plan.status_behind_line"]
    missed = date(2026, 5, 1)
    assert (status(LONGER, wide, missed), reasons(LONGER, wide, missed)[:2]) == (
        "late", ["plan.status_milestone_missed", "plan.status_unclear"]
    )  # fmt: skip


@pytest.mark.parametrize(
    "held", [(4.0, None), (4.79, None), (4.81, None), (5.0, (4.5, 5.5)), (4.6, (4.5, 4.7)), (5.6, (5.4, 5.8))]
)
def test_a_commitment_and_its_indicator_say_the_same_of_the_same_promise(held):
    value, (low, high) = held[0], held[1] or (None, None)
    told = [a_value(4.0, KEEP_FROM), a_value(value, MIDDLE, low=low, high=high)]
    board = progress(
        series("KEPT", told), YEARS, BoardBaseline(value=4.0, on=KEEP_FROM), Target(value=6.0, due=LONGER.due), MIDDLE
    )
    plan = standing(LONGER, {"PARC02": [Seen(on=MIDDLE, value=value, low=low, high=high)]}, on=MIDDLE)
    assert (plan.status, plan.done, plan.expected) == (board.status, board.done, board.expected)


def test_the_line_starts_at_a_baseline_measured_after_the_start():
    late = promise(result=aim(baseline=Baseline(value=4, on=date(2025, 12, 31))), milestones=DONE)
    found = standing(late, seen((date(2026, 7, 1), 5.0)), on=date(2026, 7, 1))
    assert found.expected == pytest.approx((6 + 1 / 31) / 12)


def test_a_milestone_done_late_stays_late():
    late = replace(LONGER.milestones[1], done_on=date(2026, 4, 10))
    found = standing(promise(milestones=(LONGER.milestones[0], late)), seen((MIDDLE, 6)), on=AFTER)
    assert [step.state for step in found.steps] == ["done", "done_late"]
    assert "plan.status_milestone_was_missed" in codes(found.reasons)


def test_reached_on_the_due_day_it_is_kept():
    found = standing(LONGER, seen((date(2026, 12, 20), 6.2)), on=AFTER)
    assert (found.status, codes(found.reasons)[0]) == ("kept", "plan.status_target_reached")


def test_reached_before_the_due_day_it_is_not_kept_yet():
    assert status(LONGER, seen((MIDDLE, 6.2))) == "on_track"
    assert "plan.status_reached_early" in reasons(LONGER, seen((MIDDLE, 6.2)))


def test_seen_reached_after_the_due_day_it_is_kept_and_the_day_is_told():
    assert reasons(LONGER, seen((date(2027, 1, 20), 6)), AFTER)[0] == "plan.status_reached_after"


def test_short_of_the_target_it_is_missed_then_answered():
    values = seen((date(2026, 12, 20), 5.5))
    assert (status(LONGER, values, AFTER), reasons(LONGER, values, AFTER)[0]) == ("missed", "plan.status_target_missed")
    answer = Review(on=date(2027, 1, 15), decision="adjust", comment="On vise 2028")
    found = standing(promise(reviews=(answer,)), values, on=AFTER)
    assert (found.status, codes(found.reasons)[:2]) == (
        "missed_answered", ["plan.status_target_missed", "plan.status_answered"]
    )  # fmt: skip


def test_a_review_before_the_due_day_does_not_answer_it():
    early = Review(on=date(2026, 12, 1), decision="continue", comment="On y croit")
    assert status(promise(reviews=(early,)), seen((date(2026, 12, 20), 5.5)), AFTER) == "missed"


def test_without_a_value_nobody_can_say_it_is_kept():
    assert reasons(promise(milestones=DONE), on=AFTER) == ["plan.status_no_value_at_due"]
    too_old = seen((date(2025, 3, 1), 6.5))
    assert status(LONGER, too_old, AFTER) == "missed"


def test_a_year_without_any_value_is_late():
    done = (DONE[0],)
    assert status(promise(milestones=done), on=date(2025, 12, 31)) == "on_track"
    assert reasons(promise(milestones=done), on=date(2026, 1, 5)) == ["plan.status_no_value"]


def test_a_value_older_than_a_year_and_a_quarter_no_longer_says_that_things_move():
    long = promise(due=date(2028, 12, 31), milestones=DONE)
    values = seen((date(2025, 3, 31), 5.0))
    assert status(long, values, on=date(2026, 6, 30)) == "on_track"
    assert (status(long, values, on=date(2026, 7, 1)), reasons(long, values, date(2026, 7, 1))[0]) == (
        "late", "plan.status_value_old"
    )  # fmt: skip


def test_a_target_reached_a_year_before_the_due_day_is_not_said_unreached():
    """A year is a year, leap or not: the day of the year before is too old in both."""
    for due, told in ((date(2026, 12, 31), date(2025, 12, 31)), (date(2028, 12, 31), date(2027, 12, 31))):
        one, on = promise(due=due, milestones=DONE), due.replace(year=due.year + 1, month=1, day=5)
        assert (status(one, seen((told, 6.5)), on), reasons(one, seen((told, 6.5)), on)[0]) == (
            "missed", "plan.status_old_at_due"
        )  # fmt: skip
        next_day = told.replace(year=due.year, month=1, day=1)
        assert status(one, seen((next_day, 6.5)), on) == "kept"


def test_reached_after_a_value_that_missed_it_on_the_due_day_or_a_year_later_it_stays_missed():
    late = seen((date(2026, 12, 31), 5.5), (date(2027, 1, 20), 6.1))
    assert (status(LONGER, late, AFTER), reasons(LONGER, late, AFTER)[:2]) == (
        "missed", ["plan.status_target_missed", "plan.status_reached_too_late"]
    )  # fmt: skip
    much_later, on = seen((date(2028, 1, 1), 6.1)), date(2028, 2, 1)
    assert (status(LONGER, much_later, on), reasons(LONGER, much_later, on)[0]) == (
        "missed", "plan.status_reached_too_late"
    )  # fmt: skip
    assert status(LONGER, seen((date(2027, 12, 31), 6.1)), on) == "kept"


def test_a_change_of_method_is_never_progress():
    other = {"PARC02": [Seen(on=date(2026, 12, 20), value=9, comparable=False)]}
    found = standing(LONGER, other, on=AFTER)
    assert (found.status, found.value) == ("missed", None)
    assert "plan.status_method_changed" in codes(found.reasons)


def test_an_interval_on_both_sides_of_the_target_is_told():
    wide = {"PARC02": [Seen(on=date(2026, 12, 20), value=6.1, low=5.6, high=6.6)]}
    assert "plan.status_in_doubt" in reasons(LONGER, wide, AFTER)
    sure = {"PARC02": [Seen(on=date(2026, 12, 20), value=6.5, low=6.1, high=6.9)]}
    assert "plan.status_in_doubt" not in reasons(LONGER, sure, AFTER)


def test_a_target_lost_after_being_reached_is_told():
    values = seen((date(2026, 12, 20), 6.2), (date(2027, 1, 20), 5.1))
    assert (status(LONGER, values, AFTER), reasons(LONGER, values, AFTER)) == (
        "kept", ["plan.status_target_reached", "plan.status_milestone_missed", "plan.status_fallen_back"]
    )  # fmt: skip


def test_downwards_a_lower_value_is_the_good_one():
    fewer = promise(result=aim(direction="down", target=2))
    assert status(fewer, seen((date(2026, 12, 20), 1.9)), AFTER) == "kept"
    assert status(fewer, seen((date(2026, 12, 20), 2.1)), AFTER) == "missed"


def test_without_a_result_indicator_done_milestones_are_what_can_be_said():
    assert status(promise(result=None, milestones=DONE), on=AFTER) == "kept"
    assert reasons(promise(result=None), on=AFTER)[0] == "plan.status_nothing_shows_it"
    assert status(promise(result=None, milestones=()), on=AFTER) == "missed"


def test_a_stopped_one_is_stopped_until_a_review_takes_it_up_again():
    stop = Review(on=date(2025, 9, 1), decision="stop", comment="Budget coupé")
    again = Review(on=date(2025, 12, 1), decision="continue", comment="Budget revenu")
    assert status(promise(reviews=(stop,))) == "stopped"
    assert status(promise(reviews=(stop,)), on=date(2025, 8, 1)) == "on_track"
    assert status(promise(reviews=(again, stop)), seen((MIDDLE, 5))) == "on_track"


def test_closed_early_it_is_kept_only_if_it_was_obtained():
    close = Review(on=date(2026, 1, 1), decision="close", comment="Fini")
    assert status(promise(reviews=(close,)), seen((date(2025, 12, 31), 6.5))) == "kept"
    assert status(promise(reviews=(close,)), seen((date(2025, 12, 31), 5))) == "missed_answered"


def test_put_off_in_time_it_goes_on_and_too_late_it_is_late():
    in_time = promise(moves=(Move(on=date(2026, 11, 1), due=date(2027, 12, 31), why="Marché"),), milestones=DONE)
    values = seen((date(2026, 12, 20), 5.5))
    assert (status(in_time, values, AFTER), "plan.status_replanned" in reasons(in_time, values, AFTER)) == (
        "on_track",
        True,
    )
    too_late = promise(moves=(Move(on=date(2027, 1, 15), due=date(2027, 12, 31), why="Marché"),), milestones=DONE)
    found = standing(too_late, values, on=AFTER)
    assert (found.status, found.missed) == ("late", (date(2026, 12, 31),))


def test_every_status_has_its_reason_in_both_languages():
    found = standing(LONGER, seen((date(2026, 12, 20), 5.5)), on=AFTER).as_json("en")
    assert found["status"] == "missed"
    assert found["reasons"][0]["what"].startswith("The last value (5.5, on 2026-12-20) does not reach the target (6)")
    assert found["milestones"][1] == {
        "key": "parts", "state": "missed", "due": "2026-03-31", "missed": ["2026-03-31"], "answered_by": "",
    }  # fmt: skip


@settings(max_examples=40)
@given(
    st.dates(date(2024, 1, 1), date(2028, 1, 1)),
    st.lists(st.tuples(st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.floats(0, 10)), max_size=4),
    st.lists(
        st.builds(
            Review,
            on=st.dates(date(2025, 1, 1), date(2027, 12, 1)),
            decision=st.sampled_from(["continue", "adjust", "stop", "close"]),
            comment=st.sampled_from(["", "vu"]),
        ),
        max_size=3,
    ),
)
def test_any_day_has_one_status_with_a_reason_and_the_future_changes_nothing(on, values, reviews):
    one = promise(reviews=tuple(reviews), result=aim(baseline=Baseline(value=4, on=date(2023, 12, 31))))
    found = standing(one, seen(*values), on=on)
    assert found.status in STATUSES
    assert found.reasons
    assert all(speaks(reason) for reason in found.reasons)
    past = replace(one, reviews=tuple(review for review in one.reviews if review.on <= on))
    assert standing(past, seen(*(value for value in values if value[0] <= on)), on=on).status == found.status
