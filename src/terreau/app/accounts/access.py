"""Who may do what: one function per question, asked at the top of every view.

Each returns the organisation, raises Http404 when the person may not even know that it exists, and PermissionDenied
when they see it but may not do this.
"""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from terreau.app.accounts.models import Membership, Organisation, Role, User

READ = frozenset(Role.values)
CONTRIBUTE = frozenset({Role.CONTRIBUTOR, Role.EDITOR, Role.OWNER})
EDIT = frozenset({Role.EDITOR, Role.OWNER})
OWN = frozenset({Role.OWNER})
# The room of audits says, at start-up, whether an auditor examines something of an organisation today.
EXAMINED: list[Callable[[Any, Organisation], bool]] = []


def organisation_readable_by(user: Any, slug: str) -> Organisation:
    """May this person read the organisation? Every member whose time is not over."""
    return _allowed(user, slug, READ)


def organisation_examinable_by(user: Any, slug: str) -> Organisation:
    """May this person read its diagnosis and its evidence? Members; an auditor while they examine something, else 404."""
    organisation = organisation_readable_by(user, slug)
    if not opens_its_work(user, organisation):
        raise Http404
    return organisation


def opens_its_work(user: Any, organisation: Organisation) -> bool:
    """False for an auditor who examines nothing there today: the living work of the organisation is not theirs to follow."""
    return role_of(user, organisation) != Role.AUDITOR or examines(user, organisation)


def examines(user: Any, organisation: Organisation) -> bool:
    """True when this auditor examines something there today."""
    return any(asked(user, organisation) for asked in EXAMINED)


def organisation_contributable_by(user: Any, slug: str) -> Organisation:
    """May this person add to it (a service, an answer)? Contributors, editors, owners."""
    return _allowed(user, slug, CONTRIBUTE)


def organisation_editable_by(user: Any, slug: str) -> Organisation:
    """May this person import, decide, remove? Editors and owners."""
    return _allowed(user, slug, EDIT)


def organisation_owned_by(user: Any, slug: str) -> Organisation:
    """May this person change its settings and its people? Owners."""
    return _allowed(user, slug, OWN)


def person(request: HttpRequest) -> User:
    """The person signed in; PermissionDenied when there is none (every page requires sign-in unless it says so)."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def organisations_visible_to(user: Any) -> QuerySet[Organisation]:
    """The organisations this person may enter today."""
    if not getattr(user, "is_authenticated", False):
        return Organisation.objects.none()
    return Organisation.objects.filter(memberships__in=Membership.objects.in_force().filter(user=user))


def role_of(user: Any, organisation: Organisation) -> str:
    """The role of this person there, '' when none is in force."""
    if not getattr(user, "is_authenticated", False):
        return ""
    held = Membership.objects.in_force().filter(user=user, organisation=organisation).order_by()  # one at most
    return next(iter(held.values_list("role", flat=True)), "")


def entered(user: Any, slug: str) -> tuple[Organisation | None, str]:
    """The organisation a page is in and this person's role there, (None, '') when they may not enter; read once for a page."""
    if not getattr(user, "is_authenticated", False):
        return None, ""
    if getattr(user, "entered", ("",))[0] != slug:
        _membership(user, slug)
    _slug, organisation, role = user.entered
    return organisation, role


def _allowed(user: Any, slug: str, roles: frozenset[str]) -> Organisation:
    if not getattr(user, "is_authenticated", False):
        raise Http404
    membership = _membership(user, slug)
    if membership is None:
        raise Http404
    if membership.role not in roles:
        raise PermissionDenied
    return membership.organisation


def _membership(user: Any, slug: str) -> Membership | None:
    """What this person holds there today; kept with the person, who is read anew for each page, for what surrounds the page."""
    held = Membership.objects.in_force().select_related("organisation").filter(user=user, organisation__slug=slug)
    found = next(iter(held.order_by()), None)  # one at most
    # A copy: a form that the view refuses changes the other one.
    user.entered = (slug, copy(found.organisation), found.role) if found else (slug, None, "")
    return found
