"""Every page, looked at by a real Chromium: light, accessible, readable on a phone, without script and on paper."""

import os
from dataclasses import replace

import pytest

from .promises import BYTES, REQUESTS, broken
from .visited import LIST_ELEMENTS, LISTS, PAGES, PRINTED
from .visiting import Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
each_page = pytest.mark.parametrize("path", PAGES)


def test_one_worker_visits_every_page(request):
    """Else each worker makes a demonstration of its own and visits the same pages: minutes more, and nothing says so."""
    assert "@browser" in request.node.nodeid or "PYTEST_XDIST_WORKER" not in os.environ


@each_page
def test_a_page_keeps_its_promises(seen, path):
    assert broken(seen(path)) == {}


@each_page
def test_axe_finds_nothing_to_say_in_english(seen, path):
    page = seen(path, "en")
    assert (page.language, page.violations) == ("en", [])


def test_a_page_in_english_does_not_keep_its_french_title(seen):
    assert seen("/a-propos/", "en").text != seen("/a-propos/", "fr").text


SOUND = Visit(
    path=PRINTED[0], status=200, requests=REQUESTS, bytes=BYTES, elements=LIST_ELEMENTS if PRINTED[0] in LISTS else 300,
    overflow={360: 0, 320: 0}, headings=1, title="Parc – Terreau", language="fr", skip={"href": "#contenu"}, reached="#contenu",
    text="Un parc de mille appareils, dit en toutes lettres.", pdf=b"%PDF-1.4 /Type /Page\n",
    text_without_script="Un parc de mille appareils, dit en toutes lettres.",
)  # fmt: skip


def test_a_sound_visit_breaks_nothing():
    assert broken(SOUND) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": 500}, {"status": 0}, {"requests": REQUESTS + 1}, {"bytes": BYTES + 1}, {"elements": 400},
        {"violations": ["image-alt: <img>"]}, {"language": "en"}, {"language": ""}, {"headings": 0}, {"headings": 2},
        {"title": "Terreau"}, {"title": ""}, {"duplicate_ids": ["parc"]}, {"unnamed_drawings": 1}, {"inline": 1},
        {"elsewhere": ["https://ailleurs.example/a.js"]}, {"console": ["refused"]}, {"overflow": {}},
        {"overflow": {360: 0, 320: 4}}, {"skip": {}}, {"skip": {"href": "#"}}, {"reached": ""}, {"hidden_focus": ["A /"]},
        {"text": "", "text_without_script": ""}, {"text_without_script": ""}, {"text": "Autre chose, assez longue pour compter ici."},
        {"pdf": b""}, {"pdf": b"%PDF-1.4"}, {"pdf": b"%PDF-1.4" + b"/Type /Page\n" * 9},
    ],
    ids=lambda wrong: "-".join(f"{name}-{value}" for name, value in wrong.items())[:50],
)  # fmt: skip
def test_each_promise_can_be_broken(wrong):
    assert broken(replace(SOUND, **wrong)) != {}
