"""What the auditor's pages show: a theme with both verdicts, one frozen answer with its evidence, findings in rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from terreau.app.audits import weighing
from terreau.app.audits.checklist import said
from terreau.app.audits.freezing import Frozen
from terreau.app.audits.models import OPEN_TO_AUDITORS, Audit, Finding
from terreau.app.diagnosis import door as diagnosis
from terreau.app.evidence import door as evidence
from terreau.app.language import language
from terreau.evidence import words as proof_words

if TYPE_CHECKING:
    from terreau.diagnosis.records import AnswerRecord
    from terreau.evidence.records import EvidenceRecord, LinkRecord
    from terreau.referentials.edition import Criterion

AT_ONCE = 8  # pieces of one facet, before the rest is asked for
GRAVITY_CHIPS = {"major": "bad", "minor": "warn", "observation": "info", "opportunity": "", "good": "ok"}
STATE_CHIPS = {"open": "warn", "answered": "info", "accepted": "ok", "closed": "ok"}


def address(name: str, audit: Audit, *more: Any) -> str:
    """An address of this audit."""
    return reverse(f"audits:{name}", args=[audit.organisation.slug, audit.pk, *more])


def scale_of(frozen: Frozen) -> list[tuple[str, str]]:
    """Verdicts of the edition, in order, in words."""
    return [(one.key, said(one.label)) for one in frozen.edition.scale]


def marks(frozen: Frozen) -> dict[str, tuple[str, str]]:
    """Verdict -> (words, how full its mark is)."""
    shares = {one.key: one.share for one in frozen.edition.scale}
    full = {
        key: "" if share is None else "1" if share == 1 else "0" if share == 0 else "half"
        for key, share in shares.items()
    }
    return {key: (words, full[key]) for key, words in scale_of(frozen)} | {"": (_("sans réponse"), "")}


def theme_rows(audit: Audit, frozen: Frozen, criteria: Any, last: weighing.Last) -> list[dict[str, Any]]:
    """Criteria with both verdicts of each facet, and the findings met there."""
    found: dict[str, int] = {}
    for key in audit.findings.exclude(criterion="").values_list("criterion", flat=True):
        found[key] = found.get(key, 0) + 1
    known = marks(frozen)
    rows = []
    for one in criteria:
        answer = frozen.record.answer(one.key)
        facets = []
        for facet in one.facets:
            theirs = last.get((one.key, facet.key))
            mine = answer.verdict(facet.key) or ""
            facets.append({"label": diagnosis.facet_name(facet.key), "ours": known.get(mine, (mine, "")),
                           "theirs": known.get(theirs.verdict, (theirs.verdict, "")) if theirs else None,
                           "differs": bool(theirs and theirs.verdict != mine)})  # fmt: skip
        rows.append({"number": one.number, "question": said(one.question), "url": address("criterion", audit, one.short),
                     "facets": facets, "excluded": answer.applicable is False, "judged": any(each["theirs"] for each in facets), "findings": found.get(one.key, 0)})  # fmt: skip
    return rows


def criterion_page(
    audit: Audit, frozen: Frozen, criterion: Criterion, opened: frozenset[str], sent: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """One frozen answer, its evidence, the auditor's verdicts and what they said before."""
    answer = frozen.record.answer(criterion.key)
    said_here = list(audit.verdicts.filter(criterion=criterion.key).select_related("by", "paper").order_by("on", "pk"))
    last = {one.facet: one for one in said_here}
    known = marks(frozen)
    kept = {link.evidence for link in answer.links}
    today = evidence.standing(audit.organisation, kept)
    before, after = _around(frozen, criterion)
    return {
        "audit": audit, "frozen": frozen, "criterion": criterion, "number": criterion.number, "question": said(criterion.question),
        "why": said(criterion.why), "good_evidence": said(criterion.good_evidence), "answer": answer, "scale": scale_of(frozen),
        "facets": [_facet(audit, frozen, one, answer, last.get(one.key), known, opened, today, sent)
                   for one in criterion.facets],
        "unfaceted": _pieces(audit, frozen, tuple(link for link in answer.links if link.facet not in {one.key for one in criterion.facets}), opened, today),
        "findings": finding_rows(audit, frozen, audit.findings.filter(criterion=criterion.key)),
        "history": [(one, diagnosis.facet_name(one.facet), known.get(one.verdict, (one.verdict, ""))[0] if one.verdict else _("repris"))
                    for one in said_here[:-21:-1]],
        "before": before, "after": after, "theme": frozen.asked.theme(criterion.theme), "theme_title": said(frozen.asked.theme(criterion.theme).title),
    }  # fmt: skip


def finding_rows(audit: Audit, frozen: Frozen, found: Any) -> list[dict[str, Any]]:
    """Findings of a list: where, how grave, where it stands."""
    numbers = {one.key: one.number for one in frozen.asked.criteria}
    return [{"finding": one, "number": numbers.get(one.criterion, ""), "url": address("finding", audit, one.pk),
             "gravity_chip": GRAVITY_CHIPS[one.gravity]} for one in found]  # fmt: skip


def next_of(audit: Audit) -> tuple[Any, str]:
    """The next date of an audit and what it is; (None, '') when none is known."""
    if audit.state in ("preparing", "requested"):
        return audit.window_from, _("début de l’examen")
    if audit.state in OPEN_TO_AUDITORS:
        return audit.window_until, _("fin de l’examen")
    return audit.valid_until, _("fin de validité")


def _facet(audit: Audit, frozen: Frozen, facet: Any, answer: AnswerRecord, last: Any, known: Any,
           opened: frozenset[str], today: Any, sent: Mapping[str, str] | None) -> dict[str, Any]:  # fmt: skip
    theirs = last if last and last.verdict else None  # an empty one took theirs back
    told = answer.facet(facet.key)
    mine = (told.verdict if told else "") or ""
    given = (sent or {}).get
    return {
        "key": facet.key, "label": diagnosis.facet_name(facet.key), "expects": said(facet.expects), "told": told,
        "ours": known.get(mine, (mine, "")), "pieces": _pieces(audit, frozen, answer.links_of(facet.key), opened, today),
        "verdict": given(f"{facet.key}-verdict", theirs.verdict if theirs else ""), "seen": given(f"{facet.key}-seen", last.pk if last else 0),
        "reason": given(f"{facet.key}-reason", theirs.reason if theirs else ""), "theirs": theirs,
        "heard": known.get(theirs.verdict, (theirs.verdict, "")) if theirs else None, "differs": bool(theirs and theirs.verdict != mine),
    }  # fmt: skip


def _pieces(
    audit: Audit, frozen: Frozen, links: tuple[LinkRecord, ...], opened: frozenset[str], today: Any
) -> dict[str, Any]:
    """Evidence this person may see, then and now: one closed since the freeze is closed there too; of the rest, only how many."""
    held = [(link, frozen.record.evidence.get(link.evidence)) for link in links]
    told = [(link, one) for link, one in held if one and _opens(one, today.get(one.key), opened)]
    shown = [_piece(audit, link, one, today.get(one.key), opened) for link, one in told]
    more = max(0, len(shown) - AT_ONCE)
    return {
        "first": shown[:AT_ONCE],
        "more": more,
        "shown": shown,
        "closed": sum(1 for _link, one in held if one) - len(told),
    }


def _opens(one: EvidenceRecord, now: EvidenceRecord | None, opened: frozenset[str]) -> bool:
    return one.confidentiality in opened and (now is None or now.confidentiality in opened)


def _piece(
    audit: Audit, link: LinkRecord, one: EvidenceRecord, now: EvidenceRecord | None, opened: frozenset[str]
) -> dict[str, Any]:
    lang = language()
    withdrawn = one.withdrawn or (now is not None and now.withdrawn)
    there = bool(
        one.sha256 and now and not now.withdrawn and now.sha256 == one.sha256 and now.confidentiality in opened
    )
    return {
        "title": one.title, "kind": proof_words.word(proof_words.KINDS[one.kind], lang), "locator": link.locator, "proves": link.proves,
        "strength": proof_words.word(proof_words.STRENGTHS[link.strength], lang), "firm": link.strength == "proves", "link_url": one.url or "",
        "file": address("evidence", audit, one.key) if there else "", "sha256": one.sha256 or "", "effective_on": one.effective_on,
        "valid_until": one.valid_until, "withdrawn": withdrawn, "gone": now is None, "why": (now.withdrawn_why if now else "") or one.withdrawn_why,
    }  # fmt: skip


def _around(frozen: Frozen, criterion: Criterion) -> tuple[Any, Any]:
    criteria = frozen.asked.criteria
    place = next(index for index, one in enumerate(criteria) if one.key == criterion.key)
    return criteria[place - 1] if place else None, criteria[place + 1] if place + 1 < len(criteria) else None


def is_settled(one: Finding) -> bool:
    """True when nothing more is expected about a finding."""
    return one.state in ("accepted", "closed") or one.gravity == "good"
