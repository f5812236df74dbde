"""The few facts that duties depend on, and the labels held."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from terreau.app import onscreen
from terreau.app.accounts import access
from terreau.app.accounts.alone import alone
from terreau.app.calendar import door, entering
from terreau.app.calendar.forms import FactsForm, LabelForm
from terreau.app.calendar.models import Facts, HeldLabel
from terreau.app.journal import door as journal
from terreau.app.language import language
from terreau.publishing import numbers


@require_http_methods(["GET", "POST"])
def facts(request: HttpRequest, slug: str) -> HttpResponse:
    """« Que nous demande la loi ? » : a short form, and the labels beside."""
    organisation = entering.organisation_for(request, slug)
    if request.method == "POST":
        organisation = access.organisation_editable_by(request.user, slug)
    found = door.facts_of(organisation)
    seen = request.POST.get("revision", str(found.revision))
    form = FactsForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        if _kept(organisation, request.user, form, seen):
            messages.success(request, _("C’est noté : le calendrier suit."))
            return redirect("calendar:home", slug)
        form.add_error(
            None,
            _("Quelqu’un a changé ces réponses pendant que vous écriviez. Relisez-les, puis enregistrez de nouveau."),
        )
        seen = str(door.facts_of(organisation).revision)
    labels = HeldLabel.objects.filter(organisation=organisation)
    told = [(field.label, _said(found, field.name)) for field in form if _said(found, field.name)]
    shown = {"form": form, "revision": seen, "labels": labels, "told": told}
    return render(request, "calendar/facts.html", shown, status=409 if form.non_field_errors() else 200)


def _said(row: Facts, name: str) -> str:
    """A fact as people read it, '' when nobody said it."""
    value = getattr(row, name)
    if name == "nature":
        return str(row.get_nature_display()) if value else ""
    if isinstance(value, bool):
        return _("oui") if value else ""
    if value is None:
        return ""
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, date) else numbers.count(value, language())


def _kept(organisation: Any, actor: Any, form: FactsForm, seen: str) -> bool:
    """False when these facts changed since the form was shown; nothing is kept then."""
    with transaction.atomic():
        row, _new = Facts.objects.select_for_update().get_or_create(organisation=organisation)
        if str(row.revision) != seen:
            return False
        for name in form.Meta.fields:
            setattr(row, name, form.cleaned_data[name])
        row.revision += 1
        row.save()
        journal.record(organisation, actor, "calendar.facts_changed", {"changed": ", ".join(form.changed_data)})
    return True


@require_http_methods(["GET", "POST"])
def new_label(request: HttpRequest, slug: str) -> HttpResponse:
    """One more label held."""
    organisation = access.organisation_editable_by(request.user, slug)
    return _label(request, organisation, HeldLabel(organisation=organisation), "calendar.label_added")


@require_http_methods(["GET", "POST"])
def label(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One label, corrected."""
    organisation = access.organisation_editable_by(request.user, slug)
    found = get_object_or_404(HeldLabel, organisation=organisation, pk=pk)
    return _label(request, organisation, found, "calendar.label_changed")


@require_POST
def remove_label(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A label that is no longer followed."""
    organisation = access.organisation_editable_by(request.user, slug)
    found = get_object_or_404(HeldLabel, organisation=organisation, pk=pk)
    with transaction.atomic():
        journal.record(organisation, request.user, "calendar.label_removed", {"name": found.name})
        found.delete()
    messages.success(request, _("Label retiré du calendrier."))
    return redirect("calendar:facts", slug)


def _label(request: HttpRequest, organisation: Any, row: HeldLabel, action: str) -> HttpResponse:
    name, seen = row.name, request.POST.get("seen", _mark(row))
    stands: list[tuple[str, str]] = []
    form = LabelForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        changed = _changed_meanwhile(organisation, form, seen, action, request.user)
        if changed is None:
            messages.success(request, _("Label noté."))
            return redirect("calendar:facts", organisation.slug)
        words = _("Quelqu’un a changé ce label pendant que vous écriviez. Lisez ce qui est en place, puis enregistrez de nouveau pour le remplacer par le vôtre.")  # fmt: skip
        form.add_error(None, words)
        seen, stands = _mark(changed), onscreen.stands(form, model_to_dict(changed))
    shown = {"form": form, "label": row, "name": name, "seen": seen, "stands": stands}
    return render(request, "calendar/label.html", shown, status=409 if form.non_field_errors() else 200)


def _changed_meanwhile(organisation: Any, form: LabelForm, seen: str, action: str, actor: Any) -> HeldLabel | None:
    """Keep the label of the form; else the row as somebody else left it since it was shown. Sent twice, it is kept once."""
    row = form.instance
    with alone(organisation):
        held = HeldLabel.objects.filter(organisation=organisation)
        now = get_object_or_404(held, pk=row.pk) if row.pk else None
        if held.filter(**form.cleaned_data, **({"pk": row.pk} if row.pk else {})).exists():
            return None
        if now is not None and _mark(now) != seen:
            return now
        before = {one: str(form.initial[one] or "") for one in form.changed_data} if row.pk else {}
        form.save()
        journal.record(organisation, actor, action, {"name": row.name} | ({"before": before} if before else {}))
    return None


def _mark(row: HeldLabel) -> str:
    """What tells a label from the same label changed."""
    told = "\0".join(str(getattr(row, name)) for name in LabelForm.Meta.fields)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
