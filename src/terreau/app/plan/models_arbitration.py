"""The register of arbitrations as the database keeps it: what was weighed, what was decided and why. Nothing is rewritten."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terreau.app.accounts import access
from terreau.app.plan.once import WrittenOnce


class ArbitrationQuerySet(models.QuerySet["Arbitration"]):
    """Arbitrations, by who may see them."""

    def visible_to(self, user: object) -> ArbitrationQuerySet:
        """Those of the organisations this person may enter."""
        return self.filter(organisation__in=access.organisations_visible_to(user))

    def whole(self) -> ArbitrationQuerySet:
        """With all that a record of them needs, in a fixed number of queries."""
        return self.prefetch_related("reviews", "successors")


class Arbitration(models.Model):
    """One question between objectives in tension. Until ``decided`` it may change; after, it is only reviewed or replaced.

    options: [{key, title, effects: [{criterion, brings, costs}], rules: [key]}]; tensions: among ``plan.arbitration.TENSIONS``
    took_part: roles or names, one each; commitments: keys of those that carry it out
    replaces: the decision whose place it takes, once decided; revision: two people writing at once are told
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="arbitrations")
    question = models.CharField(_("Question à trancher"), max_length=300)
    tensions = models.JSONField(default=list, blank=True)
    options = models.JSONField(default=list, blank=True)
    took_part = models.JSONField(default=list, blank=True)
    decided = models.CharField(max_length=40, blank=True)
    why = models.TextField(_("Pourquoi cette option"), max_length=4000, blank=True)
    decided_on = models.DateField(_("Décidé le"), null=True, blank=True)
    review_on = models.DateField(_("À revoir le"), null=True, blank=True)
    commitments = models.JSONField(default=list, blank=True)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="successors")
    revision = models.PositiveIntegerField(default=0)
    made_on = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ArbitrationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "id"]

    def __str__(self) -> str:
        return self.question


class ArbitrationVersion(WrittenOnce):
    """An arbitration as it stood after one act: told is the whole record, as JSON."""

    class What(models.TextChoices):
        """What was done."""

        OPENED = "opened", _("question posée")
        REWORKED = "reworked", _("options reprises")
        DECIDED = "decided", _("décidé")
        REVIEWED = "reviewed", _("revu")

    arbitration = models.ForeignKey(Arbitration, on_delete=models.CASCADE, related_name="versions")
    what = models.CharField(max_length=8, choices=What.choices)
    told = models.JSONField()
    by = models.CharField(max_length=200, blank=True)
    on = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.arbitration}: {self.what}"


class ArbitrationReview(WrittenOnce):
    """A decision looked at again: kept or not, why, by whom."""

    arbitration = models.ForeignKey(Arbitration, on_delete=models.CASCADE, related_name="reviews")
    on = models.DateField(_("Revue du"))
    kept = models.BooleanField(_("La décision tient"))
    comment = models.TextField(_("Ce qui a été vu, et pourquoi"), max_length=2000, blank=True)
    by = models.CharField(_("Par"), max_length=200, blank=True)
    written_by = models.CharField(max_length=200, blank=True)
    written_on = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"
