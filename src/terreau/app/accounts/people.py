"""Changing what a member may do; an organisation always keeps an owner."""

from datetime import datetime

from django.db import transaction

from terreau.app.accounts.models import Membership, Organisation, Role, User
from terreau.app.journal import door as journal
from terreau.kernel.errors import TerreauError


def change_role(membership: Membership, by: User, role: str, until: datetime | None) -> None:
    """Another role, or another end."""
    if role == Role.AUDITOR and until is None:
        raise TerreauError("app.auditor_without_end")
    with transaction.atomic():
        before = membership.role
        membership.role, membership.until = role, until
        membership.save(update_fields=["role", "until"])
        _still_owned(membership.organisation)
        facts = {
            "person": str(membership.user),
            "before": before,
            "after": role,
            "until": until.date().isoformat() if until else None,
        }
        journal.record(membership.organisation, by, "accounts.role_changed", facts)


def remove(membership: Membership, by: User) -> None:
    """The person may no longer enter this organisation; their account stays."""
    organisation, facts = membership.organisation, {"person": str(membership.user), "role": membership.role}
    with transaction.atomic():
        membership.delete()
        _still_owned(organisation)
        journal.record(organisation, by, "accounts.member_removed", facts)


def _still_owned(organisation: Organisation) -> None:
    # Locked first, so that two owners leaving at once cannot both be "not the last".
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if not Membership.objects.filter(organisation=organisation, role=Role.OWNER, until=None).exists():
        raise TerreauError("app.last_owner")
