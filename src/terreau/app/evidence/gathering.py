"""Adding a piece, tying it to an answer, judging it, replacing it, withdrawing it: each in one transaction, journalled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from terreau.app.accounts.models import Organisation
from terreau.app.evidence.models import UNTOLD, Evidence, EvidenceLink, Kind, Opinion
from terreau.app.evidence.naming import subject_of
from terreau.app.files import door as files
from terreau.app.journal import door as journal
from terreau.evidence.addresses import checked
from terreau.kernel.errors import TerreauError

MOST_PIECES = 20_000
DESCRIBED = ("kind", "title", "effective_on", "period_start", "period_end", "valid_until", "scope_percent",
             "confidentiality", "owner")  # fmt: skip
WORDS = ("title", "owner")  # of a piece closed to auditors, the journal says that they changed, not what they say


def add(organisation: Organisation, actor: Any, described: Mapping[str, Any], *, upload: Any = None, url: str = "",
        figure: tuple[str, str] | None = None, key: UUID | None = None) -> Evidence:  # fmt: skip
    """Keep one more piece; refusals are TerreauError evidence.* and app.file_*.

    described: the fields of DESCRIBED; upload: a file; url: an address; figure: (its key, how it reads); key: its number, a new
    one when none is given
    """
    piece = Evidence(pk=key or uuid4(), organisation=organisation, kept_by=actor, **_described(described))
    if upload is None and not url and figure is None and piece.kind != Kind.STATEMENT:
        raise TerreauError("evidence.nothing_given")
    if url:
        piece.url = checked(url).geturl()
    if figure:
        piece.kind, (piece.figure, piece.figure_text) = Kind.FIGURE, figure
    with files.together():
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        if Evidence.objects.filter(organisation=organisation).count() >= MOST_PIECES:
            raise TerreauError("evidence.too_many", limit=MOST_PIECES)
        if upload is not None:
            kept = files.keep(organisation, upload, actor=actor, told=piece.told_to_auditors)
            piece.file, piece.sha256, piece.size, piece.name = kept.id, kept.sha256, kept.size, kept.name
            piece.held_back = kept.held_back
        piece.title = piece.title or piece.name or piece.figure_text or piece.url[:200]
        if not piece.title:
            raise TerreauError("evidence.nothing_given")
        piece.save(force_insert=True)
        journal.record(organisation, actor, "evidence.kept", piece.facts())
    return piece


def seen(piece: Evidence) -> str:
    """What is said of a piece, as one word: a person who changes it says which description they read."""
    told = [str(getattr(piece, name)) for name in DESCRIBED]
    return hashlib.sha256("".join(f"{len(one)}:{one}" for one in told).encode()).hexdigest()[:24]


def describe(piece: Evidence, actor: Any, described: Mapping[str, Any], *, read: str | None = None) -> list[str]:
    """Change what is said of a piece, never the piece itself; returns the names of the fields that changed.

    read: the description they had before them (``seen``); evidence.described_meanwhile when it is another one by now
    """
    values = _described(described)
    with transaction.atomic():
        now = _standing(piece)
        if read is not None and read != seen(now):
            raise TerreauError("evidence.described_meanwhile")
        before = {name: _plain(getattr(now, name)) for name, value in values.items() if getattr(now, name) != value}
        if not before:
            return []
        hidden = not now.told_to_auditors
        for name in before:
            setattr(piece, name, values[name])
        piece.save(update_fields=list(before))
        after = {name: _plain(values[name]) for name in before}
        changed = list(before)
        for name in WORDS if hidden or not piece.told_to_auditors else ():
            before, after = _untold(before, name), _untold(after, name)
        told = {
            "title": UNTOLD if hidden else piece.journal_title,
            "evidence": str(piece.pk),
            "before": before,
            "after": after,
        }
        journal.record(piece.organisation, actor, "evidence.described", told)
    return changed


def tie(piece: Evidence, actor: Any, *, subject: str, facet: str, locator: str = "", proves: str = "",
        strength: str = "supports") -> EvidenceLink:  # fmt: skip
    """Say what a piece supports, and where to look in it; saying it again changes the words."""
    with transaction.atomic():
        latest(piece)
        link, made = EvidenceLink.objects.update_or_create(
            organisation=piece.organisation, evidence=piece, subject=subject, facet=facet, locator=locator.strip(),
            defaults={"proves": proves.strip(), "strength": strength},
        )  # fmt: skip
        told = _told(link) | {"strength": strength}
        journal.record(piece.organisation, actor, "evidence.tied" if made else "evidence.tied_again", told)
    return link


def untie(link: EvidenceLink, actor: Any) -> None:
    """It no longer supports this; the piece stays."""
    with transaction.atomic():
        told = _told(link)
        link.delete()
        journal.record(link.organisation, actor, "evidence.untied", told)


def judge(link: EvidenceLink, actor: Any, opinion: str, text: str) -> None:
    """A reviewer's opinion on what the piece shows there; anything but an acceptance says why."""
    text = text.strip()
    if opinion in (Opinion.QUESTIONED, Opinion.REFUSED) and not text:
        raise TerreauError("evidence.reason_needed")
    link.opinion, link.opinion_text, link.opinion_by = Opinion(opinion), text, actor
    with transaction.atomic():
        link.save(update_fields=["opinion", "opinion_text", "opinion_by"])
        journal.record(
            link.organisation,
            actor,
            "evidence.judged",
            _told(link) | {"opinion": opinion, "why": _if_told(link.evidence, text)},
        )


def withdraw(piece: Evidence, actor: Any, why: str) -> None:
    """Take a piece away: it stays named, with the reason, and its bytes stay until the organisation's retention ends."""
    if not why.strip():
        raise TerreauError("evidence.reason_needed")
    with transaction.atomic():
        _standing(piece)
        piece.withdrawn_on, piece.withdrawn_why = timezone.now(), why.strip()[:400]
        piece.save(update_fields=["withdrawn_on", "withdrawn_why"])
        journal.record(
            piece.organisation,
            actor,
            "evidence.withdrawn",
            piece.facts() | {"why": _if_told(piece, piece.withdrawn_why)},
        )


def replace(old: Evidence, actor: Any, new: Evidence) -> int:
    """A newer version takes the place of an older one, and reviewers look again; what is closed keeps the older: how many links stay."""
    with transaction.atomic():
        latest(old)
        old.replaced_by = new
        old.save(update_fields=["replaced_by"])
        kept = {(link.subject, link.facet, link.locator) for link in new.links.all()}
        links = list(old.links.all())
        closed = _closed(old.organisation, actor, {link.subject for link in links})
        for link in links:
            if link.subject in closed:
                continue
            if (link.subject, link.facet, link.locator) in kept:
                link.delete()
                continue
            link.evidence, link.opinion, link.opinion_text, link.opinion_by = new, Opinion.NONE, "", None
            link.save(update_fields=["evidence", "opinion", "opinion_text", "opinion_by"])
        told = {"evidence": str(old.pk), "title": old.journal_title, "by": str(new.pk), "new_title": new.journal_title}
        journal.record(old.organisation, actor, "evidence.replaced", told)
    return sum(link.subject in closed for link in links)


def _closed(organisation: Any, actor: Any, subjects: Iterable[str]) -> frozenset[str]:
    named = [subject_of(organisation, actor, key) for key in subjects]
    return frozenset(one.key for one in named if one and one.closed)


def _described(described: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: described[name] for name in DESCRIBED if name in described}
    start, end = values.get("period_start"), values.get("period_end")
    if start and end and end < start:
        raise TerreauError("evidence.period_backwards")
    return values


def latest(piece: Evidence) -> None:
    """Refuse a piece that was withdrawn or replaced, as it stands now; within a transaction, it stays so until its end."""
    if _standing(piece).replaced_by_id:
        raise TerreauError("evidence.replaced_already")


def _standing(piece: Evidence) -> Evidence:
    now = Evidence.objects.select_for_update(of=("self",), no_key=True).get(pk=piece.pk)
    if now.withdrawn_on:
        raise TerreauError("evidence.withdrawn_already")
    return now


def _told(link: EvidenceLink) -> dict[str, Any]:
    return {"evidence": str(link.evidence_id), "title": link.evidence.journal_title, "subject": link.subject,
            "facet": link.facet, "locator": _if_told(link.evidence, link.locator)}  # fmt: skip


def _if_told(piece: Evidence, words: str) -> str:
    return words if piece.told_to_auditors or not words else UNTOLD


def _untold(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {**values, name: UNTOLD} if values.get(name) else dict(values)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
