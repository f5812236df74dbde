"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Reports(AppConfig):
    """Reports: figures drafted and pinned, texts that people edit, publications that never change."""

    name = "terreau.app.reports"
    label = "reports"
    verbose_name = _("Rapports")
    room_within = "calendar:home"

    def ready(self) -> None:
        """Give the journal the words of this room's actions."""
        from terreau.app.journal.words import describe

        for action, words in WORDS.items():
            describe(action, words)


WORDS = {
    "reports.begun": _("Rapport commencé : « %(title)s »"),
    "reports.redrafted": _("Rapport « %(title)s » : chiffres mis à jour (%(parts)s parties changées)"),
    "reports.written": _("Rapport « %(title)s » : partie « %(part)s » écrite"),
    "reports.draft_taken": _("Rapport « %(title)s » : partie « %(part)s » revenue au texte proposé"),
    "reports.published": _("Rapport « %(title)s » publié, version %(number)s (%(digest)s)"),
    "reports.removed": _("Rapport supprimé avant toute publication : « %(title)s »"),
}
