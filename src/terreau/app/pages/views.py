"""Pages about the whole: home, first run, statements, about, site map."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from terreau.app.accounts import access
from terreau.app.accounts.context import rooms
from terreau.app.accounts.models import Organisation
from terreau.app.pages import ahead, example, first_steps, next_steps


@require_GET
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """« Où en sommes-nous ? »"""
    from terreau.app.diagnosis import door as diagnosis
    from terreau.app.footprint import door as footprint
    from terreau.app.inventory import door as inventory

    organisation = access.organisation_readable_by(request.user, slug)
    auditor = access.role_of(request.user, organisation) == "auditor"
    waits = auditor and not access.opens_its_work(request.user, organisation)
    fleet = inventory.headline(organisation)
    assessed = () if waits else diagnosis.summary(organisation, auditor=auditor)
    shown = {"assessed": assessed} if auditor else {"assessed": assessed, **_steered(organisation, request.user)}
    if fleet is None:
        cards = first_steps.cards(request.user, organisation)
        return render(request, "pages/home_empty.html", shown | {"cards": cards})
    latest = footprint.latest(organisation)
    todo = next_steps.of(organisation, fleet, latest)
    return render(request, "pages/home.html", shown | {"fleet": fleet, "latest": latest, "todo": todo})


def _steered(organisation: Organisation, user: Any) -> dict[str, Any]:
    """What is followed and promised, what comes next, what is blocked."""
    from terreau.app.indicators import door as indicators
    from terreau.app.plan import door as plan

    standing = plan.standing(organisation)
    said = [(standing.words[status], n) for status, n in standing.counts.items() if n]
    trajectory = plan.trajectory(organisation) if standing.total else None
    pending = bool(standing.total) and trajectory is None and plan.look_ahead(organisation, user)
    return {
        "flagship": indicators.flagship(organisation),
        "plan": standing,
        "plan_said": said,
        "trajectory": trajectory,
        "trajectory_pending": pending,
        **ahead.around(organisation, user),
    }


@require_GET
def welcome(request: HttpRequest) -> HttpResponse:
    """First run: four doors at most, only towards rooms that are built."""
    mine = access.organisations_visible_to(request.user)
    own = mine.filter(is_example=False).first()
    context = {"cards": first_steps.cards(request.user, own), "own": own, "organisations": mine}
    return render(request, "pages/welcome.html", context)


@require_POST
def show_example(request: HttpRequest) -> HttpResponse:
    """Make the two fictitious organisations for someone who may open organisations, and enter the first."""
    if not example.may_be_made_by(request.user):
        raise PermissionDenied
    return redirect("pages:home", example.made_for(request.user).slug)


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """Accessibility statement, honest: no audit, hence what it is worth."""
    return render(request, "pages/accessibility.html", {"stated_on": date(2026, 11, 21)})


@login_not_required
@require_GET
def sobriety(request: HttpRequest) -> HttpResponse:
    """Eco-design statement: what we hold ourselves to, and what we do not know."""
    return render(request, "pages/sobriety.html")


@login_not_required
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """What Terreau is."""
    return render(request, "pages/about.html")


@login_not_required
@require_GET
def site_map(request: HttpRequest) -> HttpResponse:
    """Every page one can start from."""
    mine = [(one, rooms(request, one)) for one in access.organisations_visible_to(request.user)[:10]]
    return render(request, "pages/site_map.html", {"mine": mine})
