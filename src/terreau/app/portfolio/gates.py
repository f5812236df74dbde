"""The gate before each stage of a service: three questions, a weighing, a decision, a date to look again (passage)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from terreau.app.accounts import access
from terreau.app.evidence import door as evidence
from terreau.app.journal import door as journal
from terreau.app.language import language
from terreau.app.portfolio.models import DIMENSIONS, Decision, Gate, Service, Stage
from terreau.kernel.errors import TerreauError

EDITION = "before-digital"
SAID: dict[str, str | Promise] = {
    "use": _lazy("Usage"),
    "people": _lazy("Personnes"),
    "environment": _lazy("Environnement"),
    "security": _lazy("Sécurité"),
    "cost": _lazy("Coût"),
}
LOOKS = {"": "", Decision.GO: "ok", Decision.GO_IF: "warn", Decision.WAIT: "info", Decision.STOP: "bad"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the gate, in the language of the moment, with what to look at for this stage."""

    key: str
    number: str
    question: str
    why: str
    looks: tuple[str, ...]
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A service with its last gate for the stage it is at, and what is wrong with it on a day.

    waits: a decision is missing, or past its day of review
    """

    service: Service
    gate: Gate | None
    waits: bool
    chip: str
    words: str


def questions(stage: str) -> tuple[str, tuple[Question, ...]]:
    """The pinned edition ("before-digital@1") and its questions, with the advice for this stage."""
    from terreau.referentials.library import edition

    lang = language()
    found, place = edition(EDITION), Stage.values.index(stage)
    asked = []
    for each in found.criteria:
        reading = each.reading
        advice = reading.recommendations[place].in_(lang) if reading and len(reading.recommendations) > place else ""
        looks = tuple(words.in_(lang) for words in (reading.notions + reading.vigilance if reading else ()))
        asked.append(Question(key=each.key.partition(":")[2] or each.key, number=each.number, question=each.question.in_(lang),
                              why=each.why.in_(lang), looks=looks, advice=advice))  # fmt: skip
    return f"{found.key}@{found.version}", tuple(asked)


def latest(service: Service) -> dict[str, Gate]:
    """The last gate of each stage, by stage."""
    found: dict[str, Gate] = {}
    for gate in service.gates.order_by("made_on", "pk"):
        found[gate.stage] = gate
    return found


def standing(services: Iterable[Service], on: date) -> list[Standing]:
    """Each service with its last gate for its stage, in one query."""
    listed = list(services)
    last: dict[tuple[int, str], Gate] = {}
    for gate in Gate.objects.filter(service__in=[each.pk for each in listed]).order_by("made_on", "pk"):
        last[gate.service_id, gate.stage] = gate
    return [_standing(each, last.get((each.pk, each.stage)), on) for each in listed]


def weigh(service: Service, actor: Any, stage: str, given: Mapping[str, Any], *, seen: int | None) -> Gate:
    """Write the gate of a stage: a new row each time, the former ones stay.

    seen: the gate the person was looking at; app.gate_changed when another one was written since
    given: edition, answers, weighing, decision, conditions, decided_by, decided_on, review_on
    """
    with transaction.atomic():
        Service.objects.select_for_update().get(pk=service.pk)
        last = Gate.objects.filter(service=service, stage=stage).first()
        if (last.pk if last else None) != seen:
            raise TerreauError("app.gate_changed", stage=Stage(stage).label)
        gate = Gate.objects.create(service=service, stage=stage, made_by=actor, **given)
        told = {"service": service.pk, "name": service.name, "stage": stage, "decision": gate.decision or "draft",
                "decided_by": gate.decided_by, "gate": gate.pk}  # fmt: skip
        journal.record(service.organisation, actor, "portfolio.weighed", told)
    return gate


def subject_named(organisation: Any, user: Any, key: str) -> evidence.Subject | None:
    """How evidence names a service whose impact it shows, for someone who may change it."""
    number = key.partition(":")[2]
    if not (number.isascii() and number.isdigit()) or len(number) > 18:
        return None
    if access.role_of(user, organisation) not in access.READ:
        return None
    service = Service.objects.filter(organisation=organisation, pk=int(number)).first()
    if service is None:
        return None
    url = reverse("portfolio:service", args=[organisation.slug, service.pk])
    facets = (("impact", _("Impact positif")), ("risk", _("Risque maîtrisé")))
    return evidence.Subject(key=f"service:{service.pk}", label=service.name, url=url, facets=facets)


def weighed(given: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The weighing as the form sent it: dimension -> benefit and risk, blanks left out."""
    found: dict[str, dict[str, str]] = {}
    for each in DIMENSIONS:
        both = {side: given.get(f"{each}-{side}", "").strip()[:400] for side in ("benefit", "risk")}
        if any(both.values()):
            found[each] = both
    return found


def _standing(service: Service, gate: Gate | None, on: date) -> Standing:
    if gate is None or not gate.decision:
        return Standing(service=service, gate=gate, waits=True, chip="warn", words=_("passage à décider"))
    if gate.review_on and gate.review_on < on:
        return Standing(service=service, gate=gate, waits=True, chip="warn", words=_("passage à revoir"))
    words = str(Decision(gate.decision).label)
    return Standing(service=service, gate=gate, waits=False, chip=LOOKS[gate.decision], words=words)
