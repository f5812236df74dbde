"""Two freezes of one assessment, and what changed between them, criterion by criterion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.app.audits.checklist import said
from terreau.app.audits.freezing import Frozen
from terreau.app.diagnosis import door as diagnosis

if TYPE_CHECKING:
    from terreau.diagnosis.records import AnswerRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One criterion that is not the same: its number, its question, what changed in words."""

    number: str
    question: str
    verdicts: tuple[tuple[str, str, str], ...]  # (facet, before, after)
    others: tuple[str, ...]


def changes(before: Frozen, after: Frozen) -> list[Changed]:
    """The criteria that changed, in the order of the later edition."""
    labels = {one.key: said(one.label) for one in (*before.edition.scale, *after.edition.scale)}
    found = []
    for criterion in after.asked.criteria:
        old, new = before.record.answer(criterion.key), after.record.answer(criterion.key)
        if old == new:
            continue
        verdicts = tuple(
            (diagnosis.facet_name(one.key), labels.get(old.verdict(one.key) or "", "–"), labels.get(new.verdict(one.key) or "", "–"))
            for one in criterion.facets if old.verdict(one.key) != new.verdict(one.key)
        )  # fmt: skip
        others = tuple(_others(old, new))
        if verdicts or others:
            found.append(
                Changed(number=criterion.number, question=said(criterion.question), verdicts=verdicts, others=others)
            )
    return found


def _others(old: AnswerRecord, new: AnswerRecord) -> list[str]:
    said_here = []
    if (old.applicable is False) != (new.applicable is False):
        said_here.append(_("écarté") if new.applicable is False else _("de nouveau applicable"))
    elif new.applicable is False and old.reason != new.reason:
        said_here.append(_("raison de l’écarter réécrite"))
    if _words(old) != _words(new):
        said_here.append(_("texte réécrit"))
    came, gone = _links(new) - _links(old), _links(old) - _links(new)
    if came:
        said_here.append(ngettext("%(n)d preuve de plus", "%(n)d preuves de plus", len(came)) % {"n": len(came)})
    if gone:
        said_here.append(ngettext("%(n)d preuve de moins", "%(n)d preuves de moins", len(gone)) % {"n": len(gone)})
    return said_here


def _words(one: AnswerRecord) -> Any:
    return (one.text, [(facet.facet, facet.text, facet.value or "", facet.absence) for facet in one.facets
                       if facet.text or facet.value or facet.absence])  # fmt: skip


def _links(one: AnswerRecord) -> set[tuple[str, str, str]]:
    return {(link.evidence, link.facet, link.locator) for link in one.links}
