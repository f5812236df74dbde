"""Where a commitment comes from, named and led to: a lever, a gap, a remark, or words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from terreau.app.language import language
from terreau.app.plan import levers_words, packs
from terreau.app.plan.models import Commitment
from terreau.kernel.errors import TerreauError

_KEY = re.compile(r"(?:org:)?[0-9a-f]{8}-[0-9a-f]{4}-", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What suggested it: its kind in words, what exactly, where it is read ('' without)."""

    kind: str
    words: str = ""
    url: str = ""


def told(row: Commitment) -> Origin | None:
    """The origin of a commitment; None when nobody said."""
    if not row.origin:
        return None
    kind, reference = str(row.get_origin_display()), row.origin_reference
    named = {"lever": _lever, "gap": _gap, "remark": _remark}.get(row.origin)
    words, url = named(row.organisation, reference) if named and reference else (reference, "")
    words = words or reference
    # A reference that nothing answers to any more is the key of a thing that is gone: it says nothing to a reader.
    return Origin(kind=kind, words="" if words == reference and _KEY.match(reference) else words, url=url)


def levers(keys: Iterable[str], organisation: Any) -> list[tuple[str, str, str]]:
    """Each lever as it is typed, its title and its page; one that nobody knows any more says so."""
    told = [(key, *_lever(organisation, key)) for key in keys]
    return [
        (levers_words.bare(key), levers_words.lost() if words == key and not url else words, url)
        for key, words, url in told
    ]


def lever_url(organisation: Any, key: str) -> str:
    """The page of a lever, '' while it has none."""
    try:
        return reverse("plan:lever", args=[organisation.slug, key])
    except NoReverseMatch:
        return ""


def _lever(organisation: Any, reference: str) -> tuple[str, str]:
    from terreau.levers import parse

    try:
        found = parse(reference, packs.own_levers(organisation)).lever
    except TerreauError:
        return reference, ""
    return found.title.in_(language()), lever_url(organisation, found.key)


def _gap(organisation: Any, reference: str) -> tuple[str, str]:
    """``<assessment>/<criterion>``: the criterion of an assessment, as it is still asked there."""
    from terreau.app.diagnosis import door as diagnosis

    assessment, _slash, key = reference.partition("/")
    head = next((one for one in diagnosis.assessments_of(organisation) if str(one.pk) == assessment), None)
    if head is None:
        return reference, ""
    try:
        edition = diagnosis.edition_pinned(organisation, assessment)
        criterion = edition.criterion(key) if edition else None
    except (KeyError, TerreauError):
        return reference, head.url
    if criterion is None:
        return reference, head.url
    return f"{criterion.number} {criterion.question.in_(language())}", f"{head.url}critere/{criterion.short}/"


def _remark(organisation: Any, reference: str) -> tuple[str, str]:
    from terreau.app.audits import door as audits

    found = audits.remark(organisation, reference)
    return (f"« {found.text} »", found.url) if found else (reference, "")
