"""Answers written by hand: what is understood, and every line that is not."""

from datetime import date

import pytest

from terreau.diagnosis.answers_file import read_answers
from terreau.diagnosis.records import FacetAnswer
from terreau.kernel.errors import TerreauError
from terreau.referentials.edition import ProfileQuestion, Variant
from tests.diagnosis.grids import criterion, edition, single, words

DMR_GRID = edition(
    [criterion("1.1.1"), criterion("1.1.2"), criterion("1.1.10"), criterion("2.1.1", only_for=("esn",))],
    variants=(Variant(key="esn", title=words("ESN")),), profile=(ProfileQuestion(key="hosts", question=words("?")),),
)  # fmt: skip
SINGLE_GRID = single(3, scoring=("rgaa-rate-1",))
READING = edition([criterion("1.1.1", ()), criterion("1.1.2", ())], mode="reading", scoring=("reading-0",))
DAY = date(2026, 3, 1)


@pytest.fixture
def read(tmp_path):
    """Read answers to ``grid`` from a text."""

    def reading(text, grid=DMR_GRID):
        path = tmp_path / "reponses.yaml"
        path.write_text(text, encoding="utf-8")
        return read_answers(path, grid, DAY)

    return reading


def found(told):
    return [(one.line, one.column, one.code.partition(".")[2]) for one in told.findings]


def test_the_short_and_the_long_form_of_three_facets(read):
    told = read(
        "answers:\n  1.1.1: {documents: yes, means: partial}\n  1.1.10:\n    text: Note.\n"
        "    results: {verdict: none, absence: pas encore, text: t}\n"
    )
    assert told.findings == ()
    assert [(one.facet, one.verdict) for one in told.record.answers["g:1.1.1"].facets] == [
        ("documents", "yes"),
        ("means", "partial"),
    ]
    last = told.record.answers["g:1.1.10"]
    assert last.facets == (FacetAnswer(facet="results", verdict="none", absence="pas encore", text="t"),)
    assert last.text == "Note."


def test_the_forms_of_a_single_verdict_and_of_a_reading(read):
    told = read(
        "answers:\n  1.1.1: passed\n  g:1.1.2: {verdict: failed, text: gris}\n  1.1.3: {not_applicable: pas de cadre}\n",
        SINGLE_GRID,
    )
    assert told.findings == ()
    assert told.record.answers["g:1.1.1"].verdict("verdict") == "passed"
    assert (told.record.answers["g:1.1.2"].verdict("verdict"), told.record.answers["g:1.1.2"].text) == (
        "failed",
        "gris",
    )
    assert told.record.answers["g:1.1.3"].justified_not_applicable
    lines = read("answers:\n  1.1.1: Nos horaires.\n  1.1.2: {text: Rien encore.}\n", READING)
    assert lines.findings == () and lines.record.answers["g:1.1.2"].text == "Rien encore."


def test_not_applicable_without_a_reason_is_kept_as_such(read):
    told = read("answers:\n  1.1.1: {not_applicable: }\n  1.1.2: {not_applicable: '  '}\n  1.1.10:\n")
    assert told.findings == ()
    assert (
        told.record.answers["g:1.1.1"].unjustified_not_applicable
        and told.record.answers["g:1.1.2"].unjustified_not_applicable
    )
    assert told.record.answers["g:1.1.10"].applicable is None


def test_the_head_is_understood(read):
    told = read(
        "referential: g\nversion: 1\norganisation: Numa\nsubject: service:Portail\nvariant: esn\nas_of: 2026-02-01\n"
        "period: {start: 2025-01-01, end: 2025-12-31}\nprofile: {hosts: oui}\nanswers: {2.1.1: {means: yes}}\n"
    )
    record = told.record
    assert told.findings == () and "g:2.1.1" in record.answers
    assert (record.organisation, record.subject, record.variant, record.as_of) == (
        "Numa",
        "service:Portail",
        "esn",
        date(2026, 2, 1),
    )
    assert record.period == (date(2025, 1, 1), date(2025, 12, 31)) and record.profile == {"hosts": True}


def test_without_days_the_period_is_the_twelve_months_that_end_today(read):
    assert read("answers: {}").record.period == (date(2025, 3, 2), DAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("answers:\n  1.1.1: {means: yes}\n  1.1.9: {means: yes}\n", [(3, "1.1.9", "answers_criterion_unknown")]),
        ("answers:\n  2.1.1: {means: yes}\n", [(2, "2.1.1", "answers_criterion_unknown")]),
        ("answers:\n  1.1.1: {means: oui}\n", [(2, "1.1.1 › means", "answers_verdict_unknown")]),
        ("answers:\n  1.1.1:\n    means:\n      verdict: true\n", [(4, "1.1.1 › means", "answers_verdict_unknown")]),
        ("answers:\n  1.1.1:\n    moyens: yes\n", [(3, "1.1.1", "answers_field_unknown")]),
        ("answers:\n  1.1.1: {means: {verdict: yes, valeur: 3}}\n", [(2, "1.1.1 › means", "answers_field_unknown")]),
        ("answers:\n  1.1.1: {means: {verdict: {a: b}}}\n", [(2, "1.1.1 › means", "answers_shape")]),
        ("answers:\n  1.1.1: {not_applicable: [cadre]}\n", [(2, "1.1.1", "answers_shape")]),
        ("organisation: [Numa]\nanswers: {}\n", [(1, "organisation", "answers_shape")]),
        ("answers:\n  1.1.1: yes\n", [(2, "1.1.1", "answers_shape")]),
        ("answers:\n  1.1.1: [yes]\n", [(2, "1.1.1", "answers_shape")]),
        ("answers:\n  1.1.1: {means: [yes]}\n", [(2, "1.1.1", "answers_shape")]),
        ("answers:\n  1.1.1: {means: yes}\n  g:1.1.1: {means: none}\n", [(3, "g:1.1.1", "answers_twice")]),
        ("as_of: demain\nanswers: {}\n", [(1, "as_of", "answers_day_unreadable")]),
        ("as_of: 0001-01-01\nanswers: {}\n", [(1, "as_of", "answers_day_unreadable")]),
        ("period: 2025\nanswers: {}\n", [(1, "period", "answers_shape")]),
        ("period: {start: 2025-12-31, end: 2025-01-01}\nanswers: {}\n", [(1, "period", "answers_period_reversed")]),
        ("profile: {hosts: peut-être}\nanswers: {}\n", [(1, "hosts", "answers_shape")]),
        ("reponses: {}\nanswers: {}\n", [(1, "", "answers_field_unknown")]),
    ],
)
def test_each_line_that_cannot_be_read_is_named_with_a_remedy(read, text, expected):
    told = read(text)
    assert found(told) == expected
    for language in ("fr", "en"):
        assert "‹" not in str(told.findings[0].words(language))


def test_what_cannot_be_read_is_no_answer_and_the_rest_stays(read):
    told = read("answers:\n  1.1.1: {documents: oui, means: yes}\n")
    assert told.record.answers["g:1.1.1"].verdict("documents") is None
    assert told.record.answers["g:1.1.1"].verdict("means") == "yes"


def test_the_nearest_numbers_are_proposed(read):
    assert "1.1.1" in read("answers: {1.1.11: {means: yes}}").findings[0].words().remedy


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1\n", "diagnosis.answers_missing"),
        ("answers: [1.1.1]\n", "diagnosis.answers_missing"),
        ("referential: h\nanswers: {}\n", "diagnosis.answers_other_edition"),
        ("version: '2'\nanswers: {}\n", "diagnosis.answers_other_edition"),
        ("variant: ville\nanswers: {}\n", "diagnosis.variant_unknown"),
        ("answers: {1.1.1: {means: yes}, 1.1.1: {means: none}}\n", "referentials.yaml_twice"),
        ("answers: {1.1.1: [}\n", "referentials.yaml_unreadable"),
        ("a: &x {}\nanswers: *x\n", "referentials.yaml_alias"),
        ("answers: " + "[" * 300 + "]" * 300, "referentials.yaml_too_deep"),
        ("answers: !!python/object:os.system {}\n", "referentials.yaml_kind"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(read, text, code):
    with pytest.raises(TerreauError) as refused:
        read(text)
    assert refused.value.code == code
