"""A fleet of two lines, whose levers can be followed by hand."""

import pytest

from tests.app.face.conftest import kept

FLEET = "Type;Modèle;Quantité;Entité;Date d'achat\nPortable;Latitude 5420;10;Mairie;01/10/2024\nÉcran;P2419H;20;École;01/10/2022\n"
PLAN = "/o/valmont/plan/"


@pytest.fixture
def fleet(organisation, owner):
    """Ten laptops two years old, twenty screens four years old."""
    return kept(organisation, owner, FLEET)


@pytest.fixture(autouse=True)
def lighter(results_made_once):
    """What is asked twice is computed once."""
