"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from terreau.app.language import count_as_french_does


class Pages(AppConfig):
    """Pages about the whole: home, first run, statements, about."""

    name = "terreau.app.pages"
    label = "pages"
    room_home = "pages:home"
    room_label = _("Accueil")
    room_order = 0

    def ready(self) -> None:
        """Sentences count as French does."""
        count_as_french_does()
