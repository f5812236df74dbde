"""What the other rooms ask of the portfolio."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from terreau.app.accounts.models import Organisation
from terreau.app.portfolio.models import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRecord:
    """One service, as read."""

    pk: int
    name: str
    client: str
    stage: str
    owner: str
    address: str
    family: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GateStanding:
    """Where a service stands before its stage: the day of the next review, whether a decision is awaited."""

    name: str
    owner: str
    review_on: date | None
    waits: bool
    url: str


def services_of(organisation: Organisation) -> tuple[ServiceRecord, ...]:
    """Every service and project, by name."""
    rows = Service.objects.filter(organisation=organisation).values_list(
        "pk", "name", "client", "stage", "owner", "address", "family", "public", named=True
    )
    return tuple(ServiceRecord(**row._asdict()) for row in rows)


def gates_of(organisation: Organisation, on: date) -> tuple[GateStanding, ...]:
    """Each service at its stage: the day to look at its gate again, and whether a decision is missing or past that day."""
    from terreau.app.portfolio.gates import standing

    return tuple(
        GateStanding(
            name=one.service.name, owner=one.service.owner, review_on=one.gate.review_on if one.gate and one.gate.decision else None,
            waits=one.waits, url=reverse("portfolio:service", args=[organisation.slug, one.service.pk]),
        )
        for one in standing(Service.objects.filter(organisation=organisation), on)
    )  # fmt: skip
