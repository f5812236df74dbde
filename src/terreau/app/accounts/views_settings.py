"""Settings of one organisation: what it is, how long it keeps its devices."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from terreau.app.accounts import access
from terreau.app.accounts.forms import OrganisationForm
from terreau.app.accounts.lifespans import LifespanForm, policy
from terreau.app.accounts.zones import zone_label
from terreau.app.journal import door as journal


@require_GET
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """« Comment cette organisation est-elle réglée ? », readable by every member."""
    organisation = access.organisation_readable_by(request.user, slug)
    facts = {
        "organisation": organisation,
        "zone": zone_label(organisation.zone, get_language() or "fr"),
        "lifespans": policy(organisation, get_language() or "fr"),
        "people": organisation.memberships.in_force().count(),
    }
    return render(request, "accounts/settings.html", facts)


@require_http_methods(["GET", "POST"])
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Name, headcount, country, measured PUE."""
    found = access.organisation_owned_by(request.user, slug)
    form = OrganisationForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        if form.changed_data:
            with transaction.atomic():
                form.save()
                journal.record(found, request.user, "accounts.organisation_changed", _changed(form))
        messages.success(request, _("Réglages enregistrés."))
        return redirect("reglages:settings", slug)
    return render(request, "accounts/organisation.html", {"form": form})


def _changed(form: OrganisationForm) -> dict[str, Any]:
    """What the journal says of it: the fields in words, and their values in JSON."""
    values = {name: form.cleaned_data[name] for name in form.changed_data}
    values |= {name: float(value) for name, value in values.items() if isinstance(value, Decimal)}
    return {"fields": ", ".join(form.changed_data)} | values


@require_http_methods(["GET", "POST"])
def lifespans(request: HttpRequest, slug: str) -> HttpResponse:
    """How many years a category is kept, by policy; the others follow the sources."""
    found = access.organisation_editable_by(request.user, slug)
    language = get_language() or "fr"
    form = LifespanForm(language, request.POST or None)
    if request.method == "POST" and form.is_valid():
        years = form.applied_to(found.lifespans)
        if years != found.lifespans:
            with transaction.atomic():
                found.lifespans = years
                found.save(update_fields=["lifespans"])
                words = ", ".join(f"{category} {value:g}" for category, value in years.items()) or "–"
                journal.record(found, request.user, "accounts.lifespans_changed", {"lifespans": words, "years": years})
        messages.success(request, _("Politique de durée de vie enregistrée."))
        return redirect("reglages:lifespans", slug)
    return render(request, "accounts/lifespans.html", {"form": form, "lifespans": policy(found, language)})
