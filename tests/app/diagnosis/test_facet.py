"""What a question expects, as a person reads it."""

from django.template.loader import render_to_string
from django.utils.translation import override


def shown(language):
    facet = {
        "name": "results",
        "key": "results",
        "label": "",
        "expects": "Le taux (%) ; la loi en demande 50 %.",
        "scale": (),
    }
    with override(language):
        return render_to_string("diagnostic/_facet.html", {"facet": facet})


def test_a_semicolon_does_not_begin_a_line_in_french_and_english_is_left_as_written():
    assert "(%)\xa0; la loi" in shown("fr")
    assert "(%) ; la loi" in shown("en")
