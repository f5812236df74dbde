"""Two pages are one to axe only when nothing that its rules read differs."""

import pytest

from .skeleton import skeleton

FRENCH = """<html lang="fr"><meta name="description" content="Un parc"><main><nav aria-label="Pages"><a href="/fr/">Parc</a></nav>
<nav aria-label="Réglages"><button type="button" aria-pressed="true">Fermer</button></nav><img src="a.png" alt="Un écran">
<svg role="img"><title>Courbe</title><text x="12" y="4">1,5 kg</text></svg><p><strong>Deux</strong> appareils</p></main>"""
ENGLISH = """<html lang="en"><meta name="description" content="A fleet"><main><nav aria-label="Pages"><a href="/en/">Fleet</a></nav>
<nav aria-label="Settings"><button type="button" aria-pressed="true">Close</button></nav><img src="b.png" alt="A screen">
<svg role="img"><title>Curve</title><text x="9" y="4">1.5 kg</text></svg><p><strong>Two</strong> devices</p></main>"""


def test_a_translation_is_made_of_the_same():
    assert skeleton(FRENCH) == skeleton(ENGLISH)


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("<strong>Two</strong>", "Two"),
        ('aria-label="Settings"', 'aria-label="Pages"'),  # two places of one name
        ('aria-label="Settings"', 'aria-label=""'),
        ('aria-label="Settings"', ""),
        (">Close<", "><"),
        ('alt="A screen"', 'alt=""'),
        ('alt="A screen"', 'alt="Fleet"'),  # a picture that repeats the link
        ('href="/en/"', 'href=""'),
        ('href="/en/"', 'href="#nowhere"'),
        ('aria-label="Settings"', 'aria-label=" "'),
        ('aria-label="Settings"', 'aria-label="pages"'),
        ('aria-pressed="true"', 'aria-pressed="perhaps"'),
        ('lang="en"', 'lang="anglais"'),
        ("<title>Curve</title>", "<title></title>"),
        ("</nav>", "</nav></nav>"),
        ('role="img"', ""),
    ],
)
def test_what_a_rule_reads_tells_two_pages_apart(said, instead):
    assert said in ENGLISH
    assert skeleton(ENGLISH.replace(said, instead, 1)) != skeleton(FRENCH)
