"""The papers of every figure: all packs, one pack, and the organisation's own."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.language import language
from terreau.app.sources import dropping, showing
from terreau.app.sources.models import OwnPack
from terreau.factors.packs import Pack
from terreau.kernel.errors import TerreauError


@require_http_methods(["GET", "POST"])
def packs(request: HttpRequest, slug: str) -> HttpResponse:
    """Every pack with its age; dropping one's own here."""
    refusal = None
    if request.method == "POST":
        organisation = access.organisation_editable_by(request.user, slug)
        try:
            kept = dropping.keep(organisation, request.user, _uploads(request))
        except TerreauError as error:
            refusal = error.words(language())
        else:
            for papers in kept:
                messages.success(request, showing.kept(papers))
            return redirect("sources:packs", slug)
    else:
        organisation = access.organisation_readable_by(request.user, slug)
    own = [showing.pack_row(dropping.load(one), one.pk) for one in dropping.own_packs(organisation)]
    shipped = [showing.pack_row(one) for one in _factor_set().packs]
    facts = {"shipped": shipped, "own": own, "refusal": refusal, "set_key": _factor_set().key,
             "most_megabytes": dropping.MOST_BYTES // 1024 // 1024}  # fmt: skip
    return render(request, "sources/packs.html", facts, status=400 if refusal else 200)


@require_GET
def pack(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The papers of one pack and what it holds."""
    return render(request, "sources/pack.html", _facts(_shipped(request, slug, key), key=key))


@require_GET
def pack_csv(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The figures of one pack."""
    return _csv(_shipped(request, slug, key), key)


@require_GET
def own(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """The papers of one pack of the organisation."""
    row = _own(access.organisation_readable_by(request.user, slug), pk)
    return render(request, "sources/pack.html", _facts(dropping.load(row), own=row))


@require_POST
def remove(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Take one's own pack away."""
    row = _own(access.organisation_editable_by(request.user, slug), pk)
    dropping.remove(row, request.user)
    messages.success(request, gettext("Jeu de facteurs retiré : l'empreinte s'appuie de nouveau sur les autres."))
    return redirect("sources:packs", slug)


def _uploads(request: HttpRequest) -> list[Any]:
    sent = request.FILES.getlist("files")[: settings.UPLOAD_MAX_FILES]
    if not sent:
        raise TerreauError("factors.nothing_there", where="–")
    if sum(one.size or 0 for one in sent) > dropping.MOST_BYTES:
        size = sum(one.size or 0 for one in sent) // 1024 // 1024
        raise TerreauError(
            "app.pack_too_heavy", name=str(sent[0].name)[:120], size=size, limit=dropping.MOST_BYTES // 1024 // 1024
        )
    return sent


def _factor_set() -> Any:
    from terreau.factors.catalogue import factor_set  # late: it reads the packs

    return factor_set()


def _shipped(request: HttpRequest, slug: str, key: str) -> Pack:
    access.organisation_readable_by(request.user, slug)
    found = next((one for one in _factor_set().packs if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _own(organisation: Any, pk: Any) -> OwnPack:
    return get_object_or_404(OwnPack.objects.filter(organisation=organisation).select_related("organisation"), pk=pk)


def _facts(found: Pack, key: str = "", own: OwnPack | None = None) -> dict[str, Any]:
    papers = found.papers
    return {
        "title": showing.title(found.key, papers.title), "publisher": showing.publisher(found.key, papers.publisher),
        "pack": found, "key": key, "own": own, "papers": papers, "facts": showing.papers_facts(found),
        "state": showing.state(papers), "redistribution": showing.redistribution(found.redistribution),
        "link": papers.link if papers.link.startswith(("https://", "http://")) else "",
        "note": papers.note(language()),
        "contents": showing.contents(found), "aside": showing.set_aside(found), "inside": showing.sources_inside(found),
    }  # fmt: skip


def _csv(found: Pack, key: str) -> HttpResponse:
    from terreau.tables.export import write_csv

    heads, rows = showing.csv_table(found)
    target = io.StringIO()
    write_csv(rows, heads, target)
    answer = HttpResponse("\ufeff" + target.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{key}.csv"'
    return answer
