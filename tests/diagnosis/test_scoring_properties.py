"""What must hold for any grid and any answers, and the same figures worked a second way."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.diagnosis.records import AnswerRecord, FacetAnswer
from terreau.diagnosis.scoring import score
from tests.diagnosis import slow
from tests.diagnosis.grids import DMR, answers, criterion, edition, level

SINGLE_RULES = (
    "rgesn-conforming-1",
    "rgesn-priority-1",
    "rgesn-priority-difficulty-1",
    "rgaa-rate-1",
    "points-1",
    "duties-1",
)
ALL_RULES = (*SINGLE_RULES, "nr-terreau-1")
SCALES = {"dmr": ["none", "partial", "yes"], "single": ["failed", "passed", "untested"]}
few = settings(max_examples=15)
LOW_TO_HIGH = st.sampled_from(["low", "medium", "high"])


@st.composite
def grids(draw, rules=ALL_RULES):
    """A small edition, the rule to read it with."""
    rule = draw(st.sampled_from(rules))
    mode = draw(st.sampled_from(["dmr", "single"])) if rule in ("points-1", "duties-1") else "single"
    mode = "dmr" if rule == "nr-terreau-1" else mode
    made = []
    for number in range(draw(st.integers(1, 5))):
        facets = DMR[: draw(st.integers(1, 3))] if mode == "dmr" else ("verdict",)
        verdicts = st.dictionaries(st.sampled_from(facets), st.sampled_from(SCALES[mode][:2]), max_size=3)
        made.append(criterion(
            f"{draw(st.integers(1, 2))}.1.{number}", facets, priority=draw(LOW_TO_HIGH), difficulty=draw(LOW_TO_HIGH),
            points=Fraction(draw(st.integers(1, 40))), thresholds={key: draw(verdicts) for key in ("socle", "avance")},
        ))  # fmt: skip
    return edition(made, mode=mode, scoring=(rule,), levels=[level("socle"), level("avance")])


@st.composite
def answered(draw, grid, complete=False):
    """Answers to some of the criteria of ``grid``, or to all their facets."""
    found = {}
    scale = [key for key in SCALES[grid.mode] if not (complete and key == "untested")]
    for one in grid.criteria:
        reason = draw(st.sampled_from([None, None, None, "hors périmètre"] + ([] if complete else ["", "  "])))
        verdicts = st.sampled_from(scale if complete else [None, *scale])
        facets = tuple(FacetAnswer(facet=facet.key, verdict=draw(verdicts)) for facet in one.facets)
        out = {} if reason is None else {"applicable": False, "reason": reason}
        found[one.key] = AnswerRecord(criterion=one.key, facets=facets, **out)
    return found


@st.composite
def cases(draw, rules=ALL_RULES, complete=False):
    grid = draw(grids(rules))
    return grid, draw(answered(grid, complete))


def figures(found):
    """Every floor, value and ceiling of a score, wherever it stands."""
    parts = [found, *found.by_theme.values(), *found.by_rubric.values()]
    return [one for part in parts for one in (part, *part.bars.values())]


@few
@given(cases())
def test_the_same_figures_worked_a_second_way(case):
    grid, given_answers = case
    found, rule = score(given_answers, grid), grid.scoring[0]
    if found.single:
        assert (found.floor, found.value, found.ceiling) == slow.three(rule, grid, given_answers)
    for facet, bar in found.bars.items():
        assert (bar.floor, bar.value, bar.ceiling) == slow.three(rule, grid, given_answers, facet)
    if rule == "nr-terreau-1":
        assert found.levels.reached == slow.level_reached(grid, given_answers)
        possible = [step.key for step in found.steps if step.within_reach]
        assert (possible or [None])[-1] == slow.level_reached(grid, given_answers, Fraction(1))


@few
@given(cases())
def test_the_value_lies_between_the_floor_and_the_ceiling(case):
    for one in figures(score(case[1], case[0])):
        if one.value is not None:
            assert 0 <= one.floor <= one.value <= one.ceiling <= 1
        elif one.floor is not None:
            assert (one.floor, one.ceiling) == (0, 1), "nothing is answered yet"


@few
@given(cases(complete=True))
def test_once_everything_is_answered_the_three_are_one(case):
    found = score(case[1], case[0])
    assert not found.provisional and found.left_open == ()
    assert all(one.floor == one.value == one.ceiling for one in figures(found))


@few
@given(cases(), st.data())
def test_a_better_verdict_never_lowers_anything(case, data):
    grid, before = case
    one = data.draw(st.sampled_from(list(before.values())))
    spot = data.draw(st.integers(0, len(one.facets) - 1))
    scale = [key for key in SCALES[grid.mode] if key != "untested"]
    old = one.facets[spot].verdict
    if old not in scale:
        return
    new = data.draw(st.sampled_from(scale[scale.index(old) :]))
    facets = tuple(replace(f, verdict=new) if n == spot else f for n, f in enumerate(one.facets))
    low, high = score(before, grid), score(before | {one.criterion: replace(one, facets=facets)}, grid)
    for was, now in zip(figures(low), figures(high), strict=True):
        for name in ("floor", "value", "ceiling"):
            assert (getattr(was, name) is None) == (getattr(now, name) is None)
            assert getattr(was, name) is None or getattr(was, name) <= getattr(now, name)
    for was, now in zip(low.steps, high.steps, strict=True):
        assert was.reached <= now.reached and was.within_reach <= now.within_reach


@few
@given(cases(), st.data())
def test_answering_raises_the_floor_and_lowers_the_ceiling(case, data):
    grid, after = case
    one = data.draw(st.sampled_from(list(after.values())))
    blank = replace(one, facets=tuple(replace(f, verdict=None) for f in one.facets), applicable=None)
    told = replace(one, applicable=None)
    for was, now in zip(
        figures(score(after | answers(blank), grid)), figures(score(after | answers(told), grid)), strict=True
    ):
        if was.floor is not None:
            assert was.floor <= now.floor and now.ceiling <= was.ceiling


@few
@given(cases(), st.data())
def test_the_order_of_the_answers_and_of_the_criteria_changes_nothing(case, data):
    grid, given_answers = case
    shuffled = dict(data.draw(st.permutations(list(given_answers.items()))))
    assert score(shuffled, grid) == score(given_answers, grid)
    other = edition(data.draw(st.permutations(grid.criteria)), mode=grid.mode, scoring=grid.scoring, levels=grid.levels)
    found, again = score(given_answers, grid), score(given_answers, other)
    assert (found.counts_json(), found.levels) == (again.counts_json(), again.levels)


@few
@given(cases(rules=("points-1",)), st.fractions(min_value=Fraction(1, 9), max_value=50, max_denominator=9))
def test_a_grid_with_all_its_weights_doubled_or_halved_has_the_same_shares(case, times):
    grid, given_answers = case
    scaled = edition(
        [replace(one, points=one.points * times) for one in grid.criteria],
        mode=grid.mode,
        scoring=grid.scoring,
        levels=grid.levels,
    )
    assert score(given_answers, scaled).counts_json() == score(given_answers, grid).counts_json()


@few
@given(grids())
def test_everything_not_applicable_is_undefined(grid):
    out = {one.key: AnswerRecord(criterion=one.key, applicable=False, reason="sans objet") for one in grid.criteria}
    found = score(out, grid)
    assert found.undefined and not found.provisional and found.levels.reached is None
    assert all(one.floor is one.value is one.ceiling is None for one in figures(found))


@few
@given(cases())
def test_themes_and_rubrics_add_up_to_the_whole(case):
    found = score(case[1], case[0])
    for parts in (found.by_theme.values(), found.by_rubric.values()):
        for name in ("answered", "applicable", "met", "justified_na", "unjustified_na"):
            assert sum(getattr(part, name) for part in parts) == getattr(found, name)
        for facet, bar in found.bars.items():
            assert sum(part.bars[facet].applicable for part in parts if facet in part.bars) == bar.applicable
