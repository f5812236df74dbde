"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Sources(AppConfig):
    """The factor packs and their papers (sources)."""

    name = "terreau.app.sources"
    label = "sources"
    room_home = "sources:packs"
    room_label = _("Sources")
    room_order = 80

    def ready(self) -> None:
        """Give the journal the words of this room's actions."""
        from terreau.app.journal.words import describe

        describe("sources.pack_kept", _("Jeu de facteurs déposé : %(pack)s (%(publisher)s)"))
        describe("sources.pack_removed", _("Jeu de facteurs retiré : %(pack)s"))
