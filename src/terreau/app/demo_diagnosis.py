"""What the two fictitious organisations answer, gather and weigh: read from ``examples/diagnostics``, made by the rooms' own acts.

Everything is invented. Numbers in addresses never change from one making to the next, so that a tutorial can name them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone

from terreau.app import demo_audit, demo_evidence, demo_portfolio
from terreau.app.accounts.models import Organisation
from terreau.app.diagnosis import answering, delegating, starting, taking_in
from terreau.app.diagnosis.models import Assessment, Comment, Interview, OffGrid, TeamNote
from terreau.app.journal import door as journal
from terreau.app.referentials import door as referentials

PERIOD = (date(2025, 10, 1), date(2026, 9, 30))
FACETS = ("documents", "means", "results", "verdict")
SIGNS = {"+": "conforming", "-": "non_conforming"}
Told = Mapping[str, Any]


def seed(owner: Any, organisations: Mapping[str, Organisation], folder: Path) -> None:
    """Make the services, assessments, evidence and audit of each organisation, unless they are there."""
    for name, organisation in organisations.items():
        if Assessment.objects.of(organisation).exists():
            continue
        with (folder / f"{name}.toml").open("rb") as file:
            told = tomllib.load(file)
        with transaction.atomic():
            _made(owner, organisation, told)


def uuid_of(organisation: Organisation, name: str) -> UUID:
    """The number of one example thing: an assessment by its referential (and service), a piece by its title."""
    return uuid5(NAMESPACE_URL, f"terreau:example:{organisation.slug}/{name}")


def _made(owner: Any, organisation: Organisation, told: Told) -> None:
    services = demo_portfolio.seed(owner, organisation, told.get("service", ()))
    made: dict[str, Assessment] = {}
    for one in told["assessment"]:
        made[one.get("service", one["referential"])] = _assessed(owner, organisation, one, services, made)
    first = next(iter(made.values()))
    demo_evidence.seed(owner, first, told.get("evidence", ()), uuid_of)
    for one in told["assessment"]:
        _around(owner, made[one.get("service", one["referential"])], one)
    if "audit" in told:
        demo_audit.seed(owner, first, told["audit"], *(uuid_of(organisation, name) for name in ("audit", "freeze")))


def _assessed(owner: Any, organisation: Organisation, one: Told, services: Mapping[str, Any],
              made: Mapping[str, Assessment]) -> Assessment:  # fmt: skip
    edition = referentials.edition_for(organisation, one["referential"])
    service, variant = services.get(one.get("service", "")), one.get("variant", "")
    name = one["referential"] + (f"/{service.name}" if service and "inherits" in one else "")
    assessment = starting.begin(organisation, owner, edition, {
        "id": uuid_of(organisation, name), "title": one["title"], "service": service, "variant": variant,
        "profile": (dict(edition.variant(variant).profile) if variant else {}) | one.get("profile", {}),
        "period_start": PERIOD[0], "period_end": PERIOD[1], "target_on": in_days(one["target"]), "path": one.get("path", ""),
        "target_level": one.get("target_level", ""), "inherits": made.get(one.get("inherits", "")),
    })  # fmt: skip
    answers = {short: _fields(owner, given) for short, given in one.get("answers", {}).items()}
    words = one.get("verdict_words", {})
    for sign in one.get("verdicts", "").split():
        short = sign[:-1]
        answers[short] = _fields(owner, {"verdict": [SIGNS[sign[-1]]], "text": words.get(short, "")})
    for short, reason in one.get("apart", {}).items():
        answers[short] = _fields(owner, {"not_applicable": reason})
    full = {f"{edition.key}:{short}": fields for short, fields in answers.items()}
    taking_in.take_in(assessment, _writer(owner), full)
    return assessment


def _fields(owner: Any, given: Told) -> dict[str, Any]:
    if "not_applicable" in given:
        return {"applicable": False, "reason": given["not_applicable"], "decided_by": str(owner),
                "decided_on": timezone.localdate()}  # fmt: skip
    fields: dict[str, Any] = {"facets": facets(given)}
    fields |= {
        field: given[name]
        for name, field in (("text", "text"), ("owner", "owner_text"), ("state", "state"))
        if given.get(name)
    }
    if "due" in given:
        fields["due"] = in_days(given["due"])
    if given.get("state") == "accepted":
        fields |= {"reviewed_on": timezone.localdate(), "reviewed_by": str(owner)}
    if given.get("review"):
        fields |= {"reviewed_by": str(owner), "review_text": given["review"]}
    return fields


def facets(given: Told) -> dict[str, dict[str, str]]:
    """Facet -> verdict, words and value, blanks left out."""
    told = {facet: zip(("verdict", "text", "value"), given[facet], strict=False) for facet in FACETS if facet in given}
    return {facet: {part: value for part, value in parts if value} for facet, parts in told.items()}


def in_days(days: int) -> date:
    """A date so many days from today."""
    return timezone.localdate() + timedelta(days=days)


def _writer(owner: Any) -> answering.Writer:
    return answering.Writer(label=str(owner), user=owner, edits=True)


def _around(owner: Any, assessment: Assessment, one: Told) -> None:
    """What came later: corrections, comments, notes, interviews, practices, and a link that waits for its reader."""
    for each in one.get("later", ()):
        answer = answering.locked(assessment, _key(assessment, each["criterion"]))
        answering.write(answer, _writer(owner), {"facets": answer.facets | facets(each)})
    for each in one.get("comment", ()):
        settled = {"resolved_by": str(owner), "resolved_on": timezone.now()} if each.get("settled") else {}
        comment = Comment(**_said(owner, assessment, each), **settled)
        _kept(owner, assessment, comment, "diagnosis.commented", criterion=comment.criterion)
    for each in one.get("note", ()):
        note = TeamNote(**_said(owner, assessment, each))
        _kept(owner, assessment, note, "diagnosis.noted", criterion=note.criterion)
    for each in one.get("interview", ()):
        facts = {name: each[name] for name in ("role", "on", "profession", "notes")}
        criteria = [_key(assessment, short) for short in each["criteria"]]
        _kept(
            owner,
            assessment,
            Interview(assessment=assessment, criteria=criteria, **facts),
            "diagnosis.interviewed",
            role=each["role"],
        )
    for each in one.get("practice", ()):
        practice = OffGrid(pk=uuid_of(assessment.organisation, each["title"]), assessment=assessment, title=each["title"], theme=each["theme"], text=each["text"], facets=facets(each),
                           owner_text=each["owner"], existing_action=each["action"])  # fmt: skip
        _kept(owner, assessment, practice, "diagnosis.off_grid_kept", title=each["title"])
    for each in one.get("link", ()):
        criteria = [_key(assessment, short) for short in each["criteria"]]
        delegating.entrust(assessment, owner, criteria, name=each["name"], profession=each["profession"], due=in_days(each["due"]),
                           message=each["message"])  # fmt: skip


def _said(owner: Any, assessment: Assessment, told: Told) -> dict[str, Any]:
    criterion = _key(assessment, told["criterion"])
    return {"assessment": assessment, "criterion": criterion, "text": told["text"], "by": owner, "by_label": str(owner)}


def _kept(owner: Any, assessment: Assessment, row: Any, action: str, **facts: Any) -> None:
    row.save()
    journal.record(assessment.organisation, owner, action, {"assessment": assessment.title} | facts)


def _key(assessment: Assessment, short: str) -> str:
    return f"{assessment.referential}:{short}"
