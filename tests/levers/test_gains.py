"""The gains printed are those of the factors shipped: worked again here, by hand."""

from __future__ import annotations

import csv

import pytest

from terreau import levers
from terreau.levers.second_hand import second_hand_words
from tests.house.rules import REPO

DEVICES = REPO / "src/terreau/factors/data/ademe-devices/factors.csv"
MAKING = {"laptop": "laptop/personal", "smartphone": "smartphone/default", "monitor": "monitor/24in"}


@pytest.fixture(scope="module")
def making() -> dict[str, float]:
    """kg CO2 eq to make, carry and end one device, from the pack."""
    with DEVICES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "impact" and row["criterion"] == "climate_change"]
    return {
        category: sum(float(row["value"]) for row in rows if row["subject"] == f"carbon_stage#{variant}")
        for category, variant in MAKING.items()
    }


@pytest.mark.parametrize(
    ("key", "category", "short", "long"),
    [
        ("LV01", "laptop", 4, 6),
        ("LV02", "laptop", 5, 8),
        ("LV03", "smartphone", 2.5, 4),
        ("LV04", "monitor", 6, 10),
        ("LV11", "laptop", 5, 7),
    ],
)
def test_a_longer_life_spares_the_difference_of_two_yearly_makings(making, key, category, short, long):
    spared = making[category] / short - making[category] / long
    assert levers.lever(key).published_gain.value == pytest.approx(spared, rel=5e-3)


@pytest.mark.parametrize(("key", "gain"), [("LV22", 1 - 3 / 10), ("LV23", 1 - 2 / 3), ("LV26", 1 - 1.2 / 1.56),
                                           ("LV27", 1 - 0.2 / 0.5), ("LV28", 1 - 60 / 168)])  # fmt: skip
def test_a_percentage_is_the_arithmetic_it_names(key, gain):
    assert levers.lever(key).published_gain.value == pytest.approx(100 * gain, rel=5e-3)


@pytest.mark.parametrize(("category", "avoided", "years"), [("smartphone", 24.6, 2.5), ("laptop", 27, 5)])
def test_the_centre_of_a_second_hand_ratio_is_what_the_study_leaves_of_a_new_device(making, category, avoided, years):
    ratio = levers.second_hand_ratio(category)
    assert ratio.central == pytest.approx(1 - avoided / (making[category] / years), abs=5e-4)


def test_second_hand_bounds_are_what_the_published_range_leaves():
    published = {"smartphone": (64, 87), "tablet": (46, 80), "laptop": (43, 97), "desktop": (43, 97)}
    assert set(levers.second_hand_categories()) == set(published)
    for category, (least, most) in published.items():
        low, central, high, source = levers.second_hand_ratio(category)
        assert (low, high) == pytest.approx((1 - most / 100, 1 - least / 100))
        assert low < central < high
        assert source.key == "ADEME-RECOND-2022" and source.url.startswith("https://librairie.ademe.fr/")
        assert second_hand_words(category).fr and second_hand_words(category).en


def test_where_no_study_speaks_there_is_no_ratio():
    assert levers.second_hand_ratio("monitor") is None
    assert not second_hand_words("monitor")
