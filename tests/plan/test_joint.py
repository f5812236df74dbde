"""Several levers together: nothing is counted twice, and the parts add up to the whole."""

import pytest

from terreau.kernel.errors import TerreauError
from terreau.plan.gains import rank
from terreau.plan.joint import together
from tests.plan.fleets import CLIMATE, aged, change, outlook
from tests.plan.test_trajectory import MIXED, PLAN


def test_fewer_screens_kept_longer_are_not_saved_twice():
    fewer, longer = change("count:monitor", 0.5), change("lifespan:monitor", 12)
    found = together(outlook([aged("monitor", None, 10)], 3), [fewer, longer])
    alone = found.alone[CLIMATE]
    assert found.joint[CLIMATE].central < alone[fewer.key] + alone[longer.key]
    (pair,) = found.overlaps[CLIMATE]
    assert pair["counted_twice"] == pytest.approx(sum(alone.values()) - found.joint[CLIMATE].central)


def test_parts_add_up_to_the_joint_gain_for_every_criterion():
    found = together(outlook(MIXED, 4), PLAN)
    for key, joint in found.joint.items():
        assert sum(found.parts[key].values()) == pytest.approx(joint.central, rel=1e-9, abs=1e-12)


def test_levers_that_never_meet_simply_add_up():
    longer, fewer = change("lifespan:laptop", 8), change("count:monitor", 0.5)
    found = together(outlook(MIXED, 3), [longer, fewer])
    assert found.overlaps[CLIMATE] == ()
    assert sum(found.alone[CLIMATE].values()) == pytest.approx(found.joint[CLIMATE].central)


def test_one_lever_together_is_that_lever_alone_with_the_same_interval():
    ours, longer = outlook(MIXED, 3), change("lifespan:laptop", 8)
    (alone,) = rank(ours, [longer]).gains
    joint = together(ours, [longer]).joint[CLIMATE]
    assert (joint.low, joint.central, joint.high) == pytest.approx(
        (alone.whole[CLIMATE].low, alone.whole[CLIMATE].central, alone.whole[CLIMATE].high)
    )


def test_two_levers_that_contradict_each_other_are_refused():
    with pytest.raises(TerreauError) as refused:
        together(outlook(MIXED, 3), [change("replace:laptop:smartphone", 0.7), change("replace:laptop:monitor", 0.7)])
    assert refused.value.code == "plan.shares_beyond_one"
