"""The services of the fictitious organisations, and the gates they went through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from terreau.app.accounts.models import Organisation
from terreau.app.journal import door as journal
from terreau.app.portfolio import gates
from terreau.app.portfolio.models import Service

DECIDED = ("decision", "conditions", "decided_by", "decided_on")


def seed(owner: Any, organisation: Organisation, told: Iterable[Mapping[str, Any]]) -> dict[str, Service]:
    """Each service with its gates; those already there are left as they are."""
    made = {}
    for one in told:
        facts = {name: value for name, value in one.items() if name != "gate"}
        service, new = Service.objects.get_or_create(organisation=organisation, name=one["name"], defaults=facts)
        made[service.name] = service
        if new:
            journal.record(organisation, owner, "portfolio.added", {"service": service.pk, "name": service.name})
            for gate in one.get("gate", ()):
                _weighed(owner, service, gate)
    return made


def _weighed(owner: Any, service: Service, told: Mapping[str, Any]) -> None:
    pinned, _asked = gates.questions(told["stage"])
    given = {"edition": pinned, "answers": told["answers"], "weighing": told.get("weighing", {})}
    given |= {name: told[name] for name in DECIDED if name in told}
    if "review" in told:
        given["review_on"] = timezone.localdate() + timedelta(days=told["review"])
    gates.weigh(service, owner, told["stage"], given, seen=None)
