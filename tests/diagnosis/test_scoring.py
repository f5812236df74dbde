"""Each rule, on cases small enough to be worked by hand."""

from fractions import Fraction as F

import pytest

from terreau.diagnosis.scoring import percent, points_text, rules, score
from terreau.kernel.errors import TerreauError
from tests.diagnosis.grids import answer, answers, assessment, criterion, edition, level, single

FOUR = single(4, scoring=("rgesn-conforming-1",))


def shares(found):
    return found.floor, found.value, found.ceiling


def test_the_unanswered_is_nothing_in_the_floor_everything_in_the_ceiling_and_absent_from_the_value():
    found = score(answers(answer("1.1.1", "passed"), answer("1.1.2", "failed")), FOUR)
    assert shares(found) == (F(1, 4), F(1, 2), F(3, 4))
    assert (found.answered, found.applicable, found.provisional) == (2, 4, True)
    assert found.left_open == ("g:1.1.3", "g:1.1.4")


def test_untested_is_not_an_answer():
    assert shares(score(answers(answer("1.1.1", "untested")), FOUR)) == (0, None, 1)


def test_not_applicable_with_a_reason_leaves_the_count():
    given = [answer(f"1.1.{n}", "passed") for n in (1, 2, 3)]
    found = score(answers(*given, answer("1.1.4", na="aucune vidéo")), FOUR)
    assert shares(found) == (1, 1, 1)
    assert (found.applicable, found.justified_na, found.unjustified_na, found.provisional) == (3, 1, 0, False)


def test_not_applicable_without_a_reason_stays_and_is_worth_nothing():
    given = [answer(f"1.1.{n}", "passed") for n in (1, 2, 3)]
    found = score(answers(*given, answer("1.1.4", "passed", na=" ")), FOUR)
    assert shares(found) == (F(3, 4), F(3, 4), F(3, 4))
    assert (found.applicable, found.justified_na, found.unjustified_na, found.provisional) == (4, 0, 1, True)


def test_when_nothing_applies_there_is_no_score_rather_than_a_perfect_one():
    for rule in ("rgesn-conforming-1", "rgesn-priority-1", "rgaa-rate-1", "points-1", "duties-1"):
        grid = single(2, scoring=(rule,), levels=[level("n1", 0)], each=lambda n: {"points": F(10)})
        found = score(answers(answer("1.1.1", na="a"), answer("1.1.2", na="b")), grid)
        assert shares(found) == (None, None, None), rule
        assert found.undefined and not found.provisional
        assert found.levels.reached is None
        assert found.status is None


def test_an_answer_to_what_the_edition_does_not_ask_changes_nothing():
    given = answers(answer("1.1.1", "passed"))
    assert score(given | answers(answer("9.9.9", "passed")), FOUR) == score(given, FOUR)


def test_the_three_rgesn_formulas_by_hand():
    kinds = [("high", "low"), ("medium", "medium"), ("low", "high")]
    grid = single(
        3, scoring=("rgesn-conforming-1", "rgesn-priority-1", "rgesn-priority-difficulty-1"),
        each=lambda n: {"priority": kinds[n - 1][0], "difficulty": kinds[n - 1][1]},
    )  # fmt: skip
    given = answers(answer("1.1.1", "passed"), answer("1.1.2", "failed"), answer("1.1.3", "passed"))
    assert score(given, grid).value == F(2, 3)
    assert score(given, grid, "rgesn-priority-1").value == F(5, 2) / F(15, 4) == F(2, 3), "1.5 and 1 of 3.75"
    assert score(given, grid, "rgesn-priority-difficulty-1").value == F(3 + 3) / F(3 + 2 + 3) == F(3, 4)


def test_the_rgaa_rate_is_legal_only_once_everything_applicable_is_tested():
    grid = single(5, scoring=("rgaa-rate-1",))
    given = [
        answer("1.1.1", "passed"),
        answer("1.1.2", "passed"),
        answer("1.1.3", "failed"),
        answer("1.1.4", na="pas de cadre"),
    ]
    part = score(answers(*given, answer("1.1.5", "untested")), grid)
    assert (part.value, part.legal) == (F(2, 3), False)
    assert "provisoire" in part.status.fr
    whole = score(answers(*given, answer("1.1.5", "failed")), grid)
    assert (whole.value, whole.legal, whole.status.en) == (F(1, 2), True, "partially conforming")
    assert score(answers(*given, answer("1.1.5", na="")), grid).legal is False


@pytest.mark.parametrize(("passed", "said"), [(0, "not conforming"), (1, "not conforming"), (2, "partially conforming"), (4, "fully conforming")])  # fmt: skip
def test_what_the_rgaa_rate_is_called(passed, said):
    grid = single(4, scoring=("rgaa-rate-1",))
    found = score(answers(*(answer(f"1.1.{n}", "passed" if n <= passed else "failed") for n in range(1, 5))), grid)
    assert found.status.en == said


LEVELS = [level("socle"), level("avance")]


def threshold(documents="partial", means="partial", results="partial"):
    return {"socle": {"documents": documents, "means": means},
            "avance": {"documents": "yes", "means": "yes", "results": results}}  # fmt: skip


TWO = edition([criterion("1.1.1", thresholds=threshold()), criterion("2.1.1", thresholds=threshold())], levels=LEVELS)


def test_documents_means_and_results_are_three_bars_and_no_number():
    found = score(answers(answer("1.1.1", "yes", "partial", None), answer("2.1.1", "none", "yes", "partial")), TWO)
    assert shares(found) == (None, None, None) and not found.single
    assert {key: (bar.floor, bar.value, bar.ceiling, bar.answered) for key, bar in found.bars.items()} == {
        "documents": (F(1, 2), F(1, 2), F(1, 2), 2),
        "means": (F(3, 4), F(3, 4), F(3, 4), 2),
        "results": (F(1, 4), F(1, 2), F(3, 4), 1),
    }
    assert (found.answered, found.applicable) == (1, 2), "a criterion is answered when all its facets are"
    assert found.by_theme["2"].bars["means"].value == 1
    assert found.by_rubric["1.1"].answered == 0


def test_a_level_is_reached_when_no_criterion_is_short_and_nothing_compensates():
    given = answers(answer("1.1.1", "yes", "yes", "yes"), answer("2.1.1", "yes", "none", "yes"))
    found = score(given, TWO)
    assert found.levels == (None, "socle")
    assert (found.steps[0].met, found.steps[0].asked, found.steps[0].missing) == (1, 2, ("g:2.1.1",))
    assert not found.steps[0].within_reach
    given = answers(answer("1.1.1", "yes", "yes", None), answer("2.1.1", "partial", "partial", "none"))
    assert score(given, TWO).levels == ("socle", "avance")


def test_a_level_is_within_reach_while_what_is_open_can_still_give_it():
    found = score(answers(answer("1.1.1", "yes", "yes", None), answer("2.1.1", "yes", "yes", "yes")), TWO)
    assert found.levels == ("socle", "avance")
    assert found.steps[1].within_reach and not found.steps[1].reached


def test_a_criterion_left_out_without_a_reason_holds_a_level_back():
    done = answer("1.1.1", "yes", "yes", "yes")
    assert score(answers(done, answer("2.1.1", na="sans objet : pas de salle machine")), TWO).levels == ("avance", None)
    assert score(answers(done, answer("2.1.1", na="")), TWO).levels == (None, "socle")


def test_a_level_is_not_reached_when_the_one_before_is_not():
    odd = {"socle": {"documents": "yes"}, "avance": {"means": "partial"}}
    grid = edition([criterion("1.1.1", thresholds=odd)], levels=LEVELS)
    assert score(answers(answer("1.1.1", "none", "yes", "yes")), grid).levels == (None, "socle")


def test_points_and_levels_by_points_by_hand():
    points = {1: 20, 2: 30, 3: 50}
    grid = edition(
        [criterion(f"1.1.{n}", points=F(p)) for n, p in points.items()], scoring=("points-1",),
        levels=[level("n1", 30), level("n2", 60)],
    )  # fmt: skip
    found = score(answers(answer("1.1.1", "yes", "yes", "yes"), answer("1.1.2", "yes", "partial", "none")), grid)
    assert (found.points.earned, found.points.open, found.points.applicable, found.points.grid) == (35, 50, 100, 100)
    assert shares(found) == (F(35, 100), F(35, 50), F(85, 100))
    assert found.levels == ("n1", "n2")
    assert found.steps[1].within_reach


def test_a_threshold_of_an_imported_grid_is_asked_besides_its_points():
    grid = edition(
        [criterion("1.1.1", points=F(90)), criterion("1.1.2", points=F(10), thresholds={"n1": {"results": "partial"}})],
        scoring=("points-1",), levels=[level("n1", 30)],
    )  # fmt: skip
    rich = answer("1.1.1", "yes", "yes", "yes")
    assert score(answers(rich, answer("1.1.2", "yes", "yes", "none")), grid).levels == (None, "n1")
    assert score(answers(rich, answer("1.1.2", "none", "none", "partial")), grid).levels == ("n1", None)


def test_a_duty_done_in_part_is_not_met():
    grid = edition([criterion(f"1.1.{n}", ("verdict",)) for n in (1, 2, 3)], scoring=("duties-1",))
    found = score(answers(answer("1.1.1", "yes"), answer("1.1.2", "partial"), answer("1.1.3", "none")), grid)
    assert (found.value, found.met, found.applicable) == (F(1, 3), 1, 3)


def test_a_reading_is_counted_and_never_scored():
    grid = edition([criterion("1.1.1", ()), criterion("1.1.2", ())], mode="reading", scoring=("reading-0",))
    found = score(answers(answer("1.1.1", text="Nos horaires sont écrits."), answer("1.1.2", text=" ")), grid)
    assert (found.answered, found.applicable, found.value, found.bars) == (1, 2, None, {})


def test_an_assessment_is_scored_on_the_criteria_of_its_variant():
    from terreau.referentials.edition import Variant

    grid = edition(
        [criterion("1.1.1", ("verdict",)), criterion("1.1.2", ("verdict",), only_for=("esn",))],
        mode="single", scoring=("rgesn-conforming-1",), variants=(Variant(key="esn", title=level("x").title),),
    )  # fmt: skip
    assert score(assessment(answer("1.1.1", "passed")), grid).value == 1
    assert score(assessment(answer("1.1.1", "passed"), variant="esn"), grid).floor == F(1, 2)


def test_each_rule_says_its_name_version_and_formula_in_both_languages():
    assert set(rules()) == {
        "nr-terreau-1", "rgaa-rate-1", "rgesn-conforming-1", "rgesn-priority-1", "rgesn-priority-difficulty-1", "points-1",
        "duties-1", "reading-0",
    }  # fmt: skip
    for key, rule in rules().items():
        assert rule.key == key and rule.version
        assert all((rule.title.fr, rule.title.en, rule.formula.fr, rule.formula.en)), key


def test_a_rule_that_the_edition_does_not_offer_is_refused():
    for asked, code in (("rgaa-rate-1", "diagnosis.rule_not_offered"), ("moyenne", "diagnosis.rule_unknown")):
        with pytest.raises(TerreauError) as refused:
            score({}, FOUR, asked)
        assert refused.value.code == code


def test_rounding_happens_at_display_half_to_even_and_never_makes_a_whole():
    assert percent(F(13, 20)) == "65,0\u00a0%" and percent(F(2, 3), "en") == "66.7%"
    assert percent(F(1, 2000), "en", 2) == "0.05%"
    assert [percent(F(n, 2000), "en") for n in (25, 27, 29)] == ["1.2%", "1.4%", "1.4%"], "1.25, 1.35, 1.45"
    assert percent(F(9999, 10000), "en") == "99.9%" and percent(F(1, 10000), "en") == "0.1%"
    assert (percent(F(1), "en"), percent(F(0), "en"), percent(None)) == ("100.0%", "0.0%", "–")
    assert (points_text(F(320)), points_text(F(200, 3)), points_text(F(200, 3), "en")) == ("320", "66,67", "66.67")
