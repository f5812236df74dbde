"""The days of the audits, for the calendar: windows, findings to answer, remarks to follow, decisions that end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from terreau.app.audits import showing
from terreau.app.audits.models import OVER, Audit
from terreau.plan.calendar import DUE, REVIEW, Event, Label, of_labels

KEPT_OUTCOMES = (Audit.Outcome.GRANTED, Audit.Outcome.CONDITIONAL)


def due(organisation: Any) -> tuple[Event, ...]:
    """Every day of the audits, past ones until done, in the language of the moment."""
    found: list[Event] = []
    for one in Audit.objects.filter(organisation=organisation).prefetch_related("findings", "remarks"):
        one.organisation = organisation
        found += [*_window(one), *_promises(one)]
        if one.outcome in KEPT_OUTCOMES and one.valid_until and one.decided_on:
            label = Label(key=f"audit:{one.pk}", name=one.title, granted_on=one.decided_on, ends_on=one.valid_until,
                          url=showing.address("audit", one))  # fmt: skip
            found += of_labels([label])
    return tuple(found)


def _window(audit: Audit) -> Iterator[Event]:
    if audit.state in OVER:
        return
    on, what = showing.next_of(audit)
    told = _("%(label)s : %(verdict)s") % {"label": audit.title, "verdict": what}
    yield _event(f"audit:{audit.pk}/window", on, REVIEW, told, showing.address("audit", audit))


def _promises(audit: Audit) -> Iterator[Event]:
    for one in audit.findings.all():
        if one.due and not showing.is_settled(one):
            told = _("Constat à traiter : %(text)s") % {"text": _short(one.text)}
            yield _event(f"finding:{one.pk}", one.due, DUE, told, showing.address("finding", audit, one.pk))
    for each in audit.remarks.all():
        if each.due and not each.done_on:
            told = _("Remarque du comité : %(text)s") % {"text": _short(each.text)}
            yield _event(f"remark:{each.pk}", each.due, DUE, told, showing.address("follow_up", audit))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 120 else f"{line[:119].rstrip()}…"


def _event(key: str, on: date, kind: str, told: str, url: str) -> Event:
    return Event(key=key, on=on, title_fr=told, title_en=told, kind=kind, url=url)
