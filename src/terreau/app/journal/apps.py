"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Journal(AppConfig):
    """Who changed what and when: append-only, chained."""

    name = "terreau.app.journal"
    label = "journal"
    verbose_name = _("Journal")
