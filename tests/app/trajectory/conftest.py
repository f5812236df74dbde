"""A fleet of two lines at two dates, whose years to come can be followed by hand, and commitments that carry levers."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.inventory import arrivals
from terreau.app.inventory.models import Source
from terreau.app.plan import acting
from terreau.app.plan.models import Commitment as Row
from terreau.plan.commitments import Commitment

HEAD = "Type;Modèle;Quantité;Entité;Date d'achat\n"
FLEET = HEAD + "Portable;Latitude 5420;10;Mairie;01/10/2024\nÉcran;P2419H;20;École;01/10/2022\n"
YEAR_BEFORE = HEAD + "Portable;Latitude 5420;20;Mairie;01/10/2023\nÉcran;P2419H;20;École;01/10/2022\n"
PLAN = "/o/valmont/plan/"
AT = date(2026, 9, 30)


def kept(organisation, owner, text, on=AT, name="Tableur"):
    """The snapshot of a source, written as a table; a second one of the same name is its next inventory."""
    known = Source.objects.filter(organisation=organisation, name=name).first()
    answers = {"files": [SimpleUploadedFile("parc.csv", text.encode())], "taken_on": on, "keep_original": False,
               "source": str(known.pk) if known else "new", "name": name, "perimeter": ""}  # fmt: skip
    draft = arrivals.begin(organisation, owner, answers)
    arrivals.look(draft)
    return arrivals.confirm(draft, owner, draft.understood["snapshot"]["sha256"])


@pytest.fixture
def fleet(organisation, owner):
    """Ten laptops two years old, twenty screens four years old."""
    return kept(organisation, owner, FLEET)


@pytest.fixture
def two_years(organisation, owner):
    """Twenty laptops a year before, ten of them left."""
    kept(organisation, owner, YEAR_BEFORE, on=date(2025, 9, 30))
    return kept(organisation, owner, FLEET)


@pytest.fixture(autouse=True)
def lighter(results_made_once):
    """What is asked twice is computed once."""


@pytest.fixture
def promised(organisation, owner):
    """``promised("LV01=6", start=…)``: a commitment taken, with these levers."""

    def made(
        *levers, statement="Garder les portables six ans", start=date(2026, 10, 1), due=date(2029, 12, 31), taken=True
    ):
        told = Commitment(key="", statement=statement, start=start, due=due, levers=levers)
        row = acting.write(organisation, owner, told, take_on=min(start, AT) if taken else None)
        return Row.objects.whole().get(pk=row.pk)

    return made
