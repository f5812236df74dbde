"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class Tasks(AppConfig):
    """Long work: asked for, done by workers, shown while it lasts."""

    name = "terreau.app.tasks"
    label = "travaux"

    def ready(self) -> None:
        """Find the kinds of work of every room, and give the journal the words of ours."""
        from terreau.app.journal.words import describe

        autodiscover_modules("jobs")
        describe("tasks.cancelled", _("Travail annulé : %(kind)s %(subject)s"))
        describe("tasks.stranded", _("Travail échoué, rien n'a été écrit : %(kind)s %(subject)s"))
