"""The catalogue, and one indicator: its page, how it is followed, towards what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from terreau.app import onscreen
from terreau.app.accounts import access
from terreau.app.indicators import beside, entering, fields, following, page, showing
from terreau.app.indicators.board import followings, values_of
from terreau.app.indicators.forms import AimForm, FollowForm
from terreau.app.indicators.models import Following
from terreau.app.indicators.naming import address, definitions
from terreau.app.indicators.views import as_file
from terreau.app.language import language
from terreau.indicators import words
from terreau.indicators.quality import Check
from terreau.kernel.errors import TerreauError
from terreau.kernel.text import normal

ROWS = 15


@require_GET
def catalogue(request: HttpRequest, slug: str) -> HttpResponse:
    """« Lequel suivre ? »"""
    organisation = access.organisation_examinable_by(request.user, slug)
    lang, theme, asked = language(), request.GET.get("theme", ""), request.GET.get("q", "").strip()[:80]
    held = {row.indicator for row in followings(organisation)}
    found = [one for one in definitions(organisation).values() if theme not in words.THEMES or one.theme == theme]
    if asked:
        found = [one for one in found if _speaks(one, normal(asked), lang)]
    chosen = Paginator(found, ROWS).get_page(request.GET.get("page"))
    rows = [
        {"one": one, "name": one.name.in_(lang), "question": one.question.in_(lang), "unit": showing.unit_mark(one.unit),
         "source": words.SOURCES[one.source].in_(lang), "set": words.SETS[one.set].in_(lang), "followed": one.key in held,
         "url": address("indicator", organisation, one.key), "follow": address("follow", organisation, one.key)}
        for one in chosen
    ]  # fmt: skip
    themes = [(key, said.in_(lang)) for key, said in words.THEMES.items()]
    shown = {"page": chosen, "rows": rows, "theme": theme, "themes": themes, "q": asked, "total": len(found)}
    return render(request, "indicators/catalogue.html", shown)


@require_GET
def indicator(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    """One indicator: its last value, its curve, what it is, who carries it."""
    organisation, one = entering.indicator_for(request, slug, place)
    line = entering.line(organisation, one)
    shown = entering.around(organisation, one) | page.shown(organisation, line, request.GET.get("groupe", ""))
    shown |= {"beside": beside.block(one, line.unit, shown["group"])}
    return render(request, "indicators/indicator.html", shown)


@require_GET
def indicator_csv(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    """Every value of one indicator, to take away."""
    organisation, one = entering.indicator_for(request, slug, place)
    kept = values_of(organisation, [one.key], proofs=True)
    return as_file(organisation, kept.get(one.key, []), [one.key], one.short)


@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    """Follow an indicator, or change how; a full board asks which one makes room, or why one more."""
    organisation, one = entering.indicator_for(request, slug, place, access.organisation_editable_by)
    former = Following.every.filter(organisation=organisation, indicator=one.key).first()
    row = former if former and not former.left_on else None
    form = FollowForm(one, language(), request.POST or None, instance=former)
    sent = request.POST
    checks: tuple[Check, ...] = ()
    if request.method == "POST" and form.is_valid():
        seen = sent.get("revision", "")
        try:
            made = following.follow(
                organisation, access.person(request), one, form.cleaned_data, instead_of={code: sent.get(_place(code), "") for code in following.FULL},
                why=fields.plain(sent.get("why", ""), 400), seen=int(seen) if seen.isdecimal() and len(seen) < 10 else None,
            )  # fmt: skip
        except following.Crowded as full:
            checks = full.checks
        except TerreauError as refused:
            form.add_error(None, entering.refusal(refused))
        else:
            messages.success(request, _("C’est noté."))
            return redirect(address("indicator" if row or made.aims.exists() else "aim", organisation, one.key))
    shown = entering.around(organisation, one) | {
        "form": form, "row": row, "why": sent.get("why", ""), "revision": sent.get("revision", row.revision if row else ""),
        "checks": [
            {"words": showing.told(check), "place": _place(check.code), "chosen": sent.get(_place(check.code), ""),
             "takers": following.place_takers(organisation, check.code, one.key)}
            for check in checks
        ],
    }  # fmt: skip
    asked = {each["place"] for each in shown["checks"]}
    shown["settled"] = [
        (name, sent[name]) for name in map(_place, following.FULL) if checks and sent.get(name) and name not in asked
    ]
    return render(request, "indicators/follow.html", shown, status=409 if checks else 200)


@require_http_methods(["GET", "POST"])
def aim(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    """From where, to where, by when."""
    row, one = entering.followed_for(request, slug, place, access.organisation_editable_by)
    aims = list(row.aims.all())
    sent = onscreen.of(request.POST)
    again = bool(aims) if sent is None else sent > 0  # whoever had no target on screen was asked no reason
    form, stands = AimForm(one, language(), request.POST or None, again=again, initial=_proposed(row, one, aims)), []
    if request.method == "POST" and form.is_valid():
        try:
            following.aim(row, access.person(request), one, form.cleaned_data, seen=sent)
        except TerreauError as refused:
            aims = list(row.aims.all())
            # There may be one now, to give a reason against.
            form = AimForm(one, language(), request.POST, again=bool(aims))
            form.add_error(None, entering.refusal(refused))
            stands = onscreen.stands(form, _proposed(row, one, aims)) if aims else []
        else:
            messages.success(request, _("Départ et cible enregistrés."))
            return redirect(address("indicator", row.organisation, one.key))
    typical = words.target_words(one.typical_target, language()) if one.typical_target else ""
    shown = {
        "form": form,
        "row": row,
        "again": "why" in form.fields,
        "seen": onscreen.again(form, aims[-1] if aims else None, told=bool(stands)),
        "stands": stands,
        "typical": typical,
        "direction": words.DIRECTIONS[one.direction].in_(language()),
    }
    return render(request, "indicators/aim.html", entering.around(row.organisation, one) | shown)


@require_http_methods(["GET", "POST"])
def unfollow(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    """Take an indicator off the board."""
    row, one = entering.followed_for(request, slug, place, access.organisation_editable_by)
    if request.method == "POST":
        try:
            following.unfollow(row, access.person(request))
        except TerreauError as refused:
            messages.error(request, entering.refusal(refused))
        else:
            messages.success(request, _("Indicateur retiré du tableau ; ses valeurs restent."))
        return redirect("indicators:board", slug)
    return render(request, "indicators/unfollow.html", entering.around(row.organisation, one) | {"row": row})


def _place(code: str) -> str:
    """The field that says whose place is taken: place-followed, place-flagship, place-public."""
    return f"place-{code.rpartition('_')[2]}"


def _proposed(row: Following, one: Any, aims: list[Any]) -> dict[str, Any]:
    """The aim in force; before a first one, the last value known as a start."""
    if aims:
        last = aims[-1]
        return {
            "baseline_value": fields.written(last.baseline_value), "baseline_on": last.baseline_on,
            "baseline_method": last.baseline_method, "target_value": fields.written(last.target_value), "target_due": last.target_due,
        }  # fmt: skip
    value = entering.line(row.organisation, one).value
    if value is None or value.unit != one.unit:
        return {}
    return {"baseline_value": fields.written(value.value), "baseline_on": value.on, "baseline_method": value.method}


def _speaks(one: Any, asked: str, lang: str) -> bool:
    text = normal(f"{one.short} {one.name.in_(lang)} {one.question.in_(lang)}")
    return all(word in text for word in asked.split())
