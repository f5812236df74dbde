"""A promise may change; what was promised stays."""

from dataclasses import replace
from datetime import date

import pytest

from terreau.kernel.errors import TerreauError
from terreau.plan.commitments import Review
from terreau.plan.milestones import passed
from terreau.plan.replanning import aimed_again, milestone_put_off, put_off, reviewed, rewritten
from tests.plan.promises import LONGER, aim, codes, promise

ON, LATER = date(2026, 2, 1), date(2027, 6, 30)


def test_put_off_keeps_the_day_first_promised():
    moved = put_off(LONGER, LATER, on=ON, why="Marché décalé", by="DSI")
    assert (moved.due, moved.due_on(date(2026, 1, 31)), moved.due_on(ON)) == (LONGER.due, LONGER.due, LATER)
    assert rewritten(LONGER, moved) == ()


def test_a_milestone_put_off_twice_keeps_every_date_that_passed():
    once = milestone_put_off(LONGER, "parts", date(2026, 6, 30), on=date(2026, 4, 5), why="Rupture")
    twice = milestone_put_off(once, "parts", date(2026, 10, 31), on=date(2026, 6, 1), why="Rupture encore")
    parts = twice.milestones[1]
    assert parts.missed(date(2026, 12, 1)) == (date(2026, 3, 31), date(2026, 10, 31))
    assert parts.missed(date(2026, 4, 1)) == (date(2026, 3, 31),)
    assert rewritten(LONGER, twice) == ()


def test_a_date_that_passed_before_the_thing_was_done_stays_missed():
    assert passed(date(2026, 3, 31), (), date(2026, 12, 31), done_on=date(2026, 4, 1)) == (date(2026, 3, 31),)
    assert passed(date(2026, 3, 31), (), date(2026, 12, 31), done_on=date(2026, 3, 31)) == ()


def test_another_aim_keeps_the_former_one_with_its_reason():
    lower = aimed_again(LONGER, aim(target=5.5), on=ON, why="Parc plus vieux que prévu")
    assert lower.result.target == 5.5
    assert (lower.former[0].aim.target, lower.former[0].until) == (6, ON)
    assert rewritten(LONGER, lower) == ()
    means = aimed_again(LONGER, aim(indicator="FOR01"), on=ON, why="Former d'abord", which="means")
    assert (means.means.indicator, means.result, means.former) == ("FOR01", LONGER.result, ())


@pytest.mark.parametrize("change", [
    lambda one: put_off(one, LATER, on=ON, why=" "),
    lambda one: milestone_put_off(one, "parts", LATER, on=ON, why=""),
    lambda one: aimed_again(one, None, on=ON, why=""),
])  # fmt: skip
def test_a_change_without_a_reason_is_refused(change):
    with pytest.raises(TerreauError) as refusal:
        change(LONGER)
    assert refusal.value.code == "plan.reason_needed"


def test_a_milestone_nobody_knows_is_refused():
    with pytest.raises(TerreauError) as refusal:
        milestone_put_off(LONGER, "gone", LATER, on=ON, why="?")
    assert refusal.value.code == "plan.milestone_unknown"


REVIEWED = reviewed(LONGER, Review(on=ON, decision="continue", comment="Vu"), next_review=LATER)


@pytest.mark.parametrize("after", [
    replace(REVIEWED, due=LATER),
    replace(REVIEWED, statement="Garder les portables cinq ans"),
    replace(REVIEWED, reviews=()),
    replace(REVIEWED, result=aim(target=5)),
    replace(REVIEWED, result=None),
    replace(REVIEWED, milestones=REVIEWED.milestones[:1]),
    replace(REVIEWED, milestones=(replace(REVIEWED.milestones[0], done_on=None), REVIEWED.milestones[1])),
    replace(REVIEWED, milestones=(REVIEWED.milestones[0], replace(REVIEWED.milestones[1], due=LATER))),
    replace(REVIEWED, milestones=(REVIEWED.milestones[0], replace(REVIEWED.milestones[1], title="Une pièce en stock"))),
    replace(REVIEWED, milestones=(REVIEWED.milestones[0], replace(REVIEWED.milestones[1], added_on=LATER))),
    replace(REVIEWED, adopted_on=None),
])  # fmt: skip
def test_what_would_erase_history_is_named(after):
    assert codes(rewritten(REVIEWED, after)) == ["plan.history_rewritten"]


def test_adding_erases_nothing_and_a_draft_changes_freely():
    done = replace(REVIEWED.milestones[1], done_on=date(2026, 3, 1))
    richer = replace(REVIEWED, milestones=(REVIEWED.milestones[0], done), owner="Achats", evidence=("e1",))
    assert rewritten(REVIEWED, richer) == ()
    draft = promise(adopted_on=None)
    assert rewritten(draft, replace(draft, due=LATER, result=None)) == ()
