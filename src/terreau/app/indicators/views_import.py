"""Bringing values in from a file: what was understood is shown, then kept or forgotten."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.indicators import board, showing, taking
from terreau.app.indicators.models import ValuesFile
from terreau.app.indicators.naming import definitions_of
from terreau.app.language import language
from terreau.indicators.value_columns import TO_FILL
from terreau.indicators.values import Value
from terreau.kernel.errors import TerreauError
from terreau.publishing import numbers

ROWS = 12
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    """Drop a file of values."""
    organisation = access.organisation_contributable_by(request.user, slug)
    refusal = None
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise TerreauError("app.values_no_file")
            draft = taking.begin(organisation, access.person(request), upload)
        except TerreauError as refused:
            refusal = refused.words(language())
        else:
            return redirect("indicators:understood", slug, draft.pk)
    waiting = ValuesFile.objects.filter(organisation=organisation, taken=None).defer("read")[:10]
    columns = [
        (one.en if language() == "en" else one.fr, one.help_en if language() == "en" else one.help_fr, one.required)
        for one in TO_FILL
    ]
    shown = {"refusal": refusal, "waiting": waiting, "columns": columns}
    return render(request, "indicators/bring.html", shown, status=400 if refusal else 200)


@require_GET
def template(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """The file to fill in, one line begun for each indicator followed."""
    from terreau.indicators.value_columns import template as made

    organisation = access.organisation_contributable_by(request.user, slug)
    if format not in FORMATS:
        raise Http404
    keys = [row.indicator for row in board.followings(organisation)]
    answer = HttpResponse(
        made(format, language(), definitions_of(organisation, keys).values()), content_type=FORMATS[format]
    )
    name = _("valeurs-a-remplir")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return answer


@require_http_methods(["GET", "POST"])
def understood(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """« Qu’avez-vous compris de mon fichier ? »"""
    organisation = access.organisation_contributable_by(request.user, slug)
    draft = get_object_or_404(ValuesFile, organisation=organisation, pk=pk)
    draft.organisation = organisation
    refusal = None
    if request.method == "POST":
        try:
            count = taking.accept(draft, access.person(request), request.POST.get("take", taking.SURE))
        except TerreauError as refused:
            refusal = refused.words(language())
        else:
            if count is None:
                messages.warning(
                    request, _("Des valeurs ont changé depuis la lecture : le fichier a été relu, regardez encore.")
                )
                return redirect("indicators:understood", slug, pk)
            messages.success(
                request, ngettext("%(n)s valeur enregistrée.", "%(n)s valeurs enregistrées.", count) % {"n": count}
            )
            return redirect("indicators:board", slug)
    return render(request, "indicators/understood.html", _shown(request, organisation, draft) | {"refusal": refusal})


@require_POST
def forget(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Leave the file aside, with nothing kept."""
    organisation = access.organisation_contributable_by(request.user, slug)
    draft = get_object_or_404(ValuesFile, organisation=organisation, pk=pk)
    draft.organisation = organisation
    try:
        taking.forget(draft, access.person(request))
    except TerreauError as refused:
        messages.error(request, str(refused.words(language())))
    else:
        messages.success(request, _("Fichier oublié, rien n’a été enregistré."))
    return redirect("indicators:bring", slug)


def _shown(request: HttpRequest, organisation: Any, draft: ValuesFile) -> dict[str, Any]:
    lang, told = language(), draft.read
    outcome = request.GET.get("lignes", "")
    counts = told["counts"]
    listed = (
        [one for one in told["lines"] if one["outcome"] == outcome]
        if outcome in ("accepted", "doubtful", "rejected")
        else told["lines"]
    )
    listed = (
        sorted(listed, key=lambda one: ("rejected", "doubtful", "accepted").index(one["outcome"]))
        if not outcome
        else listed
    )
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    known = definitions_of(organisation, {one["value"]["indicator"] for one in page if one["value"]})
    kinds = [("", _("Toutes"), counts["lines"]), ("accepted", _("sûres"), counts["accepted"]), ("doubtful", _("à regarder"), counts["doubtful"]),
             ("rejected", _("laissées de côté"), counts["rejected"])]  # fmt: skip
    return {
        "draft": draft, "counts": counts, "page": page, "rows": [_row(one, known, lang) for one in page], "kinds": kinds, "outcome": outcome,
        "sheets": told["sheets"], "findings": [one[lang] for one in told["findings"][:10]], "both": counts["accepted"] + counts["doubtful"],
    }  # fmt: skip


def _row(one: dict[str, Any], known: dict[str, Any], lang: str) -> dict[str, Any]:
    row = {
        "line": one["line"],
        "sheet": one["sheet"],
        "outcome": one["outcome"],
        "remarks": [each[lang] for each in one["remarks"]],
    }
    if one["value"]:
        value = Value.from_json(one["value"])
        row |= {"name": known[value.indicator].name.in_(lang), "group": value.group, "when": showing.when(value),
                "text": _exact(value.value, value.unit), "interval": _between(value)}  # fmt: skip
    return row


def _between(value: Value) -> str:
    held = value.interval
    if held is None or held.is_exact:
        return ""
    told = {"low": _digits(held.low), "high": _exact(held.high, value.unit)}
    return _("de %(low)s à %(high)s") % told


def _exact(value: float | None, unit: str) -> str:
    """A value with its unit, every digit that was read: whoever wrote the file compares."""
    return showing.joined(_digits(value), unit) if value is not None else showing.figure(None, unit)


def _digits(value: float) -> str:
    """Fifteen significant digits at most: beyond, binary fractions write digits of their own."""
    text = f"{Decimal(f'{value:.15g}'):f}"
    places = len(text.partition(".")[2].rstrip("0"))
    return numbers.decimal(value, language(), places)
