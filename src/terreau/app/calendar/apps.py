"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Calendar(AppConfig):
    """What is due, gathered from every room; a secret link and a weekly letter carry it elsewhere."""

    name = "terreau.app.calendar"
    label = "calendar"
    verbose_name = _("Calendrier")
    room_home = "calendar:home"
    room_label = _("Calendrier")
    room_order = 70
    room_closed_to = ("auditor",)

    def ready(self) -> None:
        """Give the journal the words of this room's actions."""
        from terreau.app.journal.words import describe

        for action, words in WORDS.items():
            describe(action, words)


WORDS = {
    "calendar.facts_changed": _("Calendrier : ce que la loi demande à l’organisation, modifié"),
    "calendar.label_added": _("Calendrier : label « %(name)s » ajouté"),
    "calendar.label_changed": _("Calendrier : label « %(name)s » modifié"),
    "calendar.label_removed": _("Calendrier : label « %(name)s » retiré"),
    "calendar.link_made": _("Calendrier : lien d’abonnement créé, valable jusqu’au %(until)s"),
    "calendar.link_withdrawn": _("Calendrier : lien d’abonnement retiré"),
    "calendar.digest_chosen": _("Calendrier : courriel de la semaine demandé"),
    "calendar.digest_ended": _("Calendrier : courriel de la semaine arrêté"),
}
