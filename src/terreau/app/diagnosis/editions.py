"""The edition an assessment is pinned to, as its variant sees it; kept ready, since every page asks for it."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from django.http import Http404

from terreau.app.diagnosis.models import Assessment
from terreau.app.language import language
from terreau.app.referentials import door as referentials

if TYPE_CHECKING:
    from terreau.referentials.edition import Criterion, Edition, Rubric

_READY: OrderedDict[tuple[str, str], Edition] = OrderedDict()
MOST_READY = 64


def edition_of(assessment: Assessment) -> Edition:
    """The pinned edition as the variant of the assessment sees it."""
    whole = referentials.edition_for(assessment.organisation, assessment.referential, assessment.version)
    name = (whole.digest, assessment.variant)
    found = _READY.get(name)
    if found is None:
        found = _READY[name] = whole.for_variant(assessment.variant)
        while len(_READY) > MOST_READY:
            _READY.popitem(last=False)
    return found


def changed_since(assessment: Assessment) -> bool:
    """True when the edition no longer says what it said when the assessment began."""
    whole = referentials.edition_for(assessment.organisation, assessment.referential, assessment.version)
    return whole.digest != assessment.digest


def criterion_of(edition: Edition, short: str) -> Criterion:
    """One criterion by the key its address shows; 404 when there is none."""
    try:
        return edition.criterion(short)
    except KeyError as unknown:
        raise Http404 from unknown


def rubric_of(edition: Edition, key: str) -> Rubric:
    """One rubric; 404 when there is none."""
    try:
        return edition.rubric(key)
    except KeyError as unknown:
        raise Http404 from unknown


def around(edition: Edition, criterion: Criterion) -> tuple[Criterion | None, Criterion | None]:
    """The criterion before and the one after, in the order of the referential."""
    criteria = edition.criteria
    place = next(index for index, one in enumerate(criteria) if one.key == criterion.key)
    before = criteria[place - 1] if place else None
    return before, criteria[place + 1] if place + 1 < len(criteria) else None


def said(words: Any) -> str:
    """Words of a referential in the language of the page; the other language when only that one is there."""
    if not words:
        return ""
    return str(words.in_(language()) or words.fr or words.en)
