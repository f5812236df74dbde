"""Targets, hypotheses and scenarios as the database keeps them: none is rewritten, the latest stands."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terreau.app.accounts import access
from terreau.app.plan.once import WrittenOnce


class TrajectoryTarget(WrittenOnce):
    """Where the organisation wants to be, for one criterion (cible). The latest of a criterion stands, the older ones are kept.

    baseline_value [unit of the criterion] on baseline_on; baseline_run: the run it was read from, '' when it was typed
    rule share: amount is the part taken away by ``year`` [0 to 1]; value: what is left then [unit]; yearly: part taken
    away every year [0 to 1]; none: no target any more
    """

    class Rule(models.TextChoices):
        """How the curve goes."""

        SHARE = "share", _("une baisse à une date")
        VALUE = "value", _("une valeur à une date")
        YEARLY = "yearly", _("une baisse chaque année")
        NONE = "none", _("plus de cible")

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="trajectory_targets"
    )
    criterion = models.CharField(max_length=60)
    rule = models.CharField(max_length=6, choices=Rule.choices)
    amount = models.FloatField(default=0.0)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    baseline_value = models.FloatField(default=0.0)
    baseline_on = models.DateField()
    baseline_run = models.CharField(max_length=64, blank=True)
    why = models.CharField(max_length=400, blank=True)
    set_on = models.DateTimeField(default=timezone.now, editable=False)
    set_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-set_on", "-id"]
        indexes = [models.Index(fields=["organisation", "criterion"], name="targets_by_criterion")]

    def __str__(self) -> str:
        return f"{self.criterion} {self.rule} {self.amount:g}"


class TrajectoryHypotheses(WrittenOnce):
    """What the trajectory of the plan holds true: the latest stands. growth: % a year by category, ``*`` for the others."""

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="trajectory_hypotheses"
    )
    years = models.PositiveSmallIntegerField(default=5)
    growth = models.JSONField(default=dict, blank=True)
    backlog = models.FloatField(null=True, blank=True)
    why = models.CharField(max_length=400, blank=True)
    set_on = models.DateTimeField(default=timezone.now, editable=False)
    set_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-set_on", "-id"]

    def __str__(self) -> str:
        return f"{self.years} years"


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    """Scenarios, by who may see them."""

    def visible_to(self, user: object) -> ScenarioQuerySet:
        """Those of the organisations this person may enter."""
        return self.filter(organisation__in=access.organisations_visible_to(user))

    def standing(self) -> ScenarioQuerySet:
        """Those nobody put away."""
        return self.filter(retired_on=None)


class Scenario(models.Model):
    """A plan tried and kept with what it promised that day. Only putting it away changes it.

    levers: [{"text": "LV01=6", "year": 2027}], the calendar year it starts; at, run: the inventory and the calculation it was
    made on; parameters: those of the organisation that day; told: for each criterion, the curve and its causes as computed then
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="scenarios")
    name = models.CharField(_("Nom"), max_length=120)
    years = models.PositiveSmallIntegerField(default=5)
    growth = models.JSONField(default=dict, blank=True)
    backlog = models.FloatField(null=True, blank=True)
    levers = models.JSONField(default=list, blank=True)
    at = models.DateField()
    run = models.CharField(max_length=64)
    parameters = models.JSONField(default=dict, blank=True)
    told = models.JSONField(default=dict, blank=True)
    made_on = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=200, blank=True)
    retired_on = models.DateTimeField(null=True, blank=True)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "id"]

    def __str__(self) -> str:
        return self.name
