"""A difference shared between causes: exact, without order, nothing to those who change nothing."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.plan.shapley import shapley
from tests.plan.shared_parts import parts_by_orders

WORTH = st.builds(Fraction, st.integers(-1_000_000, 1_000_000), st.integers(1, 1_000))
WORTHS = st.sampled_from((5, 4, 3, 2, 1)).flatmap(lambda n: st.lists(WORTH, min_size=2**n, max_size=2**n))


def test_two_causes_share_what_only_their_meeting_brings():
    alone_one, alone_two, together = Fraction(10), Fraction(20), Fraction(50)
    assert shapley([Fraction(0), alone_one, alone_two, together]) == (20, 30)


def test_without_any_cause_nothing_is_shared():
    assert shapley([Fraction(7)]) == ()


def test_a_game_with_a_coalition_missing_is_refused():
    with pytest.raises(ValueError, match="3"):
        shapley([Fraction(1)] * 3)


@settings(max_examples=40)
@given(WORTHS)
def test_parts_are_those_of_every_order_add_up_exactly_and_turn_round_with_the_game(worth):
    parts = shapley(worth)
    assert parts == parts_by_orders(worth)
    assert sum(parts) == worth[-1] - worth[0]
    assert shapley(worth[::-1]) == tuple(-part for part in parts)


@settings(max_examples=40)
@given(st.lists(WORTH, min_size=16, max_size=16))
def test_a_cause_that_changes_nothing_has_exactly_nothing(worth):
    same = [worth[coalition & 0b0111] for coalition in range(16)]
    assert shapley(same)[3] == 0


def test_six_causes_are_shared_alike_by_both_ways():
    worth = [Fraction((coalition * 37 + coalition.bit_count() ** 3 * 11) % 101) for coalition in range(64)]
    assert shapley(worth) == parts_by_orders(worth)
