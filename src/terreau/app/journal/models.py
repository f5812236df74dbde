"""The rows of the journal: added, never changed, never removed."""

import json
from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AppendOnlyError(Exception):
    """Someone tried to change or remove what was written."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries in bulk: read only."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnlyError("update")

    def delete(self) -> NoReturn:
        """Refused."""
        raise AppendOnlyError("delete")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnlyError("bulk_update")

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: an entry is written by ``door.record``, which chains it."""
        raise AppendOnlyError("bulk_create")


class Entry(models.Model):
    """One change: who, what, when, and the digest that ties it to the entry before.

    The actor is kept as it was called that day (number and label), not as a link: people leave, the journal stays.
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(_("Quand"), default=timezone.now)
    actor = models.BigIntegerField(null=True)
    actor_label = models.CharField(_("Qui"), max_length=200, blank=True)
    action = models.CharField(_("Quoi"), max_length=80)
    # Text, not a JSON column: a database may write numbers another way, and the digest is over these very characters.
    written = models.TextField(default="{}")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["organisation_id", "number"]
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="one_entry_per_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Added once; a second save is a change, refused."""
        if not self._state.adding:
            raise AppendOnlyError("save")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnlyError("delete")

    @property
    def facts(self) -> dict[str, Any]:
        """What a reader needs to understand the change; nothing when what was written has been spoiled."""
        try:
            return dict(json.loads(self.written))
        except (TypeError, ValueError, RecursionError):
            return {}
