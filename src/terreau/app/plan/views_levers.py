"""« Que changer, et qu’y gagnerions-nous ? »: levers with their gains on this very inventory, one alone, several together."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from terreau.app.accounts import access
from terreau.app.language import language
from terreau.app.plan import levers_exporting as exporting
from terreau.app.plan import levers_joint as joined
from terreau.app.plan import levers_reading as reading
from terreau.app.plan import levers_showing as showing
from terreau.app.plan import levers_words as words
from terreau.app.plan.lever_card import card
from terreau.kernel.errors import TerreauError

Shown = dict[str, Any]


@require_GET
def levers(request: HttpRequest, slug: str) -> HttpResponse:
    """Levers by kind and domain; only those computed on the inventory are ranked."""
    organisation = access.organisation_examinable_by(request.user, slug)
    every = reading.catalogue(organisation)
    kinds = words.kinds()
    kind = request.GET.get("nature", "") if request.GET.get("nature", "") in kinds else "computed"
    of_kind = [one for one in every if one.kind == kind]
    domains = {key: name for key, name in words.domains().items() if any(one.domain == key for one in of_kind)}
    domain = request.GET.get("domaine", "") if request.GET.get("domaine", "") in domains else ""
    listed = [one for one in of_kind if domain in ("", one.domain)]
    shown: Shown = {
        "kind": kind, "domain": domain, "tabs": [(key, name, sum(one.kind == key for one in every)) for key, name in kinds.items()],
        "domains": [(key, name, sum(one.domain == key for one in of_kind)) for key, name in domains.items()], "total": len(of_kind),
        "broken": reading.packs.broken(organisation, reading.packs.LEVERS),
    }  # fmt: skip
    if kind == "computed":
        criterion, years = words.asked(request.GET.get("critere")), reading.horizon(request.GET.get("annees"))
        shown |= _choices(request, criterion.key, years) | _gained(organisation, every, listed, criterion, years)
    else:
        shown["levers"] = [card(one, organisation) for one in listed]
    return render(request, "plan/levers.html", shown)


@require_GET
def one_more_year(request: HttpRequest, slug: str) -> HttpResponse:
    """« Ce que vaut un an de plus », category by category."""
    organisation = access.organisation_examinable_by(request.user, slug)
    criterion, years = words.asked(request.GET.get("critere")), reading.horizon(request.GET.get("annees"))
    shown = _choices(request, criterion.key, years)
    told, refused = _told(lambda: reading.gains(organisation, criterion.key, years))
    shown |= {"refused": refused, "empty": told is None and not refused}
    if told:
        shown["gains"] = showing.gains(told["life"], {}, slug, criterion)
    return render(request, "plan/one_more_year.html", shown)


@require_GET
def lever(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One lever: what it changes, what it brings on every criterion with the setting somebody tries, its price, its papers."""
    from terreau.levers import lever as known
    from terreau.levers import parse
    from terreau.plan.changes import change_of

    organisation = access.organisation_examinable_by(request.user, slug)
    own = reading.packs.own_levers(organisation)
    try:
        found = known(key, own)
    except TerreauError as unknown:
        raise Http404 from unknown
    if found.key != key and found.origin != "generic":
        raise Http404
    years = reading.horizon(request.GET.get("annees"))
    shown: Shown = _choices(request, words.FIRST[0], years) | card(found, organisation) | {"lever": found}
    if found.kind != "computed":
        return render(request, "plan/lever.html", shown)
    typed = request.GET.get("valeur", "").strip()[:40]
    chosen, refused = _told(lambda: parse(f"{found.key}={typed}" if typed else found.key, own))
    if chosen is None:
        chosen, refusal = parse(found.key, own), refused
        refused = None
    else:
        refusal = None
    text = showing.typed(chosen.lever.key, chosen.value, change_of(chosen).operator)
    told, refused = _told(lambda: reading.one(organisation, text, years))
    shown |= {
        "typed": typed, "refusal": refusal, "refused": refused, "empty": told is None and not refused, "text": text,
        "changes": words.changed(found), "setting": words.setting(found, chosen.value, chosen.operator),
        "value": chosen.value, "without_object": bool(told and told["left_out"]),
        "rows": showing.by_criterion(told["gains"][0]) if told and told["gains"] else (),
        "headline": showing.headline(told["gains"][0]) if told and told["gains"] else None,
        "worsens": showing.worsens(told["gains"][0]) if told and told["gains"] else (),
        "commit": showing.commit_url(slug, found.key, chosen.value, chosen.operator),
        "beside": f"{reverse('plan:together', args=[slug])}?{urlencode({'levier': text})}",
    }  # fmt: skip
    return render(request, "plan/lever.html", shown)


@require_GET
def together(request: HttpRequest, slug: str) -> HttpResponse:
    """Several levers at once: their joint gain, and what adding them one by one would count twice."""
    organisation = access.organisation_examinable_by(request.user, slug)
    every = reading.catalogue(organisation)
    criterion, years = words.asked(request.GET.get("critere")), reading.horizon(request.GET.get("annees"))
    chosen, refusal = _chosen(organisation, request.GET.getlist("levier"))
    shown: Shown = _choices(request, criterion.key, years) | {
        "most": reading.MOST_TOGETHER,
        "too_many": len(chosen) > reading.MOST_TOGETHER,
        "refusal": refusal,
    }
    known = {one.key: one for one in every}
    ranked, refused = _told(lambda: reading.gains(organisation, words.FIRST[0], reading.HORIZONS[0]))
    shown |= {"refused": refused, "empty": ranked is None and not refused}
    if ranked:
        shown["offered"] = joined.offered(ranked["levers"], known, chosen)
    if ranked and len(chosen) > 1 and not (shown["too_many"] or refusal):
        told, refusal = _told(lambda: reading.together(organisation, chosen, years))
        shown |= {"refusal": refusal, "joint": joined.joint(told, known, slug, criterion) if told else None}
    return render(request, "plan/together.html", shown | {"chosen": chosen})


def _chosen(organisation: Any, texts: list[str]) -> tuple[list[str], Any]:
    """The levers ticked, each once and written one way only; or as they came, with the words of what is wrong with them."""
    told = [text.strip()[:80] for text in texts[:100] if text.strip()]
    changes, refusal = _told(lambda: reading.changes_of(organisation, told))
    if changes is None:
        return list(dict.fromkeys(told)), refusal
    return list(dict.fromkeys(showing.typed(one.key, one.value, one.operator) for one in changes)), None


@require_GET
def levers_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every lever, with its gain on every criterion when it is computed."""
    organisation = access.organisation_examinable_by(request.user, slug)
    years = reading.horizon(request.GET.get("annees"))
    told, _refused = _told(lambda: reading.gains(organisation, words.FIRST[0], years))
    return exporting.levers_csv(reading.catalogue(organisation), told, years, organisation.slug)


def _gained(organisation: Any, every: Any, listed: Any, criterion: Any, years: int) -> Shown:
    """The ranking of the levers listed; without inventory they are listed all the same."""
    slug = organisation.slug
    told, refused = _told(lambda: reading.gains(organisation, criterion.key, years))
    if told is None:
        return {"refused": refused, "empty": refused is None, "levers": [card(one, organisation) for one in listed]}
    known, wanted = {one.key: one for one in every}, {one.key for one in listed}
    kept = {name: [one for one in told["levers"][name] if one["key"] in wanted] for name in ("gains", "left_out")}
    seen = {one["key"] for name in kept for one in kept[name]}
    return {
        "gains": showing.gains(kept, known, slug, criterion), "left_out": showing.left_out(kept, known, slug),
        "unknown": [card(one, organisation) for one in listed if one.key not in seen],
    }  # fmt: skip


def _choices(request: HttpRequest, criterion: str, years: int) -> Shown:
    """Criterion and horizon, as links that keep the rest of the address."""
    keys = list(words.FIRST) if criterion in words.FIRST else [*words.FIRST, criterion]
    return {
        "criterion": words.short(criterion), "criterion_key": criterion, "years": years,
        "criteria": [(key, words.short(key), key == criterion) for key in keys],
        "horizons": [(one, one == years) for one in reading.HORIZONS],
    }  # fmt: skip


def _told(ask: Any) -> tuple[Any, Any]:
    """What is asked, or the words of its refusal."""
    try:
        return ask(), None
    except TerreauError as refused:
        return None, refused.words(language())
