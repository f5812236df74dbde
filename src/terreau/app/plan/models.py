"""A commitment as the database keeps it: what was promised, what became of it, what was decided. Nothing is rewritten."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terreau.app.accounts import access
from terreau.app.plan.models_arbitration import Arbitration, ArbitrationReview, ArbitrationVersion
from terreau.app.plan.models_scenarios import Scenario, TrajectoryHypotheses, TrajectoryTarget
from terreau.app.plan.once import WrittenOnce

__all__ = ["Aim", "Arbitration", "ArbitrationReview", "ArbitrationVersion", "Commitment", "LinkedAction", "Milestone", "Move",
           "Review", "Scenario", "TrajectoryHypotheses", "TrajectoryTarget", "WrittenOnce"]  # fmt: skip
HELD = "held_"
PARTS = ("moves", "milestones", "aims", "reviews", "linked")
"""What a record of a commitment is made of, beside its own row."""


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Commitments, by who may see them."""

    def visible_to(self, user: object) -> CommitmentQuerySet:
        """Those of the organisations this person may enter."""
        return self.filter(organisation__in=access.organisations_visible_to(user))

    def whole(self) -> CommitmentQuerySet:
        """With all that a record of them needs, in a fixed number of queries: read it with ``held``."""
        # Lists, not managers: for a hundred commitments the managers would cost more than the queries.
        return self.prefetch_related(*(models.Prefetch(name, to_attr=f"{HELD}{name}") for name in PARTS))


class Commitment(models.Model):
    """One promise (engagement). Until ``adopted_on`` it is a draft and may change; after, only what ``acting`` allows.

    theme: one of the themes of indicators; criteria: full keys of what it serves; levers: as written ("LV01=6")
    origin_reference: key of a lever, "<assessment>/<criterion>", "<audit>/<remark>", or words
    revision: grows at each change: two people writing at once are told
    """

    class Origin(models.TextChoices):
        """Where it comes from."""

        LEVER = "lever", _("un levier")
        GAP = "gap", _("un écart du diagnostic")
        REMARK = "remark", _("une remarque d’auditeur")
        IDEA = "idea", _("une idée")
        MEETING = "meeting", _("une réunion")
        OTHER = "other", _("autre chose")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="commitments")
    statement = models.CharField(_("Engagement"), max_length=300)
    theme = models.CharField(_("Thème"), max_length=40, blank=True)
    criteria = models.JSONField(default=list, blank=True)
    owner = models.CharField(_("Qui le porte"), max_length=160, blank=True)
    start = models.DateField(_("Début"))
    due = models.DateField(_("Échéance"))
    adopted_on = models.DateField(_("Pris le"), null=True, blank=True)
    adopted_by = models.CharField(max_length=200, blank=True)
    budget = models.DecimalField(_("Budget"), max_digits=12, decimal_places=2, null=True, blank=True)
    person_days = models.DecimalField(_("Jours de travail"), max_digits=9, decimal_places=2, null=True, blank=True)
    levers = models.JSONField(default=list, blank=True)
    origin = models.CharField(_("Vient de"), max_length=8, choices=Origin.choices, blank=True)
    origin_reference = models.CharField(max_length=300, blank=True)
    next_review = models.DateField(_("Prochaine revue"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    made_on = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due", "statement", "id"]
        indexes = [models.Index(fields=["organisation", "due"], name="commitments_by_due_day")]

    def __str__(self) -> str:
        return self.statement

    def held(self, part: str) -> list[Any]:
        """One of ``PARTS``: as read with the row when ``whole()`` was asked, as it is now otherwise."""
        found = self.__dict__.get(f"{HELD}{part}")
        return list(getattr(self, part).all()) if found is None else list(found)


class Milestone(models.Model):
    """One intermediate date (jalon). ``due`` is the day first promised; ``answers``: key of the missed one it makes up for.

    added_on: the day it was added to a commitment already taken, None when it was there from the start
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="milestones")
    key = models.CharField(max_length=40)
    title = models.CharField(_("Jalon"), max_length=200)
    due = models.DateField(_("Pour le"))
    done_on = models.DateField(_("Fait le"), null=True, blank=True)
    done_by = models.CharField(max_length=200, blank=True)
    answers = models.CharField(max_length=40, blank=True)
    added_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due", "id"]
        constraints = [models.UniqueConstraint(fields=["commitment", "key"], name="one_milestone_per_key")]

    def __str__(self) -> str:
        return self.title


class Move(WrittenOnce):
    """A due day that became another: of the whole, or of one milestone. The former stays, with why."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="moves")
    milestone = models.ForeignKey(Milestone, null=True, blank=True, on_delete=models.CASCADE, related_name="moves")
    on = models.DateField()
    due = models.DateField(_("Nouvelle date"))
    why = models.CharField(_("Pourquoi"), max_length=400)
    by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.due:%Y-%m-%d}"


class Aim(models.Model):
    """An indicator to be moved, from where to where. A later one replaces it: ``until`` and ``why`` say when and why."""

    class Which(models.TextChoices):
        """What is to be done, what it is to obtain."""

        MEANS = "means", _("moyens")
        RESULT = "result", _("résultat")

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="aims")
    which = models.CharField(max_length=6, choices=Which.choices)
    indicator = models.CharField(_("Indicateur"), max_length=200)
    unit = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=4, default="up")
    baseline = models.FloatField(_("Valeur de départ"), null=True, blank=True)
    baseline_on = models.DateField(_("Mesurée le"), null=True, blank=True)
    baseline_method = models.CharField(_("Comment"), max_length=160, blank=True)
    target = models.FloatField(_("Cible"), null=True, blank=True)
    target_on = models.DateField(_("Cible pour le"), null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    why = models.CharField(_("Pourquoi"), max_length=400, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "which"], condition=models.Q(until=None), name="one_aim_of_each_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.which} {self.indicator}"


class Review(WrittenOnce):
    """The commitment looked at again: decided what, why, by whom; milestones: keys of the missed ones it answers."""

    class Decision(models.TextChoices):
        """What is decided."""

        CONTINUE = "continue", _("continuer")
        ADJUST = "adjust", _("ajuster")
        STOP = "stop", _("arrêter")
        CLOSE = "close", _("clore")

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="reviews")
    on = models.DateField(_("Revue du"))
    decision = models.CharField(_("Décision"), max_length=8, choices=Decision.choices)
    comment = models.TextField(_("Ce qui a été vu, et pourquoi cette décision"), max_length=2000, blank=True)
    by = models.CharField(_("Par"), max_length=200, blank=True)
    milestones = models.JSONField(default=list, blank=True)
    written_by = models.CharField(max_length=200, blank=True)
    written_on = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.decision}"


class LinkedAction(models.Model):
    """An action of another team that helps (action liée): told, never taken over nor counted."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="linked")
    title = models.CharField(_("Action d’une autre équipe"), max_length=200)
    owner = models.CharField(_("Qui la porte"), max_length=160, blank=True)
    url = models.URLField(_("Lien"), max_length=500, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title
