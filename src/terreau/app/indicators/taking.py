"""A file of values, from the upload to the values: read, shown line by line, accepted once or forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from terreau.app import confinement
from terreau.app.accounts.alone import alone
from terreau.app.files import door as files
from terreau.app.indicators import valuing
from terreau.app.indicators.board import values_of
from terreau.app.indicators.models import ValuesFile
from terreau.app.indicators.naming import packs
from terreau.app.journal import door as journal
from terreau.app.language import language
from terreau.indicators.loading import to_document
from terreau.indicators.values import Value
from terreau.kernel.errors import TerreauError

READ = "terreau.app.indicators.reading.read"
SURE, ALL = "sure", "all"


def begin(organisation: Any, actor: Any, upload: Any) -> ValuesFile:
    """Keep the file received and say what was understood; nothing is kept when it cannot be read."""
    kept = files.keep(organisation, upload, actor=actor)
    try:
        draft = ValuesFile(organisation=organisation, file=kept.id, name=kept.name, language=language(), by=actor)
        draft.read = _read(draft, actor)
        with transaction.atomic():
            draft.save()
            journal.record(organisation, actor, "indicators.file_received", {"file": kept.name})
    except BaseException:
        files.delete(organisation, kept.id, actor=actor)
        raise
    return draft


def accept(draft: ValuesFile, actor: Any, which: str) -> int | None:
    """Keep the values of the lines that are sure, or of all those that were not left out; how many were kept.

    None when what is kept already changed since the file was shown: it is read again, to be looked at again.
    """
    told = _read(draft, actor)
    if _seen(told) != _seen(draft.read):
        draft.read = told
        draft.save(update_fields=["read"])
        return None
    with alone(draft.organisation):
        held = ValuesFile.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if held.taken is not None:
            raise TerreauError("app.changed_meanwhile")
        values = [_signed(one, draft, actor) for one in _chosen(told["lines"], which)]
        made = valuing.keep(draft.organisation, actor, values)
        held.taken = len(made)
        held.save(update_fields=["taken"])
        names = sorted({one.indicator for one in made})
        facts = {"file": draft.name, "count": len(made), "indicators": names, "doubtful": which == ALL}
        journal.record(draft.organisation, actor, "indicators.taken_in", facts)
    return len(made)


def forget(draft: ValuesFile, actor: Any) -> None:
    """Leave the file aside: nothing of it was kept. app.changed_meanwhile once its values are."""
    organisation = draft.organisation
    with transaction.atomic():
        held = ValuesFile.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if held.taken is not None:
            raise TerreauError("app.changed_meanwhile")
        held.delete()
        journal.record(organisation, actor, "indicators.file_forgotten", {"file": draft.name})
        files.delete(organisation, draft.file, actor=actor)


def _read(draft: ValuesFile, actor: Any) -> dict[str, Any]:
    organisation = draft.organisation
    known = [one.as_json() for held in values_of(organisation).values() for one in held]
    own = [to_document(one) for pack in packs(organisation) for one in pack]
    found: dict[str, Any] = confinement.run(
        READ, path=str(files.path_of(organisation, draft.file)), name=draft.name, language=draft.language,
        at=timezone.localdate().isoformat(), recorded_at=timezone.now().isoformat(), signed_by=valuing.signature(actor),
        known=known, organisation=str(organisation.pk), own=own,
    )  # fmt: skip
    return found


def _chosen(lines: Sequence[Mapping[str, Any]], which: str) -> list[Value]:
    wanted = ("accepted", "doubtful") if which == ALL else ("accepted",)
    return [Value.from_json(one["value"]) for one in lines if one["value"] and one["outcome"] in wanted]


def _signed(value: Value, draft: ValuesFile, actor: Any) -> Value:
    return replace(value, recorded_at=timezone.now(), signed_by=valuing.signature(actor))


def _seen(told: Mapping[str, Any]) -> list[Any]:
    """What a person saw of each line: what becomes of it, and why."""
    return [
        (one["sheet"], one["line"], one["outcome"], [each["fr"] for each in one["remarks"]]) for one in told["lines"]
    ]
