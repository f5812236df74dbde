"""The list of services, one form, and their removal."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.accounts.models import Organisation
from terreau.app.journal import door as journal
from terreau.app.ordering import orders
from terreau.app.portfolio import gates
from terreau.app.portfolio.models import Service, Stage

ROWS = 25
FIELDS = ["name", "client", "public", "stage", "owner", "family", "address", "maintained_until", "impact",
          "accessibility_target", "ecodesign_target"]  # fmt: skip
SORTED: dict[str, Callable[[Service], Any]] = {
    "nom": lambda one: one.name.casefold(),
    "etape": lambda one: Stage.values.index(one.stage),
    "client": lambda one: (not one.client, one.client.casefold()),
    "personne": lambda one: (not one.owner, one.owner.casefold()),
}


class ServiceForm(forms.ModelForm):
    """A name is enough."""

    address = forms.URLField(label=_lazy("Adresse web"), max_length=500, required=False, assume_scheme="https")

    class Meta:
        model = Service
        fields = FIELDS
        widgets = {
            "maintained_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "impact": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "family": _lazy(
                "Des services bâtis de la même façon : une réponse donnée pour l’un vaut pour tous, sauf exception dite."
            ),
            "impact": _lazy("Qui y gagne quoi, et à quoi cela se voit. Les preuves se rattachent sur la fiche."),
            "accessibility_target": _lazy("Par exemple : RGAA, 85 % des critères fin 2027."),
            "ecodesign_target": _lazy("Par exemple : RGESN, tous les critères prioritaires en 2027."),
        }

    def __init__(self, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation

    def clean_name(self) -> str:
        """Two services of one organisation do not share a name."""
        name = self.cleaned_data["name"]
        same = Service.objects.filter(organisation=self.instance.organisation, name=name).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError(_("Un service porte déjà ce nom."))
        return name


@require_GET
def services(request: HttpRequest, slug: str) -> HttpResponse:
    """« Quels services numériques portons-nous ? »"""
    organisation = access.organisation_readable_by(request.user, slug)
    offered = {
        "nom": _("nom"),
        "etape": _("étape"),
        "client": _("client ou bénéficiaire"),
        "personne": _("personne responsable"),
    }
    order, links = orders(request.GET.get("tri"), offered)
    listed = sorted(Service.objects.filter(organisation=organisation), key=SORTED[order])
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    shown = gates.standing(page.object_list, timezone.localdate())
    return render(request, "portfolio/services.html", {"page": page, "rows": shown, "orders": links})


@require_GET
def services_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every service, to take away."""
    from terreau.tables.export import write_csv

    organisation = access.organisation_readable_by(request.user, slug)
    listed = Service.objects.filter(organisation=organisation)
    target = io.StringIO()
    write_csv(([_cell(getattr(one, field)) for field in FIELDS] for one in listed), FIELDS, target)
    answer = HttpResponse("\ufeff" + target.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="services-{organisation.slug}.csv"'
    return answer


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """One more service or project."""
    organisation = access.organisation_contributable_by(request.user, slug)
    return _form(request, organisation, ServiceForm(organisation, request.POST or None), "portfolio.added")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What is known of one service."""
    organisation = access.organisation_contributable_by(request.user, slug)
    service = get_object_or_404(Service, pk=pk, organisation=organisation)
    form = ServiceForm(organisation, request.POST or None, instance=service)
    return _form(request, organisation, form, "portfolio.changed")


@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a service off the list; the journal remembers it."""
    organisation = access.organisation_editable_by(request.user, slug)
    service = get_object_or_404(Service, pk=pk, organisation=organisation)
    with transaction.atomic():
        facts = _facts(service)
        service.delete()
        journal.record(organisation, request.user, "portfolio.removed", facts)
    messages.success(request, _("Service retiré."))
    return redirect("portfolio:services", slug)


def _form(request: HttpRequest, organisation: Organisation, form: ServiceForm, action: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        if form.changed_data:
            with transaction.atomic():
                service = form.save()
                journal.record(organisation, request.user, action, _facts(service) | {"fields": form.changed_data})
        messages.success(request, _("Service enregistré."))
        return redirect("portfolio:service", organisation.slug, form.instance.pk)
    return render(request, "portfolio/form.html", {"form": form, "service": form.instance})


def _facts(service: Service) -> dict[str, Any]:
    return {"service": service.pk} | {field: _cell(getattr(service, field)) for field in FIELDS}


def _cell(value: Any) -> Any:
    return "" if value is None else value.isoformat() if isinstance(value, date) else value
