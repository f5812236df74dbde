"""What an answer becomes in a newer edition, along the steps a person accepted. Nothing is read nor written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from terreau.app.diagnosis.models import Answer

if TYPE_CHECKING:
    from terreau.referentials.edition import Criterion, Edition
    from terreau.referentials.migrating import Step

SAME, MERGED = "same", "merged"
PARTS = ("text", "value", "absence")
Facets = dict[str, dict[str, Any]]


def carried(
    steps: Iterable[Step], answers: Mapping[str, Answer], old: Edition, new: Edition
) -> dict[str, dict[str, Any]]:
    """Full key in the new edition -> fields of its answer.

    answers: short key in the old edition -> answer. The same question takes the answer whole; one that becomes several hands its
    words to each, without a verdict; several that become one bring their words together, and a verdict when they agree.
    """
    asked, worth = {one.short: one for one in new.criteria}, alike(old, new)
    found = {}
    for step in steps:
        held = [(key, answers[key]) for key in step.old if key in answers]
        for key in step.new if held else ():
            if key in asked:
                found[asked[key].key] = _people(held) | _fields(step, held, asked[key], worth)
    return found


def alike(old: Edition, new: Edition) -> dict[str, str]:
    """Verdict -> the one of the new scale that says the same: the same key, else the only one worth as much."""
    known = {one.key for one in new.scale}
    found = {one.key: [each.key for each in new.scale if each.share == one.share] for one in old.scale}
    return {key: key if key in known else same[0] for key, same in found.items() if key in known or len(same) == 1}


def _people(held: list[tuple[str, Answer]]) -> dict[str, Any]:
    """Who answers for it, and for when: the first owner, the earliest day."""
    first = held[0][1]
    due = min((one.due for _key, one in held if one.due), default=None)
    return {"owner_id": first.owner_id, "owner_text": first.owner_text, "due": due}


def _fields(
    step: Step, held: list[tuple[str, Answer]], criterion: Criterion, worth: Mapping[str, str]
) -> dict[str, Any]:
    facets = {one.key for one in criterion.facets}
    if step.kind == SAME:
        answer = held[0][1]
        told = {key: _facet(parts, worth) for key, parts in answer.facets.items() if key in facets}
        elsewhere = [
            parts[part]
            for key, parts in answer.facets.items()
            if key not in facets
            for part in PARTS
            if parts.get(part)
        ]
        decided = {name: getattr(answer, name) for name in ("applicable", "reason", "decided_by", "decided_on")}
        return decided | {
            "facets": {key: parts for key, parts in told.items() if parts},
            "text": _joined([answer.text, *elsewhere]),
        }
    whole = len(held) == len(step.old)  # a question nobody answered agrees with nothing
    agreed = _agreed([one for _key, one in held], facets, worth) if step.kind == MERGED and whole else {}
    words = [(key, _joined(_words(one))) for key, one in held]
    return {"facets": agreed, "text": "\n\n".join(f"{key} : {said}" for key, said in words if said)}


def _facet(parts: Mapping[str, Any], worth: Mapping[str, str]) -> dict[str, Any]:
    told = {part: parts[part] for part in PARTS if parts.get(part)}
    verdict = worth.get(parts.get("verdict") or "")
    return told | ({"verdict": verdict} if verdict else {})


def _agreed(answers: list[Answer], facets: Iterable[str], worth: Mapping[str, str]) -> Facets:
    """Verdicts that all the answers share."""
    found = {}
    for facet in facets:
        told = {worth.get(one.facets.get(facet, {}).get("verdict") or "") for one in answers}
        if len(told) == 1 and None not in told:
            found[facet] = {"verdict": told.pop()}
    return found


def _words(answer: Answer) -> list[str]:
    parts = [parts[part] for parts in answer.facets.values() for part in PARTS if parts.get(part)]
    return [answer.text, answer.reason if answer.applicable is False else "", *parts]


def _joined(words: Iterable[str]) -> str:
    return "\n".join(one for one in words if one.strip())
