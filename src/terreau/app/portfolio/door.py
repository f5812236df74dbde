"""What the other rooms ask of the portfolio."""

from dataclasses import dataclass

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


def services_of(organisation: Organisation) -> tuple[ServiceRecord, ...]:
    """Every service and project, by name."""
    rows = Service.objects.filter(organisation=organisation).values_list(
        "pk", "name", "client", "stage", "owner", "address", "family", "public", named=True
    )
    return tuple(ServiceRecord(**row._asdict()) for row in rows)
