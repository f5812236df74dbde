"""What every page shows around its content: the organisation entered, the rooms, what the person may do."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from terreau import __version__
from terreau.app.accounts import access
from terreau.app.accounts.models import Organisation, Role


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the main navigation."""

    label: str
    url: str
    current: bool


def around(request: HttpRequest) -> dict[str, Any]:
    """organisation (or None), role, may_contribute, may_edit, may_own, nav, demo, mail_works, terreau_version."""
    entered = SimpleLazyObject(lambda: _entered(request))
    return {
        "organisation": SimpleLazyObject(lambda: entered[0]) if _slug(request) else None,
        "role": SimpleLazyObject(lambda: entered[1]),
        "may_contribute": SimpleLazyObject(lambda: entered[1] in access.CONTRIBUTE),
        "may_edit": SimpleLazyObject(lambda: entered[1] in access.EDIT),
        "may_own": SimpleLazyObject(lambda: entered[1] in access.OWN),
        "nav": SimpleLazyObject(lambda: rooms(request, entered[0], entered[1])),
        "demo": settings.DEMO,
        "mail_works": settings.MAIL_WORKS,
        "terreau_version": __version__,
    }


def rooms(request: HttpRequest, organisation: Organisation | None, role: str | None = None) -> tuple[Room, ...]:
    """The rooms that are built (apps with a ``room_home``), in their order; ``role``: that of the person there, when known."""
    if not organisation:
        return ()
    role = access.role_of(request.user, organisation) if role is None else role
    waits = role == Role.AUDITOR and not access.examines(request.user, organisation)
    told = (
        (getattr(config, "room_order", 0), getattr(config, "room_home", ""), getattr(config, "room_label", ""))
        for config in apps.get_app_configs()
        if role not in getattr(config, "room_closed_to", ())
    )
    # Where an auditor is led while a room is closed to them (``room_waiting`` of its app).
    pairs = ((getattr(one, "room_home", ""), getattr(one, "room_waiting", "")) for one in apps.get_app_configs())
    aside = {
        reverse(first_page, args=[organisation.slug]): reverse(waiting, args=[organisation.slug])
        for first_page, waiting in pairs
        if waits and waiting
    }
    built = [
        (str(label), reverse(first_page, args=[organisation.slug]))
        for _order, first_page, label in sorted((room for room in told if room[1]), key=lambda room: room[:2])
    ]
    # The room we are in is the one whose address goes furthest along this one.
    path = _inside(request, organisation) or request.path
    here = max((url for _, url in built if path.startswith(url)), key=len, default="")
    if here and here != path and all(url.startswith(here) for _, url in built):
        here = ""  # work under way is in no room; home is only its own page
    return tuple(Room(label, aside.get(url, url), url == here) for label, url in built)


def _inside(request: HttpRequest, organisation: Organisation) -> str:
    """The first page of the room that holds this one (``room_within`` of its app), '' when it stands by itself."""
    match = getattr(request, "resolver_match", None)
    config = apps.app_configs.get(match.app_name) if match else None
    within = getattr(config, "room_within", "")
    return reverse(within, args=[organisation.slug]) if within else ""


def _slug(request: HttpRequest) -> str:
    match = getattr(request, "resolver_match", None)
    return (match.kwargs.get("slug") or "") if match else ""


def _entered(request: HttpRequest) -> tuple[Organisation | None, str]:
    slug = _slug(request)
    return access.entered(getattr(request, "user", None), slug) if slug else (None, "")
