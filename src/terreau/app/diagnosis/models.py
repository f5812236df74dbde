"""What an organisation answers to a referential: assessments, answers and their history, discussion, delegations."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terreau.app.accounts import access

LINK_DAYS = 30


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments, by who may see them."""

    def of(self, organisation: Any) -> AssessmentQuerySet:
        """Only those of ``organisation``."""
        return self.filter(organisation=organisation)

    def visible_to(self, user: object) -> AssessmentQuerySet:
        """Those of the organisations this person may enter today."""
        return self.filter(organisation__in=access.organisations_visible_to(user))


class Assessment(models.Model):
    """One referential, answered by one organisation about itself or about one of its services (autodiagnostic).

    The edition is pinned: ``referential`` and ``version`` name it, ``digest`` is what it was when the work began.
    ``profile``: question key -> true or false; ``inherits``: what is not answered here is read there.
    """

    class State(models.TextChoices):
        """Where the work stands."""

        OPEN = "open", _("En cours")
        CLOSED = "closed", _("Clos")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="assessments")
    referential = models.CharField(max_length=160)
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    variant = models.CharField(max_length=60, blank=True)
    title = models.CharField(_("Titre"), max_length=160)
    service = models.BigIntegerField(null=True, blank=True)
    service_name = models.CharField(max_length=160, blank=True)
    period_start = models.DateField(_("Début de la période"))
    period_end = models.DateField(_("Fin de la période"))
    target_on = models.DateField(_("Prêt pour le"), null=True, blank=True)
    target_level = models.CharField(_("Niveau visé"), max_length=60, blank=True)
    profile = models.JSONField(default=dict, blank=True)
    path = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    inherits = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="heirs")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateTimeField(default=timezone.now, editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["state", "-made_on"]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """What is assessed, as records say it: "organisation" or "service:<name>"."""
        return f"service:{self.service_name}" if self.service_name else "organisation"


class State(models.TextChoices):
    """Where one answer stands between who writes it and who accepts it."""

    DRAFT = "draft", _("Brouillon")
    SUBMITTED = "submitted", _("Soumise")
    CHANGES_ASKED = "changes_asked", _("À reprendre")
    ACCEPTED = "accepted", _("Acceptée")


class Answer(models.Model):
    """What is answered to one criterion.

    facets: facet -> {"verdict": key or null, "text": words, "value": figure as written}
    applicable: true, false, or null while nobody decided; ``revision`` grows at each change, so that two people
    writing at once are told.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    criterion = models.CharField(max_length=200)
    facets = models.JSONField(default=dict, blank=True)
    text = models.TextField(blank=True)
    applicable = models.BooleanField(null=True, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=14, choices=State.choices, default=State.DRAFT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    owner_text = models.CharField(max_length=160, blank=True)
    due = models.DateField(null=True, blank=True)
    reminded_on = models.DateTimeField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=200, blank=True)
    review_text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["assessment_id", "criterion"]
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion"], name="one_answer_per_criterion")]
        indexes = [models.Index(fields=["due"], name="answers_by_due_date")]

    def __str__(self) -> str:
        return self.criterion

    @property
    def answered(self) -> bool:
        """True when something is said: a verdict, words, a value, or that it does not apply."""
        return self.applicable is False or self._told

    @property
    def speaks(self) -> bool:
        """True when something of it stands in place of what a family hands down (see ``terreau.diagnosis.family``)."""
        return self._told or self.applicable is not None

    @property
    def _told(self) -> bool:
        return bool(self.text.strip()) or any(
            str(part or "").strip() for one in self.facets.values() for part in one.values()
        )

    @property
    def awaited(self) -> bool:
        """True while somebody is expected to answer for a day: nobody reviewed it, nor set it aside."""
        return self.due is not None and self.reviewed_on is None and self.applicable is not False

    @property
    def late(self) -> bool:
        """True when that day is past."""
        return self.awaited and self.due is not None and self.due < timezone.localdate()

    @property
    def owner_name(self) -> str:
        """Who answers for it, a person or a role."""
        return str(self.owner) if self.owner_id else self.owner_text


class AppendOnlyError(Exception):
    """Someone tried to rewrite the history of an answer."""


class AnswerChange(models.Model):
    """One change of one answer: who, when, before, after. Added once, never changed."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="changes")
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_label = models.CharField(max_length=200)
    on = models.DateTimeField(default=timezone.now)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["-revision", "-id"]
        constraints = [models.UniqueConstraint(fields=["answer", "revision"], name="one_change_per_revision")]

    def __str__(self) -> str:
        return f"{self.answer} {self.revision}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Added once; a second save is a rewriting, refused."""
        if not self._state.adding:
            raise AppendOnlyError("save")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: a change leaves with its assessment only."""
        raise AppendOnlyError("delete")


class Said(models.Model):
    """Base of what is written beside an answer: by whom, when."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="+")
    criterion = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_label = models.CharField(max_length=200)
    on = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["on", "id"]


class TeamNote(Said):
    """A note of the team for itself: no auditor, no reader of a dossier sees it."""

    class Meta(Said.Meta):
        abstract = False
        indexes = [models.Index(fields=["assessment", "criterion"], name="notes_of_a_criterion")]

    def __str__(self) -> str:
        return self.text[:60]


class Comment(Said):
    """One message about an answer, until someone says it is settled."""

    resolved_by = models.CharField(max_length=200, blank=True)
    resolved_on = models.DateTimeField(null=True, blank=True)

    class Meta(Said.Meta):
        abstract = False
        indexes = [models.Index(fields=["assessment", "criterion"], name="comments_of_a_criterion")]

    def __str__(self) -> str:
        return self.text[:60]


class OffGrid(models.Model):
    """A practice the referential does not ask for (hors grille), with the same facets.

    existing_action: the action of another team it comes from, which keeps its owner.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="off_grid")
    title = models.CharField(_("Pratique"), max_length=200)
    theme = models.CharField(_("Thème"), max_length=200, blank=True)
    text = models.TextField(_("Ce que l'on fait, en clair"), blank=True)
    facets = models.JSONField(default=dict, blank=True)
    owner_text = models.CharField(_("Qui en répond"), max_length=160, blank=True)
    existing_action = models.CharField(_("Action existante d'une autre équipe"), max_length=300, blank=True)
    changed_on = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["theme", "title"]

    def __str__(self) -> str:
        return self.title

    @property
    def action_name(self) -> str:
        """How the existing action is called: what was written before its address, else that address."""
        written = self.existing_action.strip()
        return written.removesuffix(self.action_url).rstrip(" :,–(") or written if self.action_url else written

    @property
    def action_url(self) -> str:
        """Where the existing action is read, when what was written ends with its address; '' otherwise."""
        last = self.existing_action.split()[-1:] or [""]
        return last[0] if last[0].lower().startswith(("https://", "http://")) else ""


class Interview(models.Model):
    """A conversation held to answer: who (a role, never a name that is not needed), when, about which criteria."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="interviews")
    role = models.CharField(_("Avec qui (un rôle)"), max_length=160)
    on = models.DateField(_("Date"))
    profession = models.CharField(_("Métier"), max_length=60, blank=True)
    criteria = models.JSONField(default=list, blank=True)
    notes = models.TextField(_("Ce qui a été dit"), blank=True)

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.role} ({self.on})"


def in_a_month() -> datetime:
    """When a contributor's link made now expires."""
    return timezone.now() + timedelta(days=LINK_DAYS)


class Delegation(models.Model):
    """Some criteria entrusted to someone: a member, or whoever holds a link. Only the hash of its token is kept."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="delegations")
    criteria = models.JSONField(default=list)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(_("À qui (nom ou rôle)"), max_length=160)
    email = models.EmailField(_("Adresse e-mail"), blank=True)
    profession = models.CharField(max_length=60, blank=True)
    message = models.TextField(_("Un mot pour cette personne"), blank=True)
    due = models.DateField(_("Pour le"), null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    expires_on = models.DateTimeField(null=True, blank=True)
    revoked_on = models.DateTimeField(null=True, blank=True)
    opened_on = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-made_on"]

    def __str__(self) -> str:
        return self.name

    @property
    def by_link(self) -> bool:
        """True when it is held by a link rather than by an account."""
        return self.token_hash is not None

    @property
    def holds(self) -> bool:
        """True while it may be used."""
        return self.revoked_on is None and (self.expires_on is None or self.expires_on > timezone.now())

    @property
    def last_day(self) -> date | None:
        """The last day of the link."""
        return timezone.localdate(self.expires_on) if self.expires_on else None
