"""A received workbook, from the upload to the private edition: proposed, corrected, accepted or abandoned."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from terreau.app import confinement, settings_env
from terreau.app.files import door as files
from terreau.app.journal import door as journal
from terreau.app.referentials import storing
from terreau.app.referentials.models import PrivateReferential, ReceivedGrid
from terreau.kernel.errors import TerreauError

READ = "terreau.app.referentials.reading"


def begin(organisation: Any, actor: Any, upload: Any) -> ReceivedGrid:
    """Keep the received file and propose how to read it; nothing is kept when it cannot be read."""
    kept = files.keep(organisation, upload, actor=actor)
    try:
        path = files.path_of(organisation, kept.id)
        told = confinement.run(f"{READ}.propose", path=str(path), name=kept.name)
    except BaseException:
        files.delete(organisation, kept.id, actor=actor)
        raise
    made: ReceivedGrid = ReceivedGrid.objects.create(
        organisation=organisation,
        kept_by=actor,
        file=kept.id,
        file_name=kept.name,
        mapping=told["mapping"],
        understood=told,
    )
    return made


def correct(draft: ReceivedGrid, mapping: Mapping[str, Any]) -> None:
    """Read the same file as a person corrected it; on a refusal the draft keeps its last reading."""
    path = files.path_of(draft.organisation, draft.file)
    told = confinement.run(f"{READ}.understand", path=str(path), name=draft.file_name, mapping=dict(mapping))
    draft.mapping, draft.understood = told["mapping"], told
    draft.save(update_fields=["mapping", "understood"])


def accept(draft: ReceivedGrid, actor: Any) -> PrivateReferential:
    """Make the private edition that was shown; the received workbook stays beside it."""
    undecided = [word for word, share in dict(draft.mapping["words"]).items() if not share]
    if undecided:
        raise TerreauError("app.grid_words_undecided", words=", ".join(undecided))
    told = draft.understood
    with transaction.atomic():
        made = storing.keep_edition(
            draft.organisation, actor, told["document"], origin="grid", grid=told["grid"], file=draft.file,
            file_name=draft.file_name,
        )  # fmt: skip
        spare = made.file != draft.file
        file, organisation = draft.file, draft.organisation
        draft.delete()
        if spare:
            files.delete(organisation, file, actor=actor)
    return made


def keep_unseen(organisation: Any, path: Path, language: str = "fr") -> PrivateReferential:
    """Accept the proposed reading when nothing in it is unsure; else leave the draft on its screen, and say where."""
    from django.core.files import File as Sent
    from django.urls import reverse

    with path.open("rb") as file:
        draft = begin(organisation, None, Sent(file, name=path.name))
    unsure = draft.understood["doubts"]
    if not unsure:
        return accept(draft, None)
    address = settings_env.public_url() + reverse("referentials:grid", args=[organisation.slug, draft.pk])
    doubts = "; ".join(one[1 if language == "en" else 0] for one in unsure[:4])
    raise TerreauError("app.grid_unsure", name=path.name, doubts=doubts, address=address)


def abandon(draft: ReceivedGrid, actor: Any) -> None:
    """Forget the draft and its file."""
    with transaction.atomic():
        file, organisation, name = draft.file, draft.organisation, draft.file_name
        draft.delete()
        files.delete(organisation, file, actor=actor)
        journal.record(organisation, actor, "referentials.grid_abandoned", {"name": name})
