"""A fleet of two lines whose footprint can be followed by hand."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.inventory import arrivals

FLEET = "Type;Modèle;Quantité;Entité\nPortable;Latitude 5420;10;Mairie\nÉcran;P2419H;20;École\nBidule;Zorglub 3000;4;École\n"


@pytest.fixture
def counted(organisation, owner):
    """Ten laptops at the town hall, twenty screens at school, four devices nobody recognises."""
    return kept(organisation, owner, FLEET)


def kept(organisation, owner, text):
    """The snapshot of a fleet written as a table."""
    answers = {
        "files": [SimpleUploadedFile("parc.csv", text.encode())],
        "taken_on": date(2026, 9, 30),
        "keep_original": False,
        "source": "new",
        "name": "Tableur",
        "perimeter": "",
    }
    draft = arrivals.begin(organisation, owner, answers)
    arrivals.look(draft)
    return arrivals.confirm(draft, owner, draft.understood["snapshot"]["sha256"])


@pytest.fixture(autouse=True)
def lighter(results_made_once):
    """What is asked twice is computed once."""
