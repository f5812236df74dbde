"""What an organisation follows, the targets it set one after the other, and every value it ever kept."""

from __future__ import annotations

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terreau.app.accounts import access
from terreau.indicators.followed import Baseline, Target
from terreau.indicators.values import Value
from terreau.kernel.period import Period


class Role(models.TextChoices):
    """How it stands on the board."""

    FLAGSHIP = "flagship", _("phare")
    FOLLOWED = "followed", _("suivi")


class Audience(models.TextChoices):
    """Who it is shown to; nothing said keeps what its definition says."""

    PUBLIC = "public", _("tout le monde")
    PERFORMANCE = "performance", _("pilotage")
    GOVERNANCE = "governance", _("gouvernance")


class OfOrganisations(models.QuerySet[Any]):
    """Rows of organisations, by who may see them."""

    def visible_to(self, user: object) -> OfOrganisations:
        """Those of the organisations this person may enter."""
        return self.filter(organisation__in=access.organisations_visible_to(user))


class OnTheBoard(models.Manager.from_queryset(OfOrganisations)):  # type: ignore[misc]
    """What is followed today."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Without what left the board."""
        return super().get_queryset().filter(left_on=None)


class WrittenOnce(OfOrganisations):
    """Rows that are never changed."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Never: what was signed stays."""
        raise TypeError("a signed row is never changed")


class Following(models.Model):
    """One indicator as an organisation follows it (suivi): who carries it, who reviews it; its targets are ``aims``.

    indicator: key of its definition; why_more: why it is followed although the board was full; left_on: the day it was taken
    off the board, None while it is on it: its row waits there with its targets
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="followings")
    indicator = models.CharField(max_length=200)
    role = models.CharField(_("Place sur le tableau"), max_length=8, choices=Role.choices, default=Role.FOLLOWED)
    audience = models.CharField(_("Montré à"), max_length=12, choices=Audience.choices, blank=True)
    owner = models.CharField(_("Qui le porte"), max_length=160, blank=True)
    review_body = models.CharField(_("Qui le passe en revue"), max_length=160, blank=True)
    since = models.DateField(default=timezone.localdate)
    left_on = models.DateField(null=True, blank=True)
    why_more = models.CharField(_("Pourquoi un de plus"), max_length=400, blank=True)
    # Grows at each change: two people writing at once are told.
    revision = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = OnTheBoard()
    every = OfOrganisations.as_manager()

    class Meta:
        ordering = ["role", "indicator"]
        constraints = [models.UniqueConstraint(fields=["organisation", "indicator"], name="followed_once")]

    def __str__(self) -> str:
        return self.indicator


class Aim(models.Model):
    """Where an indicator starts from and where it must arrive (départ, cible); another one is another row, with its reason."""

    following = models.ForeignKey(Following, on_delete=models.CASCADE, related_name="aims")
    unit = models.CharField(max_length=24)
    baseline_value = models.FloatField(null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_method = models.CharField(max_length=200, blank=True)
    target_value = models.FloatField(null=True, blank=True)
    target_due = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_label = models.CharField(max_length=200, blank=True)
    on = models.DateTimeField(default=timezone.now, editable=False)

    objects = models.Manager.from_queryset(WrittenOnce)()

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.following} : {self.target_value}"

    @property
    def baseline(self) -> Baseline | None:
        """The baseline, None when nothing is said of it."""
        if self.baseline_value is None or self.baseline_on is None:
            return None
        return Baseline(value=self.baseline_value, on=self.baseline_on, method=self.baseline_method, unit=self.unit)

    @property
    def target(self) -> Target | None:
        """The target, None when there is none."""
        if self.target_value is None or self.target_due is None:
            return None
        return Target(value=self.target_value, due=self.target_due, unit=self.unit)


class KeptValue(models.Model):
    """One value ever recorded, signed (valeur): another one may correct it or recompute it, nothing changes it.

    corrects, recomputes: key of another value; papers: what the meter said, rows in both languages; by_label: who signed
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    indicator = models.CharField(max_length=200)
    group = models.CharField(max_length=160, blank=True)
    on = models.DateField()
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=9, default="day")
    value = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    numerator = models.FloatField(null=True, blank=True)
    denominator = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=24)
    method = models.CharField(max_length=200, blank=True)
    method_version = models.CharField(max_length=80, blank=True)
    origin = models.CharField(max_length=5, default="form")
    explained = models.TextField(max_length=2000, blank=True)
    papers = models.JSONField(default=dict, blank=True)
    corrects = models.UUIDField(null=True, blank=True)
    recomputes = models.UUIDField(null=True, blank=True)
    signed_by = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = models.Manager.from_queryset(WrittenOnce)()

    class Meta:
        ordering = ["indicator", "group", "on", "recorded_at", "id"]
        indexes = [models.Index(fields=["organisation", "indicator", "group", "on"], name="values_by_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.group} {self.on:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once."""
        if not self._state.adding:
            raise TypeError("a signed row is never changed")
        super().save(*args, **kwargs)

    def as_value(self, proofs: tuple[str, ...] = ()) -> Value:
        """The value as the room of indicators reads it; ``proofs``: keys of its evidence."""
        return valued(self, proofs)


VALUED = (
    "pk", "indicator", "group", "on", "precision", "period_start", "period_end", "value", "low", "high", "numerator", "denominator",
    "unit", "method", "method_version", "origin", "explained", "signed_by", "corrects", "recomputes", "recorded_at",
)  # fmt: skip
"""The columns that ``valued`` reads."""


def valued(row: Any, proofs: tuple[str, ...] = ()) -> Value:
    """A value kept, or a row of its columns ``VALUED``, as the room of indicators reads it."""
    whole = Period(row.period_start, row.period_end) if row.period_start and row.period_end else None
    return Value(
        id=str(row.pk), indicator=row.indicator, group=row.group, on=row.on, precision=row.precision,
        period=whole, value=row.value, low=row.low, high=row.high,
        numerator=row.numerator, denominator=row.denominator, unit=row.unit, method=row.method,
        method_version=row.method_version, origin=row.origin, explained=row.explained, signed_by=row.signed_by,
        corrects=str(row.corrects) if row.corrects else None,
        recomputes=str(row.recomputes) if row.recomputes else None, recorded_at=row.recorded_at, proofs=proofs,
    )  # fmt: skip


class ValuesFile(models.Model):
    """A file of values looked at before anything is kept (fichier de valeurs): accepted once, or forgotten.

    read: what was understood of it, as ``ValuesRead.as_json`` says it, by language; taken: how many values it gave
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    file = models.UUIDField(editable=False)  # key of a kept file
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="fr")
    read = models.JSONField(default=dict, blank=True)
    taken = models.PositiveIntegerField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfOrganisations.as_manager()

    class Meta:
        ordering = ["-on", "id"]

    def __str__(self) -> str:
        return self.name


class OwnIndicator(models.Model):
    """An indicator that an organisation defined (indicateur propre): its document, as a YAML file of the catalogue would hold it.

    key: its short name, kept for ever; draft: still being written, known to nobody else; answers: those of the assistant
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    document = models.JSONField(default=dict)
    draft = models.BooleanField(default=True)
    answers = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateTimeField(default=timezone.now, editable=False)
    changed_on = models.DateTimeField(auto_now=True)

    objects = OfOrganisations.as_manager()

    class Meta:
        ordering = ["draft", "key"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="one_own_indicator_per_key")]

    def __str__(self) -> str:
        return self.key
