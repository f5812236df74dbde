"""Writing a report: one part, its figures again, its publication, its end."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.reports import composing, entering, writing
from terreau.app.reports.composing import Standing
from terreau.app.reports.forms import PassageForm
from terreau.app.reports.models import Report


@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, slug: str, pk: Any, key: str) -> HttpResponse:
    """One part: the text to write, the figures under it, and the text proposed beside."""
    access.organisation_contributable_by(request.user, slug)
    found = entering.report_for(request, slug, pk)
    one = _part(found, key)
    if request.method == "POST":
        return _written(request, found, one)
    initial = {"text": one.text, "left_out": one.left_out}
    return _shown(request, found, one, PassageForm(initial=initial), revision=_revision(one))


def _part(report: Report, key: str) -> Standing:
    for one in composing.standings(report):
        if one.key == key:
            return one
    raise Http404


def _written(request: HttpRequest, report: Report, one: Standing) -> HttpResponse:
    form = PassageForm(request.POST)
    sent = request.POST.get("revision", "")
    revision = int(sent) if sent.isdecimal() and len(sent) < 9 else -1
    if not form.is_valid():
        return _shown(request, report, one, form, revision=revision, status=400)
    typed = (form.cleaned_data["text"] or "").replace("\r\n", "\n").strip()
    # The proposed text sent back as it was is no text of a person: it goes on following the figures.
    proposed = "take" in request.POST or (not one.written and typed == one.kept["text"].strip())
    try:
        writing.write(report, one.key, request.user, text=None if proposed else typed, left_out=form.cleaned_data["left_out"],
                      revision=revision, drafted=_seen(request, one))  # fmt: skip
    except writing.ChangedMeanwhile as meanwhile:
        form.add_error(
            None,
            _(
                "Quelqu’un a écrit cette partie pendant que vous écriviez : son texte est à côté. Reprenez-en ce qu’il faut, puis enregistrez."
            ),
        )
        kept = _part(report, one.key)
        return _shown(request, report, kept, form, revision=meanwhile.passage.revision, theirs=kept.text, status=409)
    messages.success(request, _("Le texte proposé est repris.") if "take" in request.POST else _("Partie enregistrée."))
    return redirect("reports:report", report.organisation.slug, report.pk)


def _seen(request: HttpRequest, one: Standing) -> str:
    """Digest of the draft this person had under their eyes; that of today when the form does not say."""
    sent = request.POST.get("drafted", "")
    return sent if re.fullmatch("[0-9a-f]{64}", sent) else one.digest


def _shown(
    request: HttpRequest,
    report: Report,
    one: Standing,
    form: PassageForm,
    *,
    revision: int,
    theirs: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = {"report": report, "part": one, "form": form, "revision": revision, "theirs": theirs}
    return render(request, "reports/part.html", shown, status=status)


def _revision(one: Standing) -> int:
    return one.passage.revision if one.passage else 0


@require_POST
def redraft(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """The figures of today; what people wrote is not touched."""
    access.organisation_editable_by(request.user, slug)
    found = entering.report_for(request, slug, pk)
    if changed := writing.redraft(found, request.user):
        told = ngettext("Une partie a de nouveaux chiffres.", "%(n)s parties ont de nouveaux chiffres.", changed) % {
            "n": changed
        }
        kept = _("Vos textes n’ont pas bougé.")
        messages.success(request, f"{told} {kept}")
    else:
        messages.info(request, _("Les chiffres n’ont pas changé."))
    return redirect("reports:report", slug, pk)


@require_POST
def publish(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """The report as it stands, kept for good under a number."""
    access.organisation_editable_by(request.user, slug)
    made = writing.publish(entering.report_for(request, slug, pk), request.user)
    messages.success(request, _("Version %(number)s publiée : elle ne changera plus.") % {"number": made.number})
    return redirect("reports:publication", slug, pk, made.number)


@require_POST
def remove(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """A report never published, forgotten."""
    access.organisation_editable_by(request.user, slug)
    if writing.remove(entering.report_for(request, slug, pk), request.user):
        messages.success(request, _("Rapport supprimé."))
        return redirect("reports:list", slug)
    messages.error(request, _("Un rapport publié ne se supprime pas."))
    return redirect("reports:report", slug, pk)
