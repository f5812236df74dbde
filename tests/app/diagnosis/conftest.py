"""An assessment of the organisation against our grid, and what its tests answer there."""

from datetime import date

import pytest

from terreau.app.diagnosis import starting
from terreau.referentials import library

FIRST, LAST = date(2025, 11, 1), date(2026, 10, 31)


@pytest.fixture
def edition():
    return library.edition("nr-terreau")


@pytest.fixture
def assess(organisation, owner):
    """``assess("rgesn-2024", profile={...})``: one more assessment of the organisation."""

    def made(key="nr-terreau", **given):
        found = library.edition(key)
        framed = {"title": found.title.fr, "period_start": FIRST, "period_end": LAST, "target_on": date(2027, 3, 1)}
        return starting.begin(organisation, owner, found, framed | given)

    return made


@pytest.fixture
def assessment(assess):
    return assess()


@pytest.fixture
def at():
    """``at(assessment, "critere/1.1.1/")``: an address of this assessment."""

    def address(assessment, rest=""):
        return f"/o/{assessment.organisation.slug}/diagnostic/{assessment.pk}/{rest}"

    return address


def answered(documents="yes", means="partial", results="none", **more):
    """What a form of one criterion sends."""
    verdicts = {"documents-verdict": documents, "means-verdict": means, "results-verdict": results}
    return {"revision": "0", "text": "", "documents-text": "Charte de 2026", **verdicts, **more}
