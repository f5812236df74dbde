"""Every edition shipped is found by itself and holds what it promises."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from terreau.kernel.errors import TerreauError
from terreau.referentials import library
from terreau.referentials.applying import propose
from terreau.referentials.document import as_document, from_yaml, to_yaml
from terreau.referentials.edition import DMR, FACETS, READING, Edition, Words

SHIPPED = ("before-digital", "iso26000-nr", "nr-terreau", "reen-35", "rgaa-4.1", "rgesn-2024")
FILES = sorted(path.stem for path in library.DATA.glob("*.yaml"))
# titles that are the same word in both languages
SAME_WORD = 3
RULES = {
    "duties-1", "nr-terreau-1", "points-1", "reading-0", "rgaa-rate-1", "rgesn-conforming-1",
    "rgesn-priority-1", "rgesn-priority-difficulty-1",
}  # fmt: skip


@pytest.fixture(scope="module", params=FILES)
def shipped(request) -> Edition:
    found = [head for head in library.editions() if head.key == request.param]
    assert found, f"{request.param}.yaml must hold the edition of that key"
    return library.edition(request.param)


def every_words(value: object, at: str = ""):
    """Each (place, Words) of an edition, papers left out."""
    if isinstance(value, Words):
        yield at, value
    elif isinstance(value, tuple):
        for rank, item in enumerate(value):
            yield from every_words(item, f"{at}[{getattr(item, 'key', rank)}]")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from every_words(item, f"{at}.{name}")
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            if name != "source":
                yield from every_words(getattr(value, name), f"{at}.{name}")


def natural(key: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"[.-]", key)]


def test_every_word_is_told_in_french_and_in_english(shipped):
    for at, words in every_words(shipped):
        if words:
            assert words.fr and words.en, at
            assert words.fr != words.en or len(words.fr.split()) <= SAME_WORD, f"{at}: {words.fr}"


def test_the_head_says_who_what_and_where(shipped):
    assert shipped.summary and shipped.authority and shipped.licence and shipped.licence_note
    assert shipped.link.startswith("https://") or shipped.key in {"nr-terreau", "before-digital", "iso26000-nr"}
    assert shipped.scoring and set(shipped.scoring) <= RULES, shipped.scoring


def test_the_papers_are_complete_and_fresh(shipped):
    papers = shipped.source
    assert papers and papers.publisher and papers.title and papers.version and papers.licence
    assert papers.checked_on and papers.best_before
    assert papers.checked_on <= date.today() <= papers.best_before, "reread the source, then move best_before"


def test_criteria_keys_are_in_order(shipped):
    keys = [natural(criterion.short) for criterion in shipped.criteria if not criterion.only_for]
    if all(part[0] for key in keys for part in key):
        assert all(first < second for first, second in pairwise(keys))


def test_each_criterion_asks_one_question_and_says_why(shipped):
    for criterion in shipped.criteria:
        assert criterion.question.fr.endswith("?") and criterion.question.en.endswith("?"), criterion.key
        assert criterion.why, criterion.key
        assert len(criterion.question.fr) <= 300, criterion.key


def test_facets_follow_the_mode(shipped):
    for criterion in shipped.criteria:
        assert tuple(facet.key for facet in criterion.facets) == FACETS[shipped.mode], criterion.key
        assert (criterion.reading is not None) == (shipped.mode == READING), criterion.key
        if shipped.mode == DMR:
            assert all(facet.expects for facet in criterion.facets), criterion.key
            assert criterion.good_evidence, criterion.key


def test_a_scale_climbs_from_nothing_to_all(shipped):
    shares = [verdict.share for verdict in shipped.scale if verdict.share is not None]
    if shipped.mode != READING:
        assert shares[0] == 0 and shares[-1] == 1 and shares == sorted(set(shares))


def test_a_higher_level_never_asks_less(shipped):
    rank = {verdict.key: number for number, verdict in enumerate(shipped.scale)}
    for criterion in shipped.criteria:
        asked = [criterion.thresholds.get(level.key, {}) for level in shipped.levels]
        for lower, higher in pairwise(asked):
            assert all(rank[verdict] <= rank[higher.get(facet, verdict)] for facet, verdict in lower.items())
            assert set(lower) <= set(higher), criterion.key


def test_no_rule_can_take_everything_away_and_no_answer_takes_nothing(shipped):
    assert propose(shipped, {}) == {}
    every_no = propose(shipped, {question.key: False for question in shipped.profile})
    assert len(every_no) < len(shipped.criteria) or len(shipped.criteria) <= 3


def test_every_profile_question_and_profession_serves(shipped):
    rules = " ".join(criterion.applies_if for criterion in shipped.criteria)
    used = {name for criterion in shipped.criteria for name in criterion.professions}
    presets = {name for variant in shipped.variants for name in variant.profile}
    assert {asked.key for asked in shipped.profile} <= set(re.findall(r"[a-z0-9_]+", rules)) | presets
    assert set(shipped.professions) == used


def test_an_official_criterion_in_our_words_says_so_and_links(shipped):
    if shipped.reformulation:
        assert all(criterion.reformulation and criterion.number for criterion in shipped.criteria)
        assert all(criterion.link or shipped.link for criterion in shipped.criteria)


def test_written_down_and_read_back_it_is_the_same_edition(shipped):
    again = from_yaml(to_yaml(shipped), "copy.yaml")
    assert again == shipped
    assert again.digest == shipped.digest
    assert as_document(again) == as_document(shipped)


def _edition(key: str) -> Edition:
    try:
        return library.edition(key)
    except TerreauError:
        return pytest.skip(f"{key} is not written yet")


def test_nr_terreau_has_5_themes_17_rubrics_52_criteria_and_two_levels():
    edition = _edition("nr-terreau").for_variant()
    assert (len(edition.themes), len(edition.rubrics), len(edition.criteria)) == (5, 17, 52)
    assert [level.key for level in edition.levels] == ["socle", "avance"]
    assert all(criterion.thresholds.get("avance") for criterion in edition.criteria)
    assert {variant.key for variant in edition.variants} == {"it-services", "local-authorities"}
    assert not edition.reformulation and edition.concerns == ("organisation",)
    assert not any(level.points for level in edition.levels), "points belong to imported grids"


def test_rgesn_2024_counts_as_the_official_one():
    edition = _edition("rgesn-2024")
    assert [len(theme.criteria) for theme in edition.themes] == [10, 10, 7, 15, 8, 7, 4, 10, 7]
    assert Counter(criterion.priority for criterion in edition.criteria) == {"high": 30, "medium": 29, "low": 19}
    assert Counter(criterion.difficulty for criterion in edition.criteria) == {"high": 16, "medium": 41, "low": 21}
    assert edition.concerns == ("service",) and edition.reformulation


def test_rgaa_counts_as_the_official_one():
    edition = _edition("rgaa-4.1")
    assert [len(theme.criteria) for theme in edition.themes] == [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12]
    assert all(criterion.level in ("A", "AA") and criterion.refs for criterion in edition.criteria)
    assert edition.scale[-1].share is None, "untested does not count"


def test_iso26000_nr_reads_ten_themes():
    edition = _edition("iso26000-nr")
    assert (len(edition.themes), edition.mode) == (10, READING)
    for criterion in edition.criteria:
        reading = criterion.reading
        for part in ("notions", "positive", "vigilance", "recommendations", "questions"):
            assert getattr(reading, part), f"{criterion.key}: {part}"


def test_before_digital_asks_three_questions():
    assert len(_edition("before-digital").criteria) == 3


def test_the_duties_of_local_authorities_have_their_calendar():
    edition = _edition("reen-35")
    assert all(criterion.duty for criterion in edition.criteria if criterion.link)
    assert any(criterion.duty and criterion.duty.due for criterion in edition.criteria)


def test_every_edition_promised_is_shipped():
    assert [head.key for head in library.editions()] == list(SHIPPED)
