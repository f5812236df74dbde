"""Every page, looked at by a real Chromium: light, accessible, readable on a phone, without script and on paper."""

import os

import pytest

from .visited import LIST_ELEMENTS, LISTS, PAGES, PRINTED

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
each_page = pytest.mark.parametrize("path", PAGES)
REQUESTS, BYTES, ELEMENTS = 5, 60_000, 300


def test_one_worker_visits_every_page(request):
    """Else each worker makes a demonstration of its own and visits the same pages: minutes more, and nothing says so."""
    assert "@browser" in request.node.nodeid or "PYTEST_XDIST_WORKER" not in os.environ


@each_page
def test_a_page_stays_within_its_budget(seen, path):
    page = seen(path)
    assert page.status == 200
    assert page.requests <= REQUESTS
    assert page.bytes <= BYTES
    assert page.elements <= (LIST_ELEMENTS if path in LISTS else ELEMENTS)


@pytest.mark.parametrize(("language", "path"), [("fr", path) for path in PAGES] + [("en", path) for path in PAGES])
def test_axe_finds_nothing_to_say(seen, path, language):
    page = seen(path, language)
    assert page.language == language
    assert page.violations == []


@each_page
def test_a_page_has_one_main_heading_a_title_and_no_double_name(seen, path):
    page = seen(path)
    assert page.headings == 1
    assert page.title.count(" – ") >= 1
    assert page.duplicate_ids == []
    assert page.unnamed_drawings == 0


@each_page
def test_nothing_is_inline_nor_from_elsewhere_nor_refused_by_the_policy(seen, path):
    page = seen(path)
    assert page.inline == 0
    assert page.elsewhere == []
    assert page.console == []


@each_page
def test_nothing_overflows_on_a_phone(seen, path):
    assert seen(path).overflow == {360: 0, 320: 0}


@each_page
def test_the_keyboard_skips_to_the_content_and_always_shows_where_it_is(seen, path):
    page = seen(path)
    assert page.skip["href"] == "#contenu"
    assert page.reached == "#contenu"
    assert page.hidden_focus == []


@each_page
def test_a_page_says_the_same_without_script(seen, path):
    page = seen(path)
    assert page.text_without_script == page.text
    assert len(page.text) > 40


@pytest.mark.parametrize("path", PRINTED)
def test_a_page_prints(seen, path):
    assert seen(path).pdf.startswith(b"%PDF-")
    assert seen(path).pdf.count(b"/Type /Page\n") + seen(path).pdf.count(b"/Type /Page ") <= 8


def test_a_page_in_english_does_not_keep_its_french_title(seen):
    assert seen("/a-propos/", "en").text != seen("/a-propos/", "fr").text
