"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Diagnosis(AppConfig):
    """The self-assessments of an organisation: answers, scores, readiness."""

    name = "terreau.app.diagnosis"
    label = "diagnosis"
    verbose_name = _("Diagnostic")
