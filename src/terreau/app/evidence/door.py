"""What the other rooms ask of evidence: what supports a subject, one more piece, and whether a file may be opened.

A *subject* is another room's key, opaque here ("answer:<uuid>/<criterion>"). A room that has subjects registers how
to name them (``subjects``); a room that has figures to cite registers how to list them (``figures``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count
from django.db.models.functions import Cast
from django.utils import timezone, translation

from terreau.app.accounts import access
from terreau.app.accounts.models import Role
from terreau.app.evidence import gathering
from terreau.app.evidence.models import OPENS, RECORDED, Evidence, EvidenceLink, recorded
from terreau.app.evidence.naming import Subject, subject_of, subjects
from terreau.evidence.records import EvidenceRecord, LinkRecord

__all__ = [
    "OPENS", "Citable", "Pinned", "Subject", "Tied", "attach", "carry", "citable", "counts", "figures", "file_for", "lasting", "link_checks", "may_judge", "may_open", "open_bytes",
    "opened_to", "panel", "path_of", "pinned", "receive", "records_for", "standing", "still_opened", "subject_of", "subjects", "tied", "untie",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Citable:
    """A figure of Terreau that may be evidence, pinned to its run: key, name, how it reads, its why-page."""

    key: str
    label: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tied:
    """One piece as it supports one facet, for a page."""

    link: int
    evidence: EvidenceRecord
    record: LinkRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """A figure cited as evidence beside what it would read today: the run it is pinned to, its why-page, the figure of today.

    changed: the figure of today reads otherwise; ``now`` and ``url`` are '' when that figure is offered no more
    """

    run: str
    url: str = ""
    now: str = ""
    changed: bool = False


Lister = Callable[[Any], Sequence[Citable]]
_LISTERS: list[Lister] = []


def figures(lister: Lister) -> None:
    """A room says which figures it offers as evidence (in its apps.py, at start-up)."""
    if lister not in _LISTERS:
        _LISTERS.append(lister)


def citable(organisation: Any) -> tuple[Citable, ...]:
    """Every figure that may be cited today."""
    return tuple(each for lister in _LISTERS for each in lister(organisation))


def pinned(organisation: Any, keys: Iterable[str]) -> dict[str, Pinned]:
    """Those of these pieces that are figures of Terreau, each beside today's; nothing is replaced."""
    cited = Evidence.objects.filter(organisation=organisation, pk__in=list(keys)).exclude(figure="")
    found = list(cited.values_list("pk", "figure", "figure_text"))
    if not found:
        return {}
    offered = {_place(one.key): one for one in citable(organisation)}
    told = {str(pk): _pinned(figure, text, offered.get(_place(figure))) for pk, figure, text in found}
    if any(one.changed for one in told.values()):
        # The words of a citation are in the language of whoever made it: only numbers that differ in both are another figure.
        with translation.override("en" if (translation.get_language() or "fr").startswith("fr") else "fr"):
            others = {_place(one.key): one for one in citable(organisation)}
        for pk, figure, text in found:
            if not _pinned(figure, text, others.get(_place(figure))).changed:
                told[str(pk)] = replace(told[str(pk)], changed=False)
    return told


def _place(figure: str) -> str:
    """What a figure is about, whatever its run."""
    return figure.partition("/")[2]


def _pinned(figure: str, text: str, today: Citable | None) -> Pinned:
    run = figure.removeprefix("figure:").partition("/")[0]
    if today is None:
        return Pinned(run=run)
    changed = today.key != figure and f"{today.label} : {today.text}" != text
    return Pinned(run=run, url=today.url, now=today.text, changed=changed)


def records_for(
    organisation: Any,
    keys: Iterable[str],
    opened: frozenset[str] | None = None,
    *,
    called: Mapping[str, str] | None = None,
) -> tuple[dict[str, EvidenceRecord], tuple[LinkRecord, ...]]:
    """The pieces and the links of these subjects, in two queries; ``opened``: confidentialities that may be seen.

    called: subject -> the name its links bear instead
    """
    links = EvidenceLink.objects.filter(organisation=organisation, subject__in=list(keys))
    if opened is not None:
        links = links.filter(evidence__confidentiality__in=opened)
    # Thousands of links for hundreds of pieces: rows rather than models, and each key written once (databases write it with or
    # without dashes).
    kept = Evidence.objects.filter(pk__in=links.values("evidence")).order_by().values_list(*RECORDED, named=True)
    pieces = {one.key: one for one in map(recorded, kept)}
    names = {name: key for key in pieces for name in (key, key.replace("-", ""))}
    called = called or {}
    rows = (
        links.order_by("subject", "facet", "made_on", "pk")
        .annotate(piece=Cast("evidence_id", CharField()))
        .values_list("piece", "subject", "facet", "locator", "proves", "strength", "opinion", "opinion_text")
    )
    found = tuple(
        LinkRecord(evidence=names[piece], subject=called.get(subject, subject), facet=facet, locator=locator, proves=proves,
                   strength=strength, opinion=opinion, opinion_text=opinion_text)
        for piece, subject, facet, locator, proves, strength, opinion, opinion_text in rows if piece in names
    )  # fmt: skip
    return pieces, found


def tied(organisation: Any, kind: str) -> dict[str, tuple[str, ...]]:
    """Keys of the pieces tied to every subject of one kind ("value"), by subject, in one query however many subjects."""
    links = EvidenceLink.objects.filter(organisation=organisation, subject__startswith=f"{kind}:")
    found: dict[str, list[str]] = {}
    for subject, piece in links.order_by("subject", "facet", "made_on", "pk").values_list("subject", "evidence_id"):
        found.setdefault(subject, []).append(str(piece))
    return {subject: tuple(dict.fromkeys(pieces)) for subject, pieces in found.items()}


def panel(organisation: Any, subject: str, opened: frozenset[str] | None = None) -> tuple[Tied, ...]:
    """What supports one subject, facet by facet, in one query."""
    links = EvidenceLink.objects.filter(organisation=organisation, subject=subject).select_related("evidence")
    if opened is not None:
        links = links.filter(evidence__confidentiality__in=opened)
    return tuple(Tied(link=one.pk, evidence=one.evidence.as_record(), record=one.as_record()) for one in links)


def opened_to(user: Any, organisation: Any) -> frozenset[str]:
    """The confidentialities that this person's role opens."""
    return OPENS.get(access.role_of(user, organisation), frozenset())


def receive(organisation: Any, actor: Any, described: Mapping[str, Any], *, subject: str, facet: str, upload: Any = None,
            url: str = "", locator: str = "", proves: str = "", strength: str = "supports") -> EvidenceRecord:  # fmt: skip
    """Keep a piece and tie it at once; ``actor`` is None for a contributor who came by a link."""
    piece = gathering.add(organisation, actor, described, upload=upload, url=url)
    gathering.tie(piece, actor, subject=subject, facet=facet, locator=locator, proves=proves, strength=strength)
    return piece.as_record()


def attach(organisation: Any, actor: Any, evidence: str, *, subject: str, facet: str, locator: str = "",
           proves: str = "", strength: str = "supports") -> None:  # fmt: skip
    """Tie a piece already kept; Evidence.DoesNotExist for another organisation's."""
    piece = Evidence.objects.get(organisation=organisation, pk=evidence)
    gathering.tie(piece, actor, subject=subject, facet=facet, locator=locator, proves=proves, strength=strength)


def carry(organisation: Any, moves: Mapping[str, Iterable[tuple[str, tuple[str, ...]]]]) -> int:
    """Tie to other subjects what supports these ones: subject -> (other subject, its facets), …; returns how many links were made.

    A facet the other does not have becomes its first one; reviewers look again. What is closed keeps the version it was closed with:
    its newest one is carried. The room that moves its subjects writes the journal.
    """
    links = EvidenceLink.objects.filter(organisation=organisation, subject__in=list(moves))
    newest = _newest(organisation)
    gone = frozenset(
        Evidence.objects.filter(organisation=organisation).exclude(withdrawn_on=None).values_list("pk", flat=True)
    )
    made = [
        EvidenceLink(organisation=organisation, evidence_id=newest(link.evidence_id), subject=subject,
                     facet=link.facet if link.facet in facets else facets[0], locator=link.locator, proves=link.proves,
                     strength=link.strength)
        for link in links if newest(link.evidence_id) not in gone for subject, facets in moves[link.subject] if facets
    ]  # fmt: skip
    unique = {(one.evidence_id, one.subject, one.facet, one.locator): one for one in made}
    EvidenceLink.objects.bulk_create(unique.values(), ignore_conflicts=True)
    return len(unique)


def _newest(organisation: Any) -> Callable[[UUID], UUID]:
    replaced = Evidence.objects.filter(organisation=organisation).exclude(replaced_by=None)
    after: dict[UUID, Any] = dict(replaced.values_list("pk", "replaced_by"))

    def found(piece: UUID) -> UUID:
        while piece in after:
            piece = after[piece]
        return piece

    return found


def untie(organisation: Any, actor: Any, subject: str) -> int:
    """Nothing supports this subject any more; the pieces stay. Returns how many were untied."""
    found = list(
        EvidenceLink.objects.filter(organisation=organisation, subject=subject).select_related(
            "evidence", "organisation"
        )
    )
    for link in found:
        gathering.untie(link, actor)
    return len(found)


def lasting(organisation: Any, user: Any) -> tuple[EvidenceRecord, ...]:
    """The pieces this person may see that have a last day, neither withdrawn nor replaced."""
    seen = Evidence.objects.visible_to(user).filter(organisation=organisation, withdrawn_on=None, replaced_by=None)
    return tuple(one.as_record() for one in seen.exclude(valid_until=None))


def counts(organisation: Any, keys: Iterable[str]) -> dict[str, int]:
    """How many pieces support each of these subjects, in one query."""
    links = EvidenceLink.objects.filter(organisation=organisation, subject__in=list(keys))
    return {row["subject"]: row["n"] for row in links.values("subject").annotate(n=Count("evidence", distinct=True))}


def standing(organisation: Any, keys: Iterable[str]) -> dict[str, EvidenceRecord]:
    """Pieces as they are today, by key; one that was erased is not there."""
    found = Evidence.objects.filter(organisation=organisation, pk__in=list(keys))
    return {str(one.pk): one.as_record() for one in found}


def file_for(organisation: Any, user: Any, key: str, sha256: str) -> Any:
    """Where the bytes of a piece stand, when they are still these and this person may open them today; None otherwise."""
    from terreau.app.files import door as files

    seen = Evidence.objects.visible_to(user).filter(organisation=organisation, withdrawn_on=None, held_back=False)
    piece = seen.filter(pk=key, sha256=sha256).exclude(file=None).first()
    return files.path_of(organisation, piece.file) if piece and piece.file else None


def link_checks(organisation: Any, keys: Iterable[str]) -> dict[str, tuple[date, int, str]]:
    """What each link of these pieces last answered: the day, the status (0: none), why it did not answer."""
    found = Evidence.objects.filter(organisation=organisation, pk__in=list(keys)).exclude(url_asked_on=None)
    return {str(one.pk): (timezone.localdate(one.url_asked_on), one.url_status or 0, one.url_trouble) for one in found}


def path_of(organisation: Any, sha256: str) -> Any:
    """Where the bytes of a piece stand; Evidence.DoesNotExist when no piece of this organisation has them."""
    from terreau.app.files import door as files

    pieces = Evidence.objects.filter(organisation=organisation, sha256=sha256, held_back=False)
    piece = pieces.exclude(file=None).first()
    if piece is None or piece.file is None:
        raise Evidence.DoesNotExist
    return files.path_of(organisation, piece.file)


def open_bytes(organisation: Any, confidentialities: Iterable[str]) -> frozenset[str]:
    """The digests of the files that a piece neither withdrawn nor closed to these confidentialities still has, in one query."""
    standing_pieces = Evidence.objects.filter(organisation=organisation, withdrawn_on=None).exclude(sha256="")
    opened = standing_pieces.filter(confidentiality__in=list(confidentialities)).order_by()
    return frozenset(opened.values_list("sha256", flat=True))


def may_open(organisation: Any, user: Any, file_id: UUID) -> bool | None:
    """Whether this person may open a kept file because of the evidence it is; None when it is no evidence."""
    pieces = Evidence.objects.filter(organisation=organisation, file=file_id)
    if not pieces.exists():
        return None
    seen = pieces.visible_to(user).filter(held_back=False) if access.opens_its_work(user, organisation) else ()
    return any(still_opened(organisation, user, one) for one in seen)


def may_judge(organisation: Any, user: Any) -> bool:
    """Whether this person gives an opinion on what a piece shows: those who decide, and auditors."""
    return access.role_of(user, organisation) in access.EDIT | {Role.AUDITOR}


def still_opened(organisation: Any, user: Any, piece: Evidence) -> bool:
    """A piece withdrawn keeps its name for all, its bytes for those who decide: it may have held what it should not."""
    return piece.withdrawn_on is None or access.role_of(user, organisation) in access.EDIT
