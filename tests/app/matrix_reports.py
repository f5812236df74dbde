"""Addresses of the reports: members read, contributors write parts, editors begin, draft again and publish; not for auditors."""

from datetime import date
from uuid import UUID

from terreau.app.reports import writing
from terreau.app.reports.models import Report
from tests.app.matrix import CONTRIBUTE, EDIT, READ, Row

HOME = "/o/valmont/rapports/"
INSIDE = READ - {"auditor"}
ELSEWHERE = {"auditor": 404}
FRAMED = {"kind": "yearly", "title": "Rapport 2026", "period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31), "language": "fr"}  # fmt: skip
H1 = "Rapport 2026"
KEY = UUID("5b0b1f6e-2f44-4a53-9d2e-0c1c7b1f9a10")


def a_report(world):
    known = Report.objects.filter(pk=KEY).first()
    return {"pk": (known or writing.begin(world.organisation, world.owner, FRAMED | {"id": KEY})).pk}


def a_publication(world):
    report = writing.begin(world.organisation, world.owner, FRAMED)
    return {"pk": report.pk, "number": writing.publish(report, world.owner).number}


def a_part(world):
    return a_report(world) | {"key": "word"}


def a_draft(world):
    return a_report(world) | {"extension": "odt"}


def a_file(world):
    return a_publication(world) | {"extension": "html"}


ROWS = (
    Row("reports:list", INSIDE, "Que disons-nous de ce que nous avons fait ?", but=ELSEWHERE),
    Row("reports:new", EDIT, "Préparer un rapport"),
    Row("reports:report", INSIDE, H1, args=a_report, but=ELSEWHERE),
    Row("reports:read", INSIDE, H1, args=a_report, but=ELSEWHERE),
    Row("reports:part", CONTRIBUTE, "Avant-propos", args=a_part),
    Row("reports:redraft", EDIT, method="POST", args=a_report, goes_to=f"{HOME}{KEY}/"),
    Row("reports:publish", EDIT, method="POST", args=a_report, goes_to=f"{HOME}{KEY}/versions/1/"),
    Row("reports:remove", EDIT, method="POST", args=a_report, goes_to=HOME),
    Row("reports:draft_file", INSIDE, file="application/vnd.oasis.opendocument.text", args=a_draft, but=ELSEWHERE),
    Row("reports:publication", INSIDE, H1, args=a_publication, but=ELSEWHERE),
    Row("reports:publication_file", INSIDE, file="text/html", args=a_file, but=ELSEWHERE),
)
