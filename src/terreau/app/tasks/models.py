"""One row per piece of work asked for: who, what, how far it is, what came of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a piece of work stands; the last four are ends."""

    WAITING = "waiting", _("en attente")
    RUNNING = "running", _("en cours")
    DONE = "done", _("terminé")
    REFUSED = "refused", _("refusé")
    CANCELLED = "cancelled", _("annulé")
    STRANDED = "stranded", _("échoué")


LIVE = (State.WAITING, State.RUNNING)


class Job(models.Model):
    """A piece of work (travail), named by the digest of its input so that asking twice does it once.

    attempt: counts each time a worker takes it; a worker whose attempt is no longer this one has lost it.
    lost: workers that vanished while they had it; beat: counted up by the worker that has it, never a clock.
    queued: its row in the queue of django-tasks-db, gone once it ended.
    listed: False for what a page needed and had at once: nobody looks for it in « Travaux ».
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=160, blank=True)
    digest = models.CharField(max_length=64)
    inputs = models.JSONField(default=dict)
    language = models.CharField(max_length=2, default="fr")
    listed = models.BooleanField(default=True)

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    queued = models.UUIDField(null=True)
    attempt = models.PositiveIntegerField(default=0)
    lost = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=64, blank=True)
    beat = models.PositiveBigIntegerField(default=0)

    step = models.CharField(max_length=40, blank=True)
    told = models.PositiveBigIntegerField(default=0)
    told_of = models.PositiveBigIntegerField(default=0)
    result = models.JSONField(null=True)
    refusal = models.JSONField(null=True)

    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at", "-id")
        indexes = [models.Index(fields=["organisation", "state"]), models.Index(fields=["state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "digest"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="the_same_work_is_done_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def live(self) -> bool:
        """True while a worker has it or may still take it."""
        return self.state in LIVE

    @property
    def progress(self) -> tuple[int, int, str]:
        """How much is done, of how much (0: unknown), and the key of the step under way."""
        return self.told, self.told_of, self.step

    @property
    def facts(self) -> dict[str, Any]:
        """What the journal says of it."""
        return {"kind": self.kind, "subject": self.subject}
