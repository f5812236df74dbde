"""What stands in the way, by kind: why and remedy once, the gravest first, the whole on one page, every line in a file."""

import csv
import html
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from terreau.app.diagnosis import gathering
from terreau.app.diagnosis.models import Answer
from terreau.app.diagnosis.recording import subject_of
from terreau.app.evidence.models import Evidence, EvidenceLink
from terreau.diagnosis.remarks import Remark
from terreau.referentials import library

DAY = "echeance/?le=2027-03-01"


def page(response):
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


def titles(text):
    return re.findall(r"<h3>([^<]+) <small>\((\d+)\)", text)


@pytest.fixture
def all_claimed(assess):
    """A grid of 106 criteria all answered at their best, nothing proven nor reread."""
    made = assess("rgaa-4.1")
    keys = [one.key for one in library.edition("rgaa-4.1").criteria]
    facets = {"verdict": {"verdict": "passed"}}
    Answer.objects.bulk_create(Answer(assessment=made, criterion=key, facets=facets, revision=1) for key in keys)
    return made


def test_why_and_remedy_are_said_once_and_criteria_are_short_links(reader_client, all_claimed, at):
    seen = page(reader_client.get(at(all_claimed, DAY)))
    assert "212 points bloquent" in seen
    assert titles(seen) == [("Affirmés sans preuve", "106"), ("Pas encore relus", "106")]
    assert seen.count("Une réponse sans preuve sera la première question") == 1
    assert seen.count("critere/1.1/") == 2, "once in each kind"
    assert len(re.findall(r"<[a-z]", seen)) <= 300
    rest = re.findall(r'href="(\?[^"]*quoi=not_evidenced[^"]*)"', seen)[0]
    whole = page(reader_client.get(at(all_claimed, "echeance/") + rest))
    assert titles(whole) == [("Affirmés sans preuve", "106")] and "Page 1 sur 2" in whole


def test_every_line_is_in_the_file(reader_client, all_claimed, at):
    told = reader_client.get(at(all_claimed, "echeance.csv?le=2027-03-01"))
    rows = list(csv.DictReader(io.StringIO(told.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 212
    assert {row["critere"] for row in rows if row["genre"] == "Affirmés sans preuve"} == {
        one.number for one in library.edition("rgaa-4.1").criteria
    }
    assert reader_client.get(at(all_claimed, "radiographie.csv")).status_code == 200


def test_the_gravest_come_first_then_the_most_numerous_each_with_what_is_its_own(assessment, edition):
    def about(code, short, **facts):
        return Remark(code=f"diagnosis.{code}", criterion=f"nr-terreau:{short}", facts=facts)

    three = ("documents", "means", "results")
    found = gathering.groups(assessment, edition, [
        about("not_reviewed", "1.1.1"), about("not_reviewed", "1.1.2"), about("unanswered", "1.1.1", facets=three),
        about("unanswered", "1.1.2", facets=("results",)), about("unanswered", "1.2.1", facets=three),
        about("evidence_unfit", "1.2.2", evidence="Charte", weaknesses=("expired",), facets=("means",)),
        about("overdue", "1.3.1", due=date(2026, 5, 2), owner="Achats"),
    ])  # fmt: skip
    assert [(one["code"], one["n"]) for one in found] == [
        ("evidence_unfit", 1), ("overdue", 1), ("unanswered", 3), ("not_reviewed", 2),
    ]  # fmt: skip
    assert [(label, [one.number for one in places]) for one in found[:3] for label, places in gathering.lines(one["places"])] == [
        ("« Charte », périmée, moyens", ["1.2.2"]), ("pour le 02/05/2026, Achats", ["1.3.1"]),
        ("", ["1.1.1", "1.2.1"]), ("résultats", ["1.1.2"]),
    ]  # fmt: skip


def test_readiness_asks_the_database_as_often_whatever_is_tied(reader_client, all_claimed, at, organisation):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert reader_client.get(at(all_claimed, DAY)).status_code == 200
        return len(seen)

    first = asked()
    pieces = Evidence.objects.bulk_create(
        Evidence(organisation=organisation, title=f"Pièce {n}", confidentiality="organisation") for n in range(40)
    )
    EvidenceLink.objects.bulk_create(
        EvidenceLink(organisation=organisation, evidence=piece, facet="verdict", subject=subject_of(all_claimed, f"rgaa-4.1:1.{n % 9 + 1}"))
        for n, piece in enumerate(pieces)
    )  # fmt: skip
    assert asked() <= first
    seen = page(reader_client.get(at(all_claimed, DAY)))
    assert "« Pièce 0 », sans date d'effet ni période : <a" in seen
    assert len(re.findall(r"<[a-z]", seen)) <= 300
