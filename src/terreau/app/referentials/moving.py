"""From an edition to the one that supersedes it: passages proposed, accepted one by one by a person."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from terreau.app.journal import door as journal
from terreau.app.referentials import shelf
from terreau.app.referentials.models import MigrationStep, PrivateReferential
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.referentials.edition import Edition
    from terreau.referentials.migrating import Step


# Comparing two editions question by question takes a while, and both never change: what was proposed is kept ready.
_READY: OrderedDict[tuple[str, str], tuple[Step, ...]] = OrderedDict()
MOST_READY = 16


def name_of(edition: Edition) -> str:
    """How a passage names an edition: ``key@version``."""
    return f"{edition.key}@{edition.version}"


def befores(organisation: Any, edition: Edition) -> list[Edition]:
    """The editions within reach that this one supersedes: named by it, or an earlier version of its own."""
    short = edition.key.rpartition("/")[2]
    mine = PrivateReferential.objects.of(organisation).order_by("-kept_on")
    own = next((row for row in mine if row.key == edition.key and row.version == edition.version), None)
    found = [
        shelf.edition_of(row)
        for row in mine
        if (row.name == edition.supersedes and row.name)
        or (own is not None and row.name == short and row.version != edition.version and row.kept_on < own.kept_on)
    ]
    if edition.supersedes and not found:
        try:
            found.append(shelf.edition_for(organisation, edition.supersedes))
        except TerreauError:
            return []
    return found


def newer(organisation: Any, key: str, version: str) -> list[tuple[str, str]]:
    """Key and version of the editions that supersede this one, as ``afters`` finds them, in one query and without reading any."""
    from terreau.referentials import library

    short = key.rpartition("/")[2]
    found = [(head.key, head.version) for head in library.editions() if head.supersedes == short]
    rows = list(
        PrivateReferential.objects.of(organisation)
        .order_by("kept_on")
        .values_list("name", "version", "kept_on", "withdrawn_on", "document__supersedes")
    )
    of = f"{shelf.PRIVATE}{organisation.pk}/"
    since = next((kept for name, at, kept, _out, _for in rows if (f"{of}{name}", at) == (key, version)), None)
    for name, at, kept, withdrawn, supersedes in rows:
        mine = f"{of}{name}" == key
        if withdrawn is None and (
            (mine and since and at != version and kept > since) or (not mine and supersedes == short)
        ):
            found.append((f"{of}{name}", at))
    return found


def afters(organisation: Any, edition: Edition) -> list[Edition]:
    """The editions within reach that supersede this one."""
    found = []
    for head in shelf.heads_for(organisation):
        if head.key == edition.key and head.version == edition.version:
            continue
        later = shelf.edition_for(organisation, head.key, head.version)
        if any(name_of(one) == name_of(edition) for one in befores(organisation, later)):
            found.append(later)
    return found


def steps(organisation: Any, old: Edition, new: Edition) -> list[tuple[Step, MigrationStep | None]]:
    """Every passage proposed, with what a person said of it."""
    from terreau.referentials.migrating import propose_migration

    said = {(tuple(row.old), tuple(row.new)): row for row in _rows(organisation, old, new)}
    name = (old.digest, new.digest)
    proposed = _READY.get(name)
    if proposed is None:
        proposed = _READY[name] = propose_migration(old, new)
        while len(_READY) > MOST_READY:
            _READY.popitem(last=False)
    return [(step, said.get((step.old, step.new))) for step in proposed]


def say(organisation: Any, actor: Any, old: Edition, new: Edition, chosen: Iterable[Step], *, accepted: bool) -> int:
    """A person accepts, or sets aside, some passages; returns how many."""
    count = 0
    with transaction.atomic():
        for step in chosen:
            _rows(organisation, old, new).filter(old=list(step.old), new=list(step.new)).delete()
            MigrationStep.objects.create(
                organisation=organisation, before=name_of(old), after=name_of(new), old=list(step.old), new=list(step.new),
                kind=step.kind, accepted=accepted, by=actor, by_label=str(actor or ""), on=timezone.now(),
            )  # fmt: skip
            count += 1
        if count:
            told = {"before": old.title.fr, "after": new.title.fr, "count": count, "accepted": accepted}
            journal.record(organisation, actor, "referentials.steps_said", told)
    return count


def accepted(organisation: Any, old: Edition, new: Edition) -> tuple[Step, ...]:
    """The passages a person accepted: what a new assessment may follow."""
    from terreau.referentials.migrating import KNOWN, Step

    rows = _rows(organisation, old, new).filter(accepted=True)
    return tuple(Step(old=tuple(row.old), new=tuple(row.new), kind=row.kind, status=KNOWN) for row in rows)


def _rows(organisation: Any, old: Edition, new: Edition) -> Any:
    return MigrationStep.objects.of(organisation).filter(before=name_of(old), after=name_of(new))
