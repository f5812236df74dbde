"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Portfolio(AppConfig):
    """The digital services and projects of an organisation."""

    name = "terreau.app.portfolio"
    label = "portfolio"
    verbose_name = _("Services")
    room_home = "portfolio:services"
    room_label = _("Services")
    room_order = 30

    def ready(self) -> None:
        """Give the journal the words of the gates, and evidence the name of a service."""
        from terreau.app.evidence import door as evidence
        from terreau.app.journal.words import describe
        from terreau.app.portfolio.gates import subject_named

        evidence.subjects("service", subject_named)
        describe("portfolio.weighed", _("Service « %(name)s », passage %(stage)s pesé : %(decision)s"))
