"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Audits(AppConfig):
    """Being audited: request, freeze, auditor, findings, decision."""

    name = "terreau.app.audits"
    label = "audits"
    verbose_name = _("Audits")
