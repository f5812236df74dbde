"""The X-ray of a board: each rule seen once, on a board small enough to read, and silent on a board that is sound."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.indicators import quality, words
from terreau.indicators.catalogue import indicator
from terreau.indicators.definition import NO_WORDS, Caution, Indicator, MeterRef
from terreau.indicators.followed import Baseline, Followed, Target
from terreau.indicators.quality import ADVICE, ERROR, SEVERITIES, WARNING, xray
from terreau.indicators.values import Value
from terreau.referentials.edition import Words

TODAY = date(2026, 11, 22)
DRAWN = Words(fr="Réunions sans écran", en="Meetings without a screen")
REUSE = Indicator(
    key="REUSE", name=Words(fr="Réemploi", en="Reuse"), question=Words(fr="Combien ?", en="How many?"),
    numerator=Words(fr="réemployés", en="reused"), denominator=Words(fr="réformés", en="retired"), formula="N/N", unit="%",
    theme="end_of_life", audience="performance", nature="result", direction="up", frequency="yearly", source="form",
)  # fmt: skip
DONATIONS = replace(
    REUSE, key="DONATIONS", name=Words(fr="Dons", en="Donations"), denominator=NO_WORDS, formula="N", unit="count"
)


def sound(one: Indicator = REUSE, **changed) -> Followed:
    """A board line nobody could object to."""
    told = {
        "indicator": one, "role": "flagship", "owner": "Responsable du parc", "review_body": "Comité NR",
        "baseline": Baseline(value=40.0, on=date(2025, 12, 31), method="bordereaux"),
        "target": Target(value=60.0, due=date(2027, 12, 31)),
    }  # fmt: skip
    return Followed(**{**told, **changed})


def measured(one: Indicator = REUSE, **changed) -> Value:
    """A value with its terms, its explanation, its signature and its evidence: 9 reused of 20 retired."""
    told = {
        "id": "v1", "indicator": one.key, "on": date(2025, 12, 31), "value": 45.0, "numerator": 9.0, "denominator": 20.0,
        "unit": one.unit, "recorded_at": datetime(2026, 1, 10, tzinfo=UTC), "explained": "bordereaux de sortie",
        "method": "bordereaux", "signed_by": "Alice", "proofs": ("e1",),
    }  # fmt: skip
    return Value(**{**told, **changed})


PROOFS = {"e1": date(2027, 1, 1), "e2": None, "old": date(2026, 6, 30)}


def seen(followed, values=(), proofs=PROOFS):
    """Codes the X-ray gives, without the room."""
    return [one.code.removeprefix("indicators.") for one in xray(followed, values, proofs, on=TODAY)]


def test_a_sound_line_has_nothing_to_mend():
    assert seen([sound()], [measured()]) == []


@pytest.mark.parametrize(
    ("followed", "value", "expected"),
    [
        (sound(owner=" "), measured(), ["no_owner"]),
        (sound(review_body=""), measured(), ["no_review_body"]),
        (sound(baseline=None), measured(), ["target_without_baseline"]),
        (sound(target=Target(value=60.0, due=date(2024, 1, 1))), measured(), ["baseline_after_target", "target_past"]),
        (sound(target=Target(value=30.0, due=date(2027, 1, 1))), measured(), ["target_should_rise"]),
        (sound(target=Target(value=60.0, due=date(2027, 1, 1), unit="kWh")), measured(), ["units_differ"]),
        (sound(target=Target(value=60.0, due=date(2026, 6, 30))), measured(), ["target_past"]),
        (sound(target=None), measured(), ["flagship_without_target"]),
        (sound(), measured(on=date(2022, 12, 31)), ["stale"]),
        (sound(), measured(proofs=()), ["no_proof"]),
        (sound(audience="public"), measured(proofs=()), ["public_without_proof"]),
        (sound(), measured(proofs=("old", "e1")), ["proof_expired"]),
        (sound(audience="public"), measured(proofs=("old",)), ["proof_expired", "public_without_proof"]),
        (sound(), measured(proofs=("gone", "e2")), ["proof_lost"]),
        (sound(), measured(signed_by=""), ["unsigned"]),
        (sound(), measured(numerator=None, denominator=None), ["terms_missing"]),
        (sound(target=None, role="followed"), measured(unit="count"), ["units_differ", "no_flagship"]),
        (sound(), measured(denominator=0.0), ["denominator_zero"]),
        (sound(), measured(denominator=-2.0), ["denominator_negative"]),
        (sound(replace(REUSE, formula="")), measured(), ["not_evaluable"]),
        (sound(replace(REUSE, source="meter")), measured(), ["not_evaluable"]),
        (sound(replace(REUSE, source="meter", meter=MeterRef(key="fleet.magic"))), measured(), ["meter_unknown"]),
        (sound(replace(REUSE, direction="none")), measured(), ["target_on_context"]),
        (sound(replace(REUSE, cautions=(Caution(key="small_effect", words=DRAWN),))), measured(), ["flagship_of_small_effect"]),
    ],
)  # fmt: skip
def test_each_weakness_alone_is_named_alone(followed, value, expected):
    assert seen([followed], [value]) == expected


def test_a_line_without_any_value_was_never_measured_and_nothing_else_is_invented():
    assert seen([sound()]) == ["never_measured"]


def test_a_value_that_says_nothing_of_how_it_was_obtained_is_only_advised():
    silent = measured(explained="", method="")
    found = xray([sound(baseline=Baseline(value=40.0, on=date(2025, 12, 31)))], [silent], PROOFS, on=TODAY)
    assert [(one.code, one.severity) for one in found] == [("indicators.unexplained", ADVICE)]


def test_a_value_computed_by_terreau_needs_neither_signature_nor_piece():
    run = measured(origin="meter", method="terreau-1", signed_by="", proofs=())
    public = sound(audience="public", baseline=Baseline(value=40.0, on=date(2024, 12, 31), method="terreau-1"))
    assert seen([public], [run]) == []


def test_a_change_of_method_since_the_baseline_is_told_and_is_no_progress():
    then, now = measured(on=date(2024, 12, 31), value=40.0, id="v0"), measured(method="bordereaux et ventes")
    followed = sound(baseline=Baseline(value=40.0, on=date(2024, 12, 31), method="bordereaux"))
    assert seen([followed], [then, now]) == ["progress_broken"]


def test_a_raw_number_wants_its_twin_or_its_denominator():
    alone = measured(DONATIONS, value=12.0, numerator=None, denominator=None)
    assert seen([sound(DONATIONS)], [alone]) == ["pair_missing"]
    assert seen([sound(DONATIONS)], [replace(alone, numerator=12.0, denominator=45.0)]) == []


def test_the_two_halves_of_a_pair_followed_together_are_enough():
    raw, rate = replace(DONATIONS, pair="REUSE"), replace(REUSE, pair="DONATIONS")
    values = [measured(rate, numerator=None, denominator=None), measured(raw, id="v2", denominator=None)]
    assert seen([sound(raw), sound(rate)], values) == []
    assert seen([sound(raw)], values) == ["pair_missing"]


def test_the_twin_of_a_private_indicator_is_one_of_the_same_organisation():
    raw, rate = replace(DONATIONS, key="org:1/DONS", pair="TAUX"), replace(REUSE, key="org:1/TAUX", pair="DONS")
    value = measured(raw, denominator=None)
    assert "pair_missing" not in seen([sound(raw), sound(rate)], [value])
    assert "pair_missing" in seen([sound(raw), sound(replace(rate, key="TAUX"))], [value])


def test_a_duration_of_its_own_wants_no_twin():
    own = replace(REUSE, denominator=NO_WORDS, unit="day", formula="MEDIAN(d)")
    assert seen([sound(own)], [measured(own, numerator=None, denominator=None)]) == []


def test_an_indicator_followed_by_profession_is_judged_on_its_last_group():
    old = measured(on=date(2021, 12, 31), group="acheteurs", id="a")
    assert seen([sound()], [old, measured(group="développeurs")]) == []


def board(count: int, **changed) -> tuple[list[Followed], list[Value]]:
    ours = [replace(REUSE, key=f"R{rank}") for rank in range(count)]
    return [sound(one, **changed) for one in ours], [measured(one, id=one.key) for one in ours]


@pytest.mark.parametrize(
    ("count", "changed", "expected"),
    [
        (3, {"role": "followed", "audience": "public"}, ["no_flagship"]),
        (4, {"audience": "public"}, ["too_many_public"]),
        (4, {}, []),
        (5, {}, ["too_many_flagship"]),
        (9, {"role": "followed"}, ["no_flagship"]),
        (10, {"role": "followed"}, ["too_many_followed", "no_flagship"]),
    ],
)
def test_few_is_three_public_four_flagship_and_the_tenth_is_resisted(count, changed, expected):
    assert seen(*board(count, **changed)) == expected


def test_a_board_of_means_alone_is_told():
    assert seen([sound(replace(REUSE, nature="means"))], [measured()]) == ["no_result"]


def test_the_same_indicator_twice_is_an_error_of_the_board():
    assert seen([sound(), sound(role="followed")], [measured()]) == ["followed_twice"]


def test_an_empty_board_has_nothing_to_say():
    assert seen([]) == []


def test_what_was_seen_carries_its_figures_and_ends_with_a_remedy():
    followed, values = board(5)
    (found,) = xray(followed, values, PROOFS, on=TODAY)
    assert found.words("fr").what == "5 indicateurs phares ; 4 au plus."
    assert found.as_json("en")["remedy"].startswith("Keep three or four")
    (late,) = xray([sound()], [measured(on=date(2022, 12, 31))], PROOFS, on=TODAY)
    assert "31/12/2022" in str(late.words("fr")) and "2022-12-31" in str(late.words("en"))
    assert late.indicator == "REUSE" and late.severity == WARNING


def test_every_rule_has_words_in_both_languages_with_no_fact_left_blank():
    found = {}
    for followed, value in CASES:
        found |= {one.code.removeprefix("indicators."): one for one in xray(followed, value, PROOFS, on=TODAY)}
    assert set(found) == set(SEVERITIES)
    for one in found.values():
        for language in ("fr", "en"):
            assert "‹" not in str(one.words(language)), one.code
        assert one.severity in words.SEVERITIES


def test_an_error_makes_the_board_false_and_a_warning_weak():
    assert SEVERITIES["target_should_fall"] == SEVERITIES["public_without_proof"] == ERROR
    assert SEVERITIES["stale"] == SEVERITIES["no_owner"] == WARNING
    assert (quality.MOST_PUBLIC, quality.MOST_FLAGSHIP, quality.MOST_FOLLOWED) == (3, 4, 9)


def test_a_private_indicator_is_told_by_its_name_never_by_its_key():
    mine = replace(REUSE, key="org:1/REUSE")
    (late, lost) = xray([sound(mine, baseline=None)], on=TODAY)
    assert "«\u00a0Réemploi\u00a0»" in late.words("fr").what and "“Reuse”" in lost.words("en").what
    assert "org:" not in str(late.words("fr")) + str(lost.words("fr"))


@settings(max_examples=50)
@given(
    numbers=st.tuples(*[st.none() | st.floats(-1e300, 1e300)] * 4),
    days=st.tuples(*[st.dates(date(2000, 1, 1), date(2040, 1, 1))] * 3),
    texts=st.tuples(*[st.sampled_from(["", "x", "e1", "old", "gone"])] * 3),
    direction=st.sampled_from(["up", "down", "none"]), unit=st.sampled_from(["%", "count", "day"]),
)  # fmt: skip
def test_whatever_was_kept_the_x_ray_speaks_in_words(numbers, days, texts, direction, unit):
    value, above, below, aim = numbers
    one = replace(REUSE, direction=direction, unit=unit)
    followed = sound(one, owner=texts[0], baseline=Baseline(value=above or 0.0, on=days[0], method=texts[1]),
                     target=Target(value=aim or 0.0, due=days[1]))  # fmt: skip
    told = measured(one, value=value, on=days[2], numerator=above, denominator=below, proofs=texts, method=texts[2])
    for found in xray([followed], [told], PROOFS, on=TODAY):
        assert found.code.removeprefix("indicators.") in SEVERITIES
        assert "‹" not in str(found.words("fr")) + str(found.words("en"))


def test_two_hundred_indicators_over_ten_years_are_read_in_one_pass():
    calls = {}
    for count in (100, 200):
        followed, values = board(count)
        years = [replace(one, id=f"{one.id}-{year}", on=date(year, 12, 31)) for one in values for year in range(2016, 2026)]  # fmt: skip
        counted = Counter()
        sys.setprofile(lambda frame, event, _about, counted=counted: counted.update([event]))
        try:
            assert seen(followed, years) == ["too_many_flagship", "too_many_followed"]
        finally:
            sys.setprofile(None)
        calls[count] = counted["call"]
    assert calls[200] < 2.2 * calls[100]


def test_the_core_of_the_catalogue_can_be_followed_as_it_is():
    core = [indicator(key) for key in ("PARC02", "FIN01", "EMP01", "EMP02")]
    found = xray([Followed(indicator=one, owner="DSI", review_body="Comité") for one in core], on=TODAY)
    assert {one.code for one in found} == {
        "indicators.never_measured",
        "indicators.too_many_public",
        "indicators.no_flagship",
    }


BAD = sound(replace(REUSE, direction="none", cautions=(Caution(key="small_effect", words=DRAWN),), nature="means"),
            owner="", review_body="", target=Target(value=60.0, due=date(2026, 1, 1)))  # fmt: skip
CASES = [
    ([BAD], [measured(signed_by="", explained="", method="", proofs=())]),
    ([sound(target=None), sound(DONATIONS)], [measured(on=date(2021, 1, 1), numerator=None)]),
    ([sound(audience="public")], [measured(proofs=("old", "gone"), denominator=0.0)]),
    ([sound(baseline=None)], [measured(denominator=-1.0)]),
    ([sound(target=Target(value=6.0, due=date(2025, 1, 1), unit="kWh"))], []),
    ([sound(replace(REUSE, direction="down"))], []),
    ([sound(replace(REUSE, formula="")), sound(replace(REUSE, source="meter", meter=MeterRef(key="x.y")))], []),
    (board(10, role="followed", audience="public")),
    (board(5)),
    (
        [sound(baseline=Baseline(value=40.0, on=date(2024, 12, 31), method="bordereaux"))],
        [measured(on=date(2024, 12, 31), value=40.0, id="v0"), measured(method="autre")],
    ),
]
