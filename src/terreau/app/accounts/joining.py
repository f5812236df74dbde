"""Invitations: a link shown on screen, whose token is known by its hash, expires, and serves once."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from terreau.app.accounts.models import Invitation, Membership, Organisation, Role, User
from terreau.app.journal import door as journal
from terreau.kernel.errors import TerreauError

# A room that gives links of its own is told who came by one: True when a member already there may use it (it says so).
ARRIVALS: list[Callable[[Invitation, User, Membership | None], bool]] = []


def invite(
    organisation: Organisation, by: User, role: str, *, email: str = "", until: datetime | None = None
) -> tuple[Invitation, str]:
    """A new invitation and its token, which is never kept: show the link now."""
    if role == Role.AUDITOR and until is None:
        raise TerreauError("app.auditor_without_end")
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        made = Invitation.objects.create(
            organisation=organisation,
            token_hash=hash_of(token),
            email=email.strip().lower(),
            role=role,
            until=until,
            made_by=by,
        )
        journal.record(organisation, by, "accounts.invited", {"role": role, "invitation": made.pk})
    return made, token


def invitation_of(token: str) -> Invitation:
    """The invitation this token opens; TerreauError app.invitation_gone when unknown, used, withdrawn or expired."""
    found = Invitation.objects.select_related("organisation").filter(token_hash=hash_of(token)).first()
    if found is None or found.used_on is not None or not _still_offered(found):
        raise TerreauError("app.invitation_gone")
    return found


def _still_offered(found: Invitation) -> bool:
    # Someone who may no longer invite must not come back, nor bring others, by a link made before.
    now = timezone.now()
    maker = Membership.objects.in_force().filter(
        organisation=found.organisation_id, user=found.made_by_id, role=Role.OWNER
    )
    return found.expires_on > now and (found.until is None or found.until > now) and maker.exists()


def accept(token: str, user: User) -> Membership:
    """Make ``user`` a member, consuming the invitation. A member keeps the role they have."""
    with transaction.atomic():
        invitation = invitation_of(token)
        used = Invitation.objects.filter(pk=invitation.pk, used_on=None).update(used_on=timezone.now())
        if not used:
            raise TerreauError("app.invitation_gone")
        if invitation.email and invitation.email != user.email.lower():
            raise TerreauError("app.invitation_for_another", email=user.email)
        organisation = invitation.organisation
        held = Membership.objects.in_force().filter(organisation=organisation, user=user).first()
        welcome = [arrived(invitation, user, held) for arrived in ARRIVALS]
        if held is not None and not any(welcome):
            raise TerreauError("app.already_member", organisation=organisation.name)
        until = max(held.until, invitation.until) if held and held.until and invitation.until else invitation.until
        membership, _ = Membership.objects.update_or_create(
            organisation=organisation, user=user, defaults={"role": invitation.role, "until": until}
        )
        journal.record(organisation, user, "accounts.joined", {"role": invitation.role, "invitation": invitation.pk})
    return membership


def account_for(token: str, *, email: str, password: str, name: str = "") -> User:
    """A new account for the bearer of an invitation, at once a member."""
    with transaction.atomic():
        invitation_of(token)
        if User.objects.filter(email__iexact=email).exists():
            raise TerreauError("app.address_taken", email=email)
        try:
            with transaction.atomic():
                user = User.objects.create_user(email, password, name=name)
        except IntegrityError as taken:  # the same form sent twice at once
            raise TerreauError("app.address_taken", email=email) from taken
        accept(token, user)
    return user


def withdraw(organisation: Organisation, by: User, invitation_pk: int) -> None:
    """An invitation not used yet is void from now on."""
    with transaction.atomic():
        found = Invitation.objects.filter(organisation=organisation, pk=invitation_pk, used_on=None).first()
        if found is not None:
            found.delete()
            journal.record(organisation, by, "accounts.invitation_withdrawn", {"role": found.role})


def pending(organisation: Organisation) -> list[Invitation]:
    """Invitations that still open."""
    unused = Invitation.objects.filter(organisation=organisation, used_on=None, expires_on__gt=timezone.now())
    return [each for each in unused if _still_offered(each)]


def hash_of(token: str) -> str:
    """What is kept of a token: 256 bits of chance need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
