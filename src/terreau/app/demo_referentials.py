"""The grid a fictitious label sent to the example organisation: one reading accepted, and the same file still to be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files import File
from django.db import transaction

from terreau.app.accounts.models import Organisation
from terreau.app.demo_diagnosis import uuid_of
from terreau.app.files import door as files
from terreau.app.referentials import reading, storing
from terreau.app.referentials.models import PrivateReferential, ReceivedGrid


def seed(owner: Any, organisation: Organisation, workbook: Path) -> None:
    """Keep the grid of the example label, unless it is there. Our own file: it is read here, without the confined child."""
    if PrivateReferential.objects.of(organisation).exists():
        return
    told = reading.propose(str(workbook), workbook.name)
    told["document"] |= {"authority": "Label Exemple (fictif)", "version": "2026"}
    with transaction.atomic():
        made = storing.keep_edition(organisation, owner, told["document"], origin="grid", grid=told["grid"],
                                    file=_kept(organisation, owner, workbook), file_name=workbook.name)  # fmt: skip
        PrivateReferential.objects.filter(pk=made.pk).update(id=uuid_of(organisation, "referential"))
        ReceivedGrid.objects.create(
            id=uuid_of(organisation, "received-grid"), organisation=organisation, kept_by=owner, file_name=workbook.name,
            file=_kept(organisation, owner, workbook), mapping=told["mapping"], understood=told,
        )  # fmt: skip


def _kept(organisation: Organisation, owner: Any, workbook: Path) -> UUID:
    with workbook.open("rb") as file:
        return files.keep(organisation, File(file, name=workbook.name), actor=owner).id
