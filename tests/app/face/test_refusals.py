"""What a person reads when something cannot be done: what, why, what to do, in their language, never a traceback."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

PAGES = {
    "400.html": ("Demande incompréhensible", "cannot"),
    "403.html": ("Votre rôle ne le permet pas", "role"),
    "403_csrf.html": ("Formulaire expiré", "expired"),
    "404.html": ("Page introuvable", "not found"),
    "413.html": ("Fichier trop volumineux", "large"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_a_refusal_says_what_happened_and_where_to_go_in_both_languages(name):
    from django.utils import translation

    french, english = PAGES[name]
    request = RequestFactory().get("/")
    for language, word in (("fr", french), ("en", english)):
        with translation.override(language):
            page = render_to_string(name, {"limit": 100, "size": 120}, request)
        assert page.count("<h1>") == 1
        assert word.casefold() in page.casefold()
        assert 'class="button" href="/"' in page
        assert not re.search(r"\sstyle=|Traceback", page)


def test_our_own_fault_needs_nothing_that_may_be_broken():
    page = render_to_string("500.html")
    assert "Une erreur de notre fait" in page
    assert 'lang="en"' in page
    assert page.count("<h1>") == 1


@pytest.mark.django_db
def test_the_style_sheet_travels_compressed(client):
    plain = client.get("/static/terreau.css")
    packed = client.get("/static/terreau.css", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    size = len(b"".join(packed.streaming_content))
    assert size <= 12_000
    assert size < len(b"".join(plain.streaming_content)) / 2
