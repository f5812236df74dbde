"""Values: all those of an indicator, one with its papers, given by form, corrected, recomputed, taken from meters."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from terreau.app.accounts import access
from terreau.app.evidence import door as evidence
from terreau.app.indicators import board, entering, fields, given, metering, showing, valuing
from terreau.app.indicators.models import KeptValue
from terreau.app.indicators.naming import FACET, address, value_subject
from terreau.app.language import language
from terreau.indicators import words
from terreau.indicators.definition import Indicator
from terreau.indicators.series import groups, series
from terreau.indicators.values import Value
from terreau.kernel.errors import TerreauError

ROWS = 20
ORIGINS = {"meter": lambda: _("compteur de Terreau"), "form": lambda: _("saisie"), "file": lambda: _("fichier")}


@require_GET
def values(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    """Every value ever recorded of one indicator, those replaced included."""
    organisation, one = entering.indicator_for(request, slug, place)
    kept = board.values_of(organisation, [one.key]).get(one.key, [])
    used, told_again = _in_force(one.key, kept)
    listed = sorted(kept, key=lambda value: (value.on, value.moment), reverse=True)
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    rows = [
        {"value": value, "text": showing.written(value.value, value.unit), "when": showing.when(value), "in_force": value.id in used,
         "interval": showing.between(value.interval, value.unit), "url": address("value", organisation, one.key, value.id),
         "state": _state(value, used, told_again), "origin": ORIGINS[value.origin](), "method": showing.method(value.method_mark)}
        for value in page
    ]  # fmt: skip
    return render(request, "indicators/values.html", entering.around(organisation, one) | {"page": page, "rows": rows})


@require_GET
def value(request: HttpRequest, slug: str, place: str, pk: UUID) -> HttpResponse:
    """One value: who signed it, how it was obtained, its papers, its evidence, what it replaced."""
    row, one = _value_for(request, slug, place, pk, access.organisation_examinable_by)
    organisation = row.organisation
    kept = board.values_of(organisation, [one.key]).get(one.key, [])
    told = series(one.key, kept, row.group)
    held = row.as_value()
    used, told_again = _in_force(one.key, kept)
    tied = evidence.panel(organisation, value_subject(row.pk), evidence.opened_to(request.user, organisation))
    shown = {
        "row": row, "value": held, "method": showing.method(held.method_mark), "text": showing.written(row.value, row.unit), "interval": showing.between(held.interval, row.unit),
        "when": showing.when(held), "origin": ORIGINS[row.origin](), "in_force": valuing.in_force(row),
        "state": _state(held, used, told_again), "papers": metering.papers_of(row.papers), "perimeter": row.papers.get("perimeter", ()),
        "evidence": tied, "subject": value_subject(row.pk), "facet": FACET,
        "terms": [showing.figure(term, "count") for term in (row.numerator, row.denominator) if term is not None],
        "history": [_step(each, organisation, one) for each in told.history(str(row.pk)) if each.id != str(row.pk)],
        "others": [_step(each, organisation, one) for each in kept if each.recomputes in (str(row.pk), *_heads(told.history(str(row.pk))))],
        "numerator": one.numerator.in_(language()), "denominator": one.denominator.in_(language()) if one.denominator else "",
    }  # fmt: skip
    return render(request, "indicators/value.html", entering.around(organisation, one) | shown)


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    """Give a value."""
    organisation, one = entering.indicator_for(request, slug, place, access.organisation_contributable_by)
    kept = board.values_of(organisation, [one.key]).get(one.key, [])
    if request.method != "POST":
        return _form(request, organisation, one, {"method": _last_method(one.key, kept)}, known=kept)
    return _sent(
        request, organisation, one, kept, lambda found: valuing.give(organisation, access.person(request), found)
    )


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, slug: str, place: str, pk: UUID) -> HttpResponse:
    """Correct a value: the older one stays, with the reason."""
    row, one = _value_for(request, slug, place, pk, access.organisation_contributable_by)
    if request.method != "POST" and not valuing.in_force(row):
        raise Http404  # what is sent is read all the same: refused, it stays on the page
    shown: dict[str, Any] = {"row": row, "correcting": True}
    if request.method != "POST":
        return _form(request, row.organisation, one, given.cells_of(one, row.as_value()), **shown)
    if "away" in request.POST:
        return _done(
            request,
            row.organisation,
            one,
            shown,
            lambda: valuing.correct(
                row, access.person(request), fields.plain(request.POST.get("explained", ""), 2000), None
            ),
        )
    explained = fields.plain(request.POST.get("explained", ""), 2000)
    return _sent(
        request,
        row.organisation,
        one,
        [],
        lambda found: valuing.correct(row, access.person(request), explained, found),
        day=row.on,
        **shown,
    )


@require_http_methods(["GET", "POST"])
def recompute(request: HttpRequest, slug: str, place: str, pk: UUID) -> HttpResponse:
    """Tell a day again with a newer method, so that it compares with what follows."""
    row, one = _value_for(request, slug, place, pk, access.organisation_contributable_by)
    if row.value is None or (request.method != "POST" and not valuing.in_force(row)):
        raise Http404
    shown: dict[str, Any] = {"row": row, "recomputing": True}
    if request.method != "POST":
        kept = board.values_of(row.organisation, [one.key]).get(one.key, [])
        return _form(request, row.organisation, one, {"method": _last_method(one.key, kept)}, **shown)
    return _sent(
        request,
        row.organisation,
        one,
        [],
        lambda found: valuing.recompute(row, access.person(request), found),
        day=row.on,
        **shown,
    )


@require_http_methods(["GET", "POST"])
def meters(request: HttpRequest, slug: str) -> HttpResponse:
    """« Que mesure Terreau de lui-même ? »"""
    may = access.organisation_contributable_by if request.method == "POST" else access.organisation_examinable_by
    organisation = may(request.user, slug)
    rows = board.followings(organisation)
    told = [line for line in board.lines(organisation, rows, timezone.localdate()) if line.one.meter is not None]
    found = metering.readings(told, metering.measures(organisation) if told else (), valuing.signature(request.user))
    if request.method == "POST":
        wanted = set(request.POST.getlist("key"))
        count = valuing.take(
            organisation, access.person(request), [one for one in found if one.line.one.key in wanted and one.news]
        )
        if count:
            messages.success(
                request, ngettext("%(n)s valeur enregistrée.", "%(n)s valeurs enregistrées.", count) % {"n": count}
            )
        else:
            messages.info(request, _("Rien de nouveau à enregistrer."))
        return redirect("indicators:meters", slug)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    shown = {"page": page, "readings": list(page), "fresh": [one for one in page if one.news], "followed": len(rows)}
    return render(request, "indicators/meters.html", shown)


def _value_for(request: HttpRequest, slug: str, place: str, pk: UUID, may: Any) -> tuple[KeptValue, Indicator]:
    organisation, one = entering.indicator_for(request, slug, place, may)
    row = get_object_or_404(KeptValue.objects.select_related("by"), organisation=organisation, indicator=one.key, pk=pk)
    row.organisation = organisation
    return row, one


def _sent(
    request: HttpRequest,
    organisation: Any,
    one: Indicator,
    known: list[Value],
    write: Any,
    *,
    day: Any = None,
    **shown: Any,
) -> HttpResponse:
    """Read what was typed; write it when nothing is refused and what is doubtful was looked at."""
    typed = {name: request.POST.get(name, "") for name in given.TYPED} | ({"date": day.isoformat()} if day else {})
    found = given.read(
        one,
        typed,
        known,
        at=timezone.localdate(),
        recorded_at=timezone.now(),
        signed_by=valuing.signature(request.user),
    )
    refused, doubts = given.refused(found), given.doubts(found)
    if refused or found.value is None or (doubts and "sure" not in request.POST):
        return _form(request, organisation, one, typed, refused=refused, doubts=doubts, known=known, **shown)
    value = found.value
    return _done(request, organisation, one, shown | {"typed": typed, "doubts": doubts}, lambda: write(value))


def _done(request: HttpRequest, organisation: Any, one: Indicator, shown: dict[str, Any], write: Any) -> HttpResponse:
    try:
        made = write()
    except TerreauError as trouble:
        typed = shown.pop("typed", None) or {name: request.POST.get(name, "") for name in given.TYPED}
        return _form(request, organisation, one, typed, trouble=trouble, **shown)
    messages.success(request, _("Valeur enregistrée et signée."))
    return redirect(address("value", organisation, one.key, made.pk))


def _form(request: HttpRequest, organisation: Any, one: Indicator, typed: dict[str, Any], *, refused: Any = (), doubts: Any = (),
          trouble: TerreauError | None = None, known: Any = (), **shown: Any) -> HttpResponse:  # fmt: skip
    told = [(each.column or "value", showing.told(each)) for each in refused]
    shown |= {
        "typed": typed, "refused": told, "wrong": {column for column, _words in told}, "doubts": [showing.told(each) for each in doubts],
        "trouble": trouble.words(language()) if trouble else None, "unit": showing.unit_mark(one.unit) or _unit(one.unit),
        "numerator": one.numerator.in_(language()), "denominator": one.denominator.in_(language()) if one.denominator else "",
        "frequency": words.FREQUENCIES[one.frequency].in_(language()), "groups": [each for each in groups(one.key, known) if each][:30],
    }  # fmt: skip
    status = 400 if refused or trouble else 200
    return render(request, "indicators/give.html", entering.around(organisation, one) | shown, status=status)


def _in_force(key: str, kept: list[Value]) -> tuple[set[str], set[str]]:
    """Identifiers of the values drawn, and of those that a recomputed value stands for."""
    points = [point for group in groups(key, kept) for point in series(key, kept, group).points]
    return {point.used.id for point in points}, {point.original.id for point in points if point.is_recomputed}


def _state(value: Value, used: set[str], told_again: set[str]) -> tuple[str, str]:
    if value.id in used:
        return ("ok", _("recalculée, en vigueur")) if value.recomputes else ("ok", _("en vigueur"))
    if value.id in told_again:
        return "info", _("telle que mesurée alors ; recalculée depuis")
    return "warn", _("retirée") if value.value is None else _("remplacée")


def _step(value: Value, organisation: Any, one: Indicator) -> dict[str, Any]:
    return {"value": value, "text": showing.written(value.value, value.unit) if value.value is not None else _("valeur retirée"),
            "url": address("value", organisation, one.key, value.id), "method": showing.method(value.method_mark)}  # fmt: skip


def _heads(held: tuple[Value, ...]) -> tuple[str, ...]:
    return tuple(each.id for each in held)


def _last_method(key: str, kept: list[Value]) -> str:
    point = board.main_series(key, kept, timezone.localdate()).latest(timezone.localdate())
    return point.used.method if point and point.used.origin != "meter" else ""


def _unit(unit: str) -> str:
    from terreau.indicators.units import unit_name

    return unit_name(unit, language())
