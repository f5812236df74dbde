"""What the pages of answering show: a rubric and its criteria, one criterion, five of them, one change of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from terreau.app.accounts import access
from terreau.app.accounts.models import Role
from terreau.app.diagnosis import beside, parting
from terreau.app.diagnosis.editions import around, said
from terreau.app.diagnosis.entering import answer_to, inherited_by, members_of
from terreau.app.diagnosis.given import Given, revision_in
from terreau.app.diagnosis.models import Answer, Assessment, OffGrid, State
from terreau.app.diagnosis.parting import facet_name

if TYPE_CHECKING:
    from terreau.referentials.edition import Criterion, Edition, Rubric

CHIPS = {State.DRAFT: "", State.SUBMITTED: "info", State.CHANGES_ASKED: "warn", State.ACCEPTED: "ok"}
PRIORITY = {"high": lambda: _("prioritaire"), "medium": lambda: _("recommandé"), "low": lambda: _("modéré")}
DIFFICULTY = {"low": lambda: _("facile"), "medium": lambda: _("moyenne"), "high": lambda: _("difficile")}


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetShown:
    """One facet to answer: what is expected, the scale, what is answered; ``name`` prefixes its fields."""

    key: str
    name: str
    label: str
    expects: str
    scale: tuple[tuple[str, str], ...]
    verdict: str
    text: str
    value: str
    absence: str
    asks_value: bool
    evidence: tuple[Any, ...] = ()


def address(name: str, assessment: Assessment, *more: str) -> str:
    """An address of this assessment."""
    return reverse(f"diagnosis:{name}", args=[assessment.organisation.slug, assessment.pk, *more])


def facets_of(edition: Edition, criterion: Criterion, answer: Answer | OffGrid, *, prefix: str = "",
              sent: Mapping[str, str] | None = None, tied: tuple[Any, ...] = ()) -> list[FacetShown]:  # fmt: skip
    """The facets of a criterion with what is answered, or with what was just sent and did not fit."""
    scale = tuple((one.key, said(one.label)) for one in edition.scale)
    found = []
    for facet in criterion.facets:
        kept, name = answer.facets.get(facet.key, {}), f"{prefix}{facet.key}"
        told = {part: kept.get(part) or "" for part in ("verdict", "text", "value", "absence")}
        if sent is not None:
            told = {part: sent.get(f"{name}-{part}", told[part]) for part in told}
        here = tuple(one for one in tied if one.record.facet == facet.key)
        found.append(FacetShown(key=facet.key, name=name, label=facet_name(facet.key), expects=said(facet.expects),
                                scale=scale, asks_value=facet.key == "results", evidence=here, **told))  # fmt: skip
    return found


def standing(edition: Edition, criterion: Criterion, answer: Answer | None) -> list[tuple[str, str, str]]:
    """(facet, verdict in words, how full: "0", "half", "1" or "" while nothing is said) for each facet."""
    labels = {one.key: (said(one.label), one.share) for one in edition.scale}
    found = []
    for facet in criterion.facets:
        verdict = (answer.facets.get(facet.key, {}).get("verdict") if answer else None) or ""
        label, share = labels.get(verdict, ("", None))
        full = "" if share is None else "1" if share == 1 else "0" if share == 0 else "half"
        found.append((facet_name(facet.key), label or _("sans réponse"), full))
    return found


def line(assessment: Assessment, edition: Edition, criterion: Criterion, answer: Answer | None) -> dict[str, Any]:
    """One criterion of a list: number, question, where it stands, who and when."""
    return {
        "number": criterion.number, "question": said(criterion.question), "url": address("criterion", assessment, criterion.short),
        "facets": standing(edition, criterion, answer), "excluded": bool(answer and answer.applicable is False),
        "state": answer.get_state_display() if answer and answer.answered else "",
        "chip": CHIPS.get(State(answer.state), "") if answer else "", "owner": answer.owner_name if answer else "",
        "due": answer.due if answer else None, "late": bool(answer and answer.late),
        "priority": PRIORITY[criterion.priority]() if criterion.priority in PRIORITY else "",
        "difficulty": DIFFICULTY[criterion.difficulty]() if criterion.difficulty in DIFFICULTY else "",
    }  # fmt: skip


def _handed(edition: Edition, criterion: Criterion, answer: Answer | None) -> dict[str, Any]:
    """What replaces the line of a criterion that the family answers."""
    if answer is None:
        return {"handed": False}
    return {
        "handed": True,
        "facets": standing(edition, criterion, answer),
        "excluded": answer.applicable is False,
        "state": "",
    }


def told(edition: Edition, criterion: Criterion, answer: Answer | None) -> bool:
    """True when a criterion is answered whole, or left out with a reason."""
    if answer is None:
        return False
    if answer.applicable is False:
        return bool(answer.reason.strip())
    counted = {one.key for one in edition.scale if one.share is not None}
    verdicts = [answer.facets.get(facet.key, {}).get("verdict") for facet in criterion.facets]
    return all(one in counted for one in verdicts) if verdicts else bool(answer.text.strip())


def crumbs(assessment: Assessment, *more: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page of an assessment; the last one without address is the page itself."""
    slug = assessment.organisation.slug
    way = [
        (_("Diagnostic"), reverse("diagnosis:home", args=[slug])),
        (assessment.title, address("assessment", assessment)),
        *more,
    ]
    return [{"label": label, "url": url} for label, url in way]


def rubric_page(
    assessment: Assessment,
    edition: Edition,
    rubric: Rubric,
    answers: Mapping[str, Answer],
    handed: Mapping[str, Answer],
) -> dict[str, Any]:
    """The criteria of one rubric; ``handed``: what the family answers where nothing is said here."""
    rows = [
        line(assessment, edition, one, answers.get(one.key)) | _handed(edition, one, handed.get(one.key))
        for one in rubric.criteria
    ]
    answers = {**answers, **handed}
    done = sum(told(edition, one, answers.get(one.key)) for one in rubric.criteria)
    rubrics = edition.rubrics
    place = next(index for index, one in enumerate(rubrics) if one.key == rubric.key)
    following = rubrics[place + 1] if place + 1 < len(rubrics) else None
    first = next((one for one in rubric.criteria if not told(edition, one, answers.get(one.key))), None)
    return {
        "assessment": assessment, "title": said(rubric.title), "key": rubric.key, "rows": rows, "done": done, "of": len(rows),
        "theme": said(edition.theme(rubric.theme).title), "mode": edition.mode, "several": edition.mode == "single",
        "official": edition.link if edition.reformulation else "",
        "crumbs": crumbs(assessment), "first": address("criterion", assessment, first.short) if first else "",
        "next": (said(following.title), address("rubric", assessment, following.key)) if following else None,
    }  # fmt: skip


def criterion_page(request: HttpRequest, assessment: Assessment, edition: Edition, criterion: Criterion,
                   sent: Given | None = None) -> dict[str, Any]:  # fmt: skip
    """Everything of one criterion page."""
    organisation = assessment.organisation
    role = access.role_of(request.user, organisation)
    auditor = role == Role.AUDITOR
    answer = answer_to(assessment, criterion.key, auditor=auditor)
    tied = beside.evidence_of(request.user, assessment, criterion.key, role)
    rubric = edition.rubric(criterion.rubric)
    before, after = around(edition, criterion)
    family = _family(assessment, edition, criterion, auditor, own=answer.speaks or bool(tied))
    # Answering otherwise starts from what the family answers.
    otherwise = bool(family and not family["own"] and "autrement" in request.GET and not sent)
    start = family["answer"] if family and otherwise else answer
    return {
        "assessment": assessment, "criterion": criterion, "number": criterion.number, "question": said(criterion.question),
        "why": said(criterion.why), "good_evidence": said(criterion.good_evidence), "answer": answer, "mode": edition.mode,
        "facets": facets_of(edition, criterion, start, sent=request.POST if sent else None, tied=tied),
        "text": request.POST.get("text", answer.text) if sent else start.text,
        "owner": request.POST.get("owner", answer.owner_name) if sent else answer.owner_name,
        "due": request.POST.get("due", "") if sent else (answer.due.isoformat() if answer.due else ""),
        # What was sent back to be corrected is still written over what its author had read.
        "revision": revision_in(request.POST) if sent else answer.revision,
        "errors": sent.errors if sent else [], "state_chip": CHIPS.get(State(answer.state), ""),
        "crumbs": crumbs(assessment, (said(rubric.title), address("rubric", assessment, rubric.key))),
        "duty": criterion.duty, "again": said(criterion.duty.again) if criterion.duty else "",
        "before": before, "after": after, "professions": [said(edition.professions[one]) for one in criterion.professions
                                                         if one in edition.professions],
        "members": [] if auditor else [str(one.user) for one in members_of(organisation)],
        "family": family, "follows": bool(family and not family["own"] and not otherwise and not sent), "otherwise": otherwise,
        "reading": _reading(criterion), "auditor": auditor, "tied": tied, "open": assessment.state == Assessment.State.OPEN,
        "locked": role not in access.CONTRIBUTE or assessment.state != Assessment.State.OPEN,
        **beside.around_criterion(assessment, edition, criterion, answer, auditor=auditor),
    }  # fmt: skip


def _family(
    assessment: Assessment, edition: Edition, criterion: Criterion, auditor: bool, *, own: bool
) -> dict[str, Any] | None:
    """What the family answers to this criterion; ``own``: something is said here, in its place."""
    found, relative = inherited_by(assessment, criterion.key, auditor=auditor), assessment.inherits
    if found is None or relative is None:
        return None
    relative.organisation = assessment.organisation
    return {"from": relative.title, "url": address("criterion", relative, criterion.short), "answer": found, "own": own,
            "facets": standing(edition, criterion, found), "text": found.text, "excluded": found.applicable is False,
            "reason": found.reason, "proofs": beside.proofs_of(relative, [criterion.key])[criterion.key]}  # fmt: skip


def _reading(criterion: Criterion) -> list[tuple[str, list[str]]]:
    if criterion.reading is None:
        return []
    parts = [(_("Notions"), criterion.reading.notions), (_("Points positifs"), criterion.reading.positive),
             (_("Points de vigilance"), criterion.reading.vigilance),
             (_("Recommandations"), criterion.reading.recommendations),
             (_("Questions à poser"), criterion.reading.questions)]  # fmt: skip
    return [(title, [said(one) for one in words]) for title, words in parts if words]


def row_to_answer(edition: Edition, criterion: Criterion, answer: Answer | None, rank: int,
                  sent: Mapping[str, str] | None = None, handed: Answer | None = None) -> dict[str, Any]:  # fmt: skip
    """One of the five criteria of a page; ``handed``: what the family answers while nothing is said here."""
    held = answer or Answer(criterion=criterion.key)
    prefix = f"q{rank}-"
    facets = facets_of(edition, criterion, held, prefix=prefix, sent=sent)
    return {
        "criterion": criterion, "number": criterion.number, "question": said(criterion.question), "why": said(criterion.why),
        "facet": facets[0] if facets else None, "prefix": prefix,
        "revision": revision_in(sent, f"{prefix}revision") if sent else held.revision,
        "text": (sent or {}).get(f"{prefix}text", held.text), "handed": _in_a_word(edition, criterion, handed), "excluded": held.applicable is False, "reason": held.reason,
        "meta": [one for one in (criterion.level and _("niveau %(level)s") % {"level": criterion.level},
                                 criterion.priority in PRIORITY and _("priorité : %(what)s") % {"what": PRIORITY[criterion.priority]()},
                                 criterion.difficulty in DIFFICULTY and _("difficulté : %(what)s") % {"what": DIFFICULTY[criterion.difficulty]()}) if one],
    }  # fmt: skip


def _in_a_word(edition: Edition, criterion: Criterion, handed: Answer | None) -> str:
    if handed is None:
        return ""
    if handed.applicable is False:
        return _("ne s'applique pas")
    return ", ".join(verdict for _label, verdict, _full in standing(edition, criterion, handed))


def several_page(request: HttpRequest, assessment: Assessment, edition: Edition, rubric: Rubric, page: Any, rows: Any, *,
                 errors: Any = (), met: Any = ()) -> dict[str, Any]:  # fmt: skip
    """Five criteria of a rubric, with what was refused or written by someone else meanwhile."""
    conflicts = [
        {"number": asked.number, "url": address("criterion", assessment, asked.short),
         "mine": [(parting.label_of(name), parting.shown(name, value, edition, {}))
                  for name, value in parting.flat(fields).items() if value]}
        for asked, fields in met
    ]  # fmt: skip
    return {
        "assessment": assessment, "title": said(rubric.title), "key": rubric.key, "page": page, "rows": rows,
        "errors": errors, "conflicts": conflicts, "open": assessment.state == Assessment.State.OPEN,
        "crumbs": crumbs(assessment, (said(rubric.title), address("rubric", assessment, rubric.key))),
    }  # fmt: skip


def change_row(change: Any, edition: Edition) -> dict[str, Any]:
    """One change of an answer, field by field, before and after."""
    names = parting.names_of({value for side in (change.before, change.after) if (value := side.get("owner_id"))})
    before, after = parting.flat(change.before), parting.flat(change.after)
    fields = [
        (
            parting.label_of(name),
            _shown(name, before.get(name), edition, names),
            _shown(name, after.get(name), edition, names),
        )
        for name in dict.fromkeys((*before, *after))
        if (before.get(name) or None) != (after.get(name) or None)
    ]
    return {"by": change.by_label, "on": change.on, "fields": fields, "revision": change.revision}


def _shown(name: str, value: Any, edition: Edition, names: Mapping[int, str]) -> str:
    if name == "state" and value:
        return str(State(value).label)
    return parting.shown(name, value, edition, names)
