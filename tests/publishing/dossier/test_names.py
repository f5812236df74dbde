"""Names that any computer can hold."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.publishing.dossier import names


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Charte : achats / 2025 ?", "Charte - achats - 2025"),
        ("CON", "_CON"),
        ("lpt1.notes", "_lpt1.notes"),
        ("fin. . ", "fin"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("\x00\n\t", "sans-nom"),
        ("e\u0301te\u0301", "été"),
    ],
)
def test_a_hostile_name_becomes_a_plain_one(given_name, kept):
    assert names.segment(given_name) == kept


def test_three_hundred_letters_are_cut_and_the_extension_stays():
    made = names.segment("é" * 300, ".pdf")
    assert made.endswith(".pdf") and len(made.encode()) <= names.READABLE


def test_two_names_that_a_computer_takes_for_one_are_told_apart():
    taken = set()
    made = [
        names.free(taken, lambda mark, title=title: names.numbered(title, ".pdf", mark))
        for title in ("Été", "ÉTÉ", "E\u0301te\u0301")
    ]
    assert made == ["Été.pdf", "ÉTÉ (2).pdf", "Été (3).pdf"]


@pytest.mark.parametrize(
    ("name", "extension"),
    [("a.PDF", ".pdf"), ("a.tar.gz", ".gz"), ("a.\u202efdp", ".fdp"), ("a", ""), ("a.b c", ""), ("..", "")],
)
def test_an_extension_is_one_only_when_it_looks_like_one(name, extension):
    assert names.extension_of(name) == extension


@settings(max_examples=50)
@given(st.text(max_size=400))
def test_whatever_the_text_the_name_is_lawful(text):
    for made in (names.segment(text, ".pdf"), names.slug(text), names.numbered(text, ".odt", " (12)")):
        assert names.lawful(made), made
        assert made == unicodedata.normalize("NFC", made) and len(made.encode()) <= 255
