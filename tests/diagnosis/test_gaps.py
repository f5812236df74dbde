"""Which criteria would close the gap to a level, by difficulty and by impact."""

from dataclasses import replace
from fractions import Fraction as F

import pytest

from terreau.diagnosis.gaps import gap
from terreau.diagnosis.scoring import score
from terreau.kernel.errors import TerreauError
from tests.diagnosis.grids import answer, answers, criterion, edition, level, single

ASK = {"socle": {"documents": "partial", "means": "partial"}, "avance": {"documents": "yes", "results": "partial"}}
GRID = edition(
    [
        criterion("1.1.1", thresholds=ASK, difficulty="high", priority="high"),
        criterion("1.1.2", thresholds=ASK, difficulty="low", priority="low"),
        criterion("1.1.3", thresholds=ASK, difficulty="low", priority="high"),
        criterion("1.1.4", thresholds={"avance": {"results": "yes"}}),
    ],
    levels=[level("socle"), level("avance")],
)


def keys(criteria):
    return [one.criterion for one in criteria]


def test_the_gap_to_the_next_level_names_each_short_facet_and_no_other():
    given = answers(
        answer("1.1.1", "yes", "none", "none"), answer("1.1.2", None, "partial", None), answer("1.1.3", na="")
    )
    found = gap(given, GRID)
    assert found.level == "socle" and not found.closed and found.lacking is None
    assert keys(found.criteria) == ["g:1.1.1", "g:1.1.2", "g:1.1.3"]
    first, second, third = found.criteria
    assert [(one.facet, one.now, one.needed, one.verdict) for one in first.facets] == [("means", 0, F(1, 2), "partial")]
    assert [(one.facet, one.now) for one in second.facets] == [("documents", None)]
    assert [one.state for one in (first, second, third)] == ["below", "unanswered", "without_reason"]
    assert [one.facet for one in third.facets] == ["documents", "means"]


def test_the_easiest_comes_first_and_among_equals_what_brings_the_most():
    found = gap({}, GRID)
    assert keys(found.by_difficulty()) == ["g:1.1.3", "g:1.1.2", "g:1.1.1"]
    assert keys(found.by_impact()) == ["g:1.1.3", "g:1.1.1", "g:1.1.2"]


def test_the_gap_to_a_level_asks_for_the_levels_before_too_at_the_highest_of_their_thresholds():
    first = gap({}, GRID, "avance").criteria[0]
    assert [(one.facet, one.verdict) for one in first.facets] == [
        ("documents", "yes"),
        ("means", "partial"),
        ("results", "partial"),
    ]


def test_once_a_level_is_reached_the_gap_is_to_the_next_and_then_closed():
    solid = [answer(f"1.1.{n}", "partial", "partial", "none") for n in (1, 2, 3)]
    assert gap(answers(*solid), GRID).level == "avance"
    best = answers(*(answer(f"1.1.{n}", "yes", "yes", "yes") for n in (1, 2, 3, 4)))
    done = gap(best, GRID)
    assert done.closed and done.criteria == ()
    assert gap(best, GRID, "socle").closed, "a level behind can be asked for too"


def test_a_level_the_referential_does_not_have_is_refused():
    with pytest.raises(TerreauError) as refused:
        gap({}, GRID, "or")
    assert refused.value.code == "diagnosis.level_unknown"


def test_points_still_to_earn_and_one_way_to_earn_them_in_each_order():
    grid = edition(
        [criterion("1.1.1", points=F(60), difficulty="high"), criterion("1.1.2", points=F(30), difficulty="low"),
         criterion("1.1.3", points=F(10), difficulty="low", thresholds={"n1": {"means": "partial"}})],
        scoring=("points-1",), levels=[level("n1", 50)],
    )  # fmt: skip
    found = gap(answers(answer("1.1.2", "yes", "none", "none"), answer("1.1.3", "yes", "none", "yes")), grid)
    assert found.lacking == 50 - 10 - F(20, 3)
    assert [(one.criterion, one.gain, one.needed) for one in found.criteria] == [
        ("g:1.1.1", 60, False), ("g:1.1.2", 20, False), ("g:1.1.3", F(5, 3), True),
    ]  # fmt: skip
    assert keys(found.enough(found.by_impact())) == ["g:1.1.1", "g:1.1.3"]
    assert keys(found.enough(found.by_difficulty())) == ["g:1.1.2", "g:1.1.3", "g:1.1.1"]


def test_without_levels_the_gap_is_to_the_full_score_and_gains_are_shares_of_the_whole():
    grid = single(4, scoring=("rgesn-conforming-1",))
    found = gap(answers(answer("1.1.1", "passed"), answer("1.1.2", "failed"), answer("1.1.3", na="sans vidéo")), grid)
    assert (found.level, found.lacking) == (None, F(2, 3))
    assert [(one.criterion, one.gain, one.state) for one in found.criteria] == [
        ("g:1.1.2", F(1, 3), "below"), ("g:1.1.4", F(1, 3), "unanswered")]  # fmt: skip


def test_doing_what_the_gap_says_reaches_the_level():
    given = answers(
        answer("1.1.1", "yes", "none", "none"), answer("1.1.2", "none", "partial", "none"), answer("1.1.3", na="")
    )
    todo = gap(given, GRID, "avance")
    for one in todo.criteria:
        held = {
            facet.facet: facet for facet in given.get(one.criterion, answer("1.1.4", "none", "none", "none")).facets
        }
        blank = answer(one.number, "none", "none", "none").facets
        told = {facet.facet: held.get(facet.facet, facet) for facet in blank}
        for short in one.facets:
            told[short.facet] = replace(told[short.facet], verdict=short.verdict)
        given = given | answers(answer(one.number, facets=()))
        given[one.criterion] = replace(given[one.criterion], facets=tuple(told.values()))
    assert score(given, GRID).levels.reached == "avance"


def test_the_gap_as_plain_values():
    told = gap({}, GRID).as_json()
    assert told["criteria"][0]["facets"][0] == {
        "facet": "documents",
        "now": None,
        "needed": "1/2",
        "verdict": "partial",
    }
    assert told["by_difficulty"][0] == "g:1.1.3"
