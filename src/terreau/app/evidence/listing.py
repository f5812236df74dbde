"""The pieces as pages list them: filtered, ordered, with what is wrong with each on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from terreau.app.evidence import door
from terreau.app.evidence.models import Evidence, EvidenceLink

SOON = timedelta(days=60)
STATES: dict[str, str | Promise] = {
    "": _lazy("gardées"),
    "perimees": _lazy("périmées"),
    "bientot": _lazy("périmées sous 60 jours"),
    "libres": _lazy("rattachées à rien"),
    "contestees": _lazy("contestées"),
    "retirees": _lazy("retirées ou remplacées"),
}
HEADERS = ("title", "kind", "received_on", "effective_on", "period_start", "period_end", "valid_until", "scope_percent",
           "confidentiality", "owner", "name", "sha256", "size", "url", "url_status", "figure_text", "withdrawn_on",
           "withdrawn_why", "links")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of a list: itself, and the words of what is wrong with it."""

    piece: Evidence
    chip: str
    words: str


def offered() -> dict[str, str]:
    """The orders of the list, by key."""
    return {"arrivee": _("arrivée"), "fin": _("fin de validité"), "titre": _("titre"), "liens": _("réponses appuyées")}


def listed(
    organisation: Any, user: Any, *, state: str = "", order: str = "arrivee", words: str = ""
) -> QuerySet[Evidence]:
    """The pieces this person may see, in one state, in one order, whose title or file holds ``words``."""
    here = Evidence.objects.visible_to(user).filter(organisation=organisation)
    seen = _in_state(here, state).annotate(tied=Count("links", distinct=True))
    if words.strip():
        seen = seen.filter(Q(title__icontains=words.strip()) | Q(name__icontains=words.strip()))
    by = {
        "arrivee": ("-received_on",),
        "fin": (F("valid_until").asc(nulls_last=True), "title"),
        "titre": ("title",),
        "liens": ("-tied", "title"),
    }
    return seen.order_by(*by.get(order, by["arrivee"]), "pk")


def usable(organisation: Any, user: Any, words: str = "") -> QuerySet[Evidence]:
    """The pieces that may support one more answer."""
    return listed(organisation, user, words=words)


def choices(organisation: Any, user: Any, state: str) -> dict[str, Any]:
    """What a list offers around its rows: its states with their counts, whether anything is there, what may be done."""
    seen = Evidence.objects.visible_to(user).filter(organisation=organisation)
    counts = [(key, words, _in_state(seen, key).distinct().count()) for key, words in STATES.items()]
    links = seen.filter(withdrawn_on=None).exclude(url="").count()
    return {"states": counts, "state": state, "any": any(n for _key, _words, n in counts), "web_links": links}


def rows(found: Iterable[Evidence], on: date) -> list[Row]:
    """Each piece with what is wrong with it on that day."""
    return [Row(piece, *trouble(piece, on)) for piece in found]


def trouble(piece: Evidence, on: date) -> tuple[str, str]:
    """(the look of a chip, its words): the gravest thing to know about a piece; ("", "") when all is well."""
    if piece.withdrawn_on:
        return "bad", _("retirée")
    if piece.replaced_by_id:
        return "info", _("remplacée")
    if piece.held_back:
        return "warn", _("en attente de l’antivirus")
    if piece.valid_until and piece.valid_until < on:
        return "bad", _("périmée")
    if piece.silent:
        return "warn", _("lien muet")
    if piece.valid_until and piece.valid_until < on + SOON:
        return "warn", _("bientôt périmée")
    if not (piece.effective_on or piece.period):
        return "info", _("sans date")
    return "", ""


def told(organisation: Any, user: Any, piece: Evidence) -> dict[str, Any]:
    """What the page of a piece shows beside it: what it supports, its state, who may do what."""
    links = []
    for link in piece.links.all():
        subject = door.subject_of(organisation, user, link.subject)
        facets = dict(subject.facets) if subject else {}
        links.append({"link": link, "subject": subject, "facet": facets.get(link.facet, link.facet)})
    chip, words = trouble(piece, timezone.localdate())
    may_judge = door.may_judge(organisation, user)
    seen = Evidence.objects.visible_to(user).filter(organisation=organisation)
    return {"links": links, "chip": chip, "chip_words": words, "may_judge": may_judge,
            "older": seen.filter(replaced_by=piece), "newer": seen.filter(replaces=piece).first()}  # fmt: skip


def cells(organisation: Any, user: Any) -> Iterator[list[Any]]:
    """Every piece as a row of HEADERS."""
    found = (
        Evidence.objects.visible_to(user).filter(organisation=organisation).annotate(tied=Count("links", distinct=True))
    )
    for piece in found:
        yield [_cell(getattr(piece, name)) for name in HEADERS[:-1]] + [piece.tied]


def _cell(value: Any) -> Any:
    return "" if value is None else value.isoformat() if isinstance(value, date) else value


def _in_state(seen: QuerySet[Evidence], state: str) -> QuerySet[Evidence]:
    today = timezone.localdate()
    standing = seen.filter(withdrawn_on=None, replaced_by=None)
    if state == "retirees":
        return seen.filter(Q(withdrawn_on__isnull=False) | Q(replaced_by__isnull=False))
    if state == "perimees":
        return standing.filter(valid_until__lt=today)
    if state == "bientot":
        return standing.filter(valid_until__gte=today, valid_until__lt=today + SOON)
    if state == "libres":
        return standing.filter(links=None)
    if state == "contestees":
        disputed = EvidenceLink.objects.filter(opinion__in=("questioned", "refused")).values("evidence")
        return standing.filter(pk__in=disputed)
    return standing
