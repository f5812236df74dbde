"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Publishing(AppConfig):
    """What is handed over: dossiers and compiled documents."""

    name = "terreau.app.publishing"
    label = "publishing"
    verbose_name = _("Dossiers")
    room_within = "diagnosis:home"

    def ready(self) -> None:
        """Give the journal the words of this room's actions."""
        from terreau.app.journal.words import describe

        describe("publishing.made", _("Dossier fait : « %(title)s », manifeste %(digest)s"))
        describe("publishing.removed", _("Dossier retiré : « %(title)s », manifeste %(digest)s"))
