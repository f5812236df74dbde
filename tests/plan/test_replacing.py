"""One kind of device bought instead of another: what starting earlier does, the exception of the other levers, and refusals."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.kernel.errors import TerreauError
from tests.plan.fleets import aged, change, outlook, walked
from tests.plan.test_trajectory import GROWTHS, MIXED, some_lines

REPLACING = [("laptop:smartphone", 0.5), ("laptop:monitor", 1.0), ("smartphone:monitor", 0.7), ("monitor:laptop", 0.5)]
"""The last one buys what weighs more a year; of the small set: 17.5 a monitor, 32.25 a smartphone, 41.5 a laptop."""


@given(st.integers(0, 10_000), st.sampled_from(REPLACING), st.sampled_from([None, 2.0]), GROWTHS)
@settings(max_examples=7)
def test_an_earlier_replacement_by_what_weighs_less_a_year_is_never_worse_in_the_amortised_reading(
    seed, lever, backlog, growth
):
    ours = outlook(some_lines(random.Random(seed)), 9, backlog=backlog, growth=growth)
    pair, share = lever
    plans = [walked(ours, [change(f"replace:{pair}", share, start)])[0][0].cumsum() for start in (1, 2, 4, 8)]
    side = -1 if pair == "monitor:laptop" else 1  # what weighs more a year: earlier is never better
    for early, late in zip(plans, plans[1:], strict=False):
        assert (side * early <= side * late + 1e-9 * late.max()).all()


def test_an_earlier_replacement_by_what_is_dearer_to_make_weighs_more_at_first_in_the_flow_reading():
    """The exception ``un-parc-dans-cinq-ans.md`` states: a screen, 84 to make, instead of a smartphone, 80."""
    ours = outlook([aged("smartphone", 18, 10)], 9)
    plans = [walked(ours, [change("replace:smartphone:monitor", 1.0, start)])[0].cumsum(axis=1) for start in (1, 4)]
    (spread, flow), (spread_late, flow_late) = plans
    assert flow[1] > flow_late[1]  # all renewed at month 12
    assert (spread <= spread_late + 1e-9).all() and spread[-1] < spread_late[-1]


def test_refusals_name_categories_and_kinds_in_words():
    from terreau.levers import parse
    from terreau.plan.changes import change_of

    with pytest.raises(TerreauError) as beyond:
        outlook(MIXED).simulate([change("replace:laptop:smartphone", 0.625), change("replace:laptop:monitor", 0.5)])
    assert "« Ordinateur portable » font 112,5 % de" in beyond.value.words("fr").what.replace("\N{NO-BREAK SPACE}", " ")
    assert "“Laptop” make 112.5% of" in beyond.value.words("en").what
    with pytest.raises(TerreauError) as refused:
        change_of(parse("LV36"))
    told = refused.value
    assert (
        "enabler" not in told.words("fr").what + told.words("en").what and "sans gain propre" in told.words("fr").what
    )
