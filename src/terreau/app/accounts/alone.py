"""One writer at a time in what an organisation keeps: what is read before writing is still so when it is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from terreau.app.accounts.models import Organisation


@contextmanager
def alone(organisation: Any) -> Iterator[None]:
    """A transaction that waits for the others of this kind in the same organisation, as every line of the journal does."""
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        yield
