"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Footprint(AppConfig):
    """Readings of the footprint and why-pages (empreinte)."""

    name = "terreau.app.footprint"
    label = "empreinte"
    room_home = "empreinte:home"
    room_label = _("Empreinte")
    room_order = 20

    def ready(self) -> None:
        """Offer the figures of the footprint as evidence."""
        from terreau.app.evidence import door as evidence
        from terreau.app.footprint.citing import citable

        evidence.figures(citable)
