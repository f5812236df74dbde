"""An audit: what was frozen, who examines it, what they found, what was answered, what was decided."""

from __future__ import annotations

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terreau.app.accounts import access


class State(models.TextChoices):
    """The steps, in their order."""

    PREPARING = "preparing", _("en préparation")
    REQUESTED = "requested", _("demandé")
    EXAMINING = "examining", _("en examen")
    ANSWERING = "answering", _("réponses aux constats")
    COMMITTEE = "committee", _("devant le comité")
    DECIDED = "decided", _("décidé")
    CLOSED = "closed", _("clos")


# What follows what: a step back is possible where people really go back.
FOLLOWS: dict[str, tuple[str, ...]] = {
    State.PREPARING: (State.REQUESTED, State.CLOSED),
    State.REQUESTED: (State.EXAMINING, State.PREPARING, State.CLOSED),
    State.EXAMINING: (State.ANSWERING,),
    State.ANSWERING: (State.COMMITTEE, State.EXAMINING),
    State.COMMITTEE: (State.DECIDED, State.ANSWERING),
    State.DECIDED: (State.CLOSED,),
    State.CLOSED: (),
}
OVER = (State.DECIDED, State.CLOSED)
EXAMINED = (State.EXAMINING, State.ANSWERING)  # verdicts and findings are written then
OPEN_TO_AUDITORS = frozenset({*EXAMINED, State.COMMITTEE})


class FreezeQuerySet(models.QuerySet["Freeze"]):
    """Frozen assessments, by who may see them; rows are never changed in bulk."""

    def visible_to(self, user: object) -> FreezeQuerySet:
        """Those of the organisations this person may enter."""
        return self.filter(organisation__in=access.organisations_visible_to(user))

    def update(self, **kwargs: Any) -> NoReturn:
        """Never: what was frozen stays."""
        raise TypeError("a freeze is never changed")


class Freeze(models.Model):
    """An assessment as it stood one day (gel): the record and the edition, named by their digest; work goes on elsewhere.

    record: canonical JSON text of the assessment; edition: that of its whole edition; digest: SHA-256 over both
    journal_number, journal_head: the last journal entry before it, and its digest
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    assessment = models.UUIDField(editable=False)
    title = models.CharField(max_length=160)
    # Text, not JSON columns: a database may write JSON another way, and the digest is over these very characters.
    record = models.TextField()
    edition = models.TextField()
    edition_key = models.CharField(max_length=160)
    digest = models.CharField(max_length=64)
    journal_number = models.PositiveIntegerField(default=0)
    journal_head = models.CharField(max_length=64, blank=True)
    note = models.CharField(_("Pourquoi ce gel"), max_length=200, blank=True)
    frozen_on = models.DateTimeField(default=timezone.now, editable=False)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = FreezeQuerySet.as_manager()

    class Meta:
        ordering = ["-frozen_on", "id"]

    def __str__(self) -> str:
        return f"{self.title} ({self.frozen_on:%Y-%m-%d})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once."""
        if not self._state.adding:
            raise TypeError("a freeze is never changed")
        super().save(*args, **kwargs)


class AuditQuerySet(models.QuerySet["Audit"]):
    """Audits, by who may see them."""

    def visible_to(self, user: object) -> AuditQuerySet:
        """Those of the organisations this person may enter."""
        return self.filter(organisation__in=access.organisations_visible_to(user))

    def examined_by(self, user: Any, organisation: Any) -> AuditQuerySet:
        """Those that this auditor may look at today: the ones they were invited to; all of them for one let in without an audit."""
        today = timezone.localdate()
        found = self.filter(
            organisation=organisation, state__in=OPEN_TO_AUDITORS, window_from__lte=today, window_until__gte=today
        )
        seats = Seat.objects.filter(user=user, audit__organisation=organisation)
        return found.filter(pk__in=seats.values("audit")) if seats.exists() else found


class Audit(models.Model):
    """One audit of one assessment by another body (audit), from its request to its follow-up."""

    class Outcome(models.TextChoices):
        """What the committee decides."""

        GRANTED = "granted", _("accordé")
        CONDITIONAL = "conditional", _("accordé sous conditions")
        POSTPONED = "postponed", _("reporté")
        REFUSED = "refused", _("refusé")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="audits")
    assessment = models.UUIDField()
    title = models.CharField(_("Objet"), max_length=160)
    body = models.CharField(_("Organisme qui audite"), max_length=160)
    auditor = models.CharField(_("Auditeur ou auditrice"), max_length=160, blank=True)
    level = models.CharField(_("Niveau demandé"), max_length=60, blank=True)
    window_from = models.DateField(_("Examen du"))
    window_until = models.DateField(_("au"))
    state = models.CharField(max_length=12, choices=State.choices, default=State.PREPARING)
    freeze = models.ForeignKey(Freeze, null=True, blank=True, on_delete=models.RESTRICT, related_name="audits")
    outcome = models.CharField(_("Décision"), max_length=12, choices=Outcome.choices, blank=True)
    decided_on = models.DateField(_("Le"), null=True, blank=True)
    decided_by = models.CharField(_("Par"), max_length=160, blank=True)
    decision_text = models.TextField(_("Motifs et suites demandées"), max_length=4000, blank=True)
    valid_until = models.DateField(_("Valable jusqu’au"), null=True, blank=True)
    created_on = models.DateTimeField(auto_now_add=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-created_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "assessment"], name="one_open_audit_per_assessment",
                condition=~models.Q(state__in=["decided", "closed"]),
            ),
            models.CheckConstraint(condition=models.Q(window_until__gte=models.F("window_from")), name="a_window_ends_after_it_starts"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @cached_property
    def paper(self) -> PaperReport | None:
        """The last report that the organisation types in; None when the auditor writes here."""
        return self.papers.last()


class Seat(models.Model):
    """One person let in to examine one audit: the link made for them, then who came by it."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="seats")
    invitation = models.OneToOneField("accounts.Invitation", null=True, on_delete=models.SET_NULL, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.audit} : {self.user or '–'}"


class PaperReport(models.Model):
    """An auditor's report received on paper (rapport papier): the organisation types it in, and all that comes from it says so."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(_("Rapport"), max_length=160)
    dated_on = models.DateField(_("Daté du"))
    why = models.CharField(_("Pourquoi l’organisation le saisit"), max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> str:
        """How a page and a dossier say that something was typed in from it."""
        told = {"title": self.title, "day": date_format(self.dated_on, "SHORT_DATE_FORMAT")}
        return gettext("Saisi par l’organisation d’après « %(title)s », daté du %(day)s.") % told


class Step(models.Model):
    """One change of state, kept: who, when, why."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12, choices=State.choices)
    note = models.CharField(_("Note"), max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.audit} : {self.get_state_display()}"


class AuditorVerdict(models.Model):
    """What the auditor holds of one facet, beside ours; each later one is another row, with its reason."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="verdicts")
    criterion = models.CharField(max_length=200)
    facet = models.CharField(max_length=24)
    verdict = models.CharField(max_length=40)
    reason = models.TextField(_("Pourquoi"), max_length=2000, blank=True)
    paper = models.ForeignKey(PaperReport, null=True, on_delete=models.RESTRICT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["audit", "criterion"], name="verdicts_by_criterion")]

    def __str__(self) -> str:
        return f"{self.criterion}, {self.facet} : {self.verdict}"


class Finding(models.Model):
    """What the auditor saw (constat): about a criterion, graver or lighter, answered, then looked at again."""

    class Gravity(models.TextChoices):
        """How grave, as audits name it."""

        MAJOR = "major", _("écart majeur")
        MINOR = "minor", _("écart mineur")
        OBSERVATION = "observation", _("observation")
        OPPORTUNITY = "opportunity", _("piste de progrès")
        GOOD = "good", _("bonne pratique")

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("à traiter")
        ANSWERED = "answered", _("répondu")
        ACCEPTED = "accepted", _("réponse acceptée")
        CLOSED = "closed", _("soldé")

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="findings")
    criterion = models.CharField(max_length=200, blank=True)
    facet = models.CharField(max_length=24, blank=True)
    gravity = models.CharField(_("Gravité"), max_length=12, choices=Gravity.choices, default=Gravity.OBSERVATION)
    text = models.TextField(_("Constat"), max_length=4000)
    cause = models.TextField(_("Cause"), max_length=2000, blank=True)
    answer = models.TextField(_("Réponse de l’organisation"), max_length=4000, blank=True)
    action = models.CharField(_("Action prévue"), max_length=400, blank=True)
    due = models.DateField(_("Pour le"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    paper = models.ForeignKey(PaperReport, null=True, on_delete=models.RESTRICT, related_name="+")
    recheck = models.TextField(_("Ce que montre le nouvel examen"), max_length=2000, blank=True)
    # Grows at each change: two people writing at once are told.
    revision = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateTimeField(default=timezone.now, editable=False)
    changed_on = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class CommitteeRemark(models.Model):
    """What the committee asks (« précisez les indicateurs »), and what is done about it, long after the audit."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="remarks")
    text = models.TextField(_("Remarque"), max_length=2000)
    criterion = models.CharField(max_length=200, blank=True)
    said_on = models.DateField(_("Dite le"))
    follow_up = models.TextField(_("Ce qui en est fait"), max_length=2000, blank=True)
    due = models.DateField(_("Pour le"), null=True, blank=True)
    done_on = models.DateField(_("Fait le"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["said_on", "id"]

    def __str__(self) -> str:
        return self.text[:60]
