"""From an assessment to the one that follows it in a newer edition: what was accepted is carried, the old one stays and is closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.db import transaction

from terreau.app.diagnosis import carrying, starting
from terreau.app.diagnosis.answering import writer_of
from terreau.app.diagnosis.entering import answers_of
from terreau.app.diagnosis.inheriting import handed
from terreau.app.diagnosis.models import Answer, Assessment, OffGrid
from terreau.app.diagnosis.recording import OFF_GRID, subject_of
from terreau.app.diagnosis.taking_in import take_in
from terreau.app.evidence import door as evidence
from terreau.app.referentials import door as referentials
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.referentials.edition import Edition
    from terreau.referentials.migrating import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One answer to carry, and the assessment its evidence is tied in (this one, or that of its family)."""

    answer: Answer
    of: Assessment


def next_name(assessment: Assessment) -> tuple[str, str] | None:
    """Key and version of the latest edition that supersedes the pinned one; None when there is none."""
    found = referentials.newer(assessment.organisation, assessment.referential, assessment.version)
    return found[-1] if found else None


def followed_by(assessment: Assessment, name: tuple[str, str] | None) -> Assessment | None:
    """The assessment that took this one further, in that edition; None when there is none yet."""
    if name is None:
        return None
    found = Assessment.objects.of(assessment.organisation).filter(pk=_number(assessment, name)).first()
    if found:
        found.organisation = assessment.organisation
    return found


def _number(assessment: Assessment, name: tuple[str, str]) -> UUID:
    """The number of the assessment that follows: the same each time, so that asking twice makes one."""
    return uuid5(assessment.pk, "@".join(name))


def pinned(assessment: Assessment) -> Edition:
    """The whole edition an assessment is pinned to, variants included."""
    return referentials.edition_for(assessment.organisation, assessment.referential, assessment.version)


def held(assessment: Assessment, *, with_family: bool) -> dict[str, Held]:
    """Short key -> what may be carried: what was said here and, ``with_family``, what the family said in its place."""
    answers = answers_of(assessment)
    found = {
        key: Held(answer=one, of=assessment) for key, one in answers.items() if one.speaks or one.owner_name or one.due
    }
    if with_family and assessment.inherits is not None:
        found |= {key: Held(answer=one, of=assessment.inherits) for key, one in handed(assessment, answers).items()}
    return {key.rpartition(":")[2]: one for key, one in found.items()}


def move_on(assessment: Assessment, by: Any, name: tuple[str, str], title: str) -> Assessment:
    """A new assessment pinned to the newer edition, with what was accepted; the old one is closed.

    The same question takes its answer as a draft; one that becomes several hands its words to each, without a verdict; several that
    become one bring their words together, and their verdict when they agree. TerreauError when this one is closed.
    """
    old, new = pinned(assessment), referentials.edition_for(assessment.organisation, *name)
    with transaction.atomic():
        kept = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
        if made := followed_by(assessment, name):
            return made
        if kept.state != Assessment.State.OPEN:
            raise TerreauError("app.answer_closed")
        steps = referentials.accepted_steps(assessment.organisation, old, new)
        family = followed_by(assessment.inherits, name) if assessment.inherits else None
        made = starting.begin(
            assessment.organisation,
            by,
            new,
            _frame(assessment, new, title) | {"id": _number(assessment, name), "inherits": family},
        )
        made.organisation = assessment.organisation
        mine = held(assessment, with_family=family is None)
        given = carrying.carried(steps, {key: one.answer for key, one in mine.items()}, old, new)
        moves = _moves(assessment, steps, mine, new, made)
        moves |= _practices(assessment, made, new)
        evidence.carry(assessment.organisation, moves)
        take_in(
            made, writer_of(by, assessment.organisation), given, action="diagnosis.moved_on", before=assessment.version
        )
        starting.reframe(assessment, by, {"state": Assessment.State.CLOSED.value})
    return made


def _frame(assessment: Assessment, new: Edition, title: str) -> dict[str, Any]:
    from types import SimpleNamespace

    service = SimpleNamespace(pk=assessment.service, name=assessment.service_name) if assessment.service else None
    asked = {one.key for one in new.profile}
    return {
        "title": title, "service": service,
        "variant": assessment.variant if assessment.variant in {one.key for one in new.variants} else "",
        "profile": {key: value for key, value in assessment.profile.items() if key in asked},
        "target_level": assessment.target_level if assessment.target_level in {one.key for one in new.levels} else "",
        **{field: getattr(assessment, field) for field in ("period_start", "period_end", "target_on")},
    }  # fmt: skip


Moves = dict[str, list[tuple[str, tuple[str, ...]]]]


def _moves(
    assessment: Assessment, steps: Iterable[Step], mine: Mapping[str, Held], new: Edition, made: Assessment
) -> Moves:
    """Subject of each old answer -> subjects of the new ones, with their facets; evidence without a word beside it moves too."""
    asked = {one.short: one for one in new.criteria}
    found: Moves = {}
    for old, key in ((old, key) for step in steps for old in step.old for key in step.new if key in asked):
        source = mine[old].of if old in mine else assessment
        facets = tuple(one.key for one in asked[key].facets)
        subject = subject_of(source, f"{assessment.referential}:{old}")
        found.setdefault(subject, []).append((subject_of(made, asked[key].key), facets))
    return found


def _practices(assessment: Assessment, made: Assessment, new: Edition) -> Moves:
    """Practices beside the grid come along: no edition asks for them."""
    facets = tuple(one.key for one in new.criteria[0].facets) if new.criteria else ()
    found: Moves = {}
    for one in assessment.off_grid.all():
        copied = OffGrid.objects.create(
            assessment=made, title=one.title, theme=one.theme, text=one.text, facets=one.facets, owner_text=one.owner_text,
            existing_action=one.existing_action,
        )  # fmt: skip
        found[subject_of(assessment, f"{OFF_GRID}:{one.pk}")] = [(subject_of(made, f"{OFF_GRID}:{copied.pk}"), facets)]
    return found
