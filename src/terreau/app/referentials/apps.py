"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Referentials(AppConfig):
    """The referentials an organisation knows: shipped, imported, private."""

    name = "terreau.app.referentials"
    label = "referentials"
    verbose_name = _("Référentiels")
    room_within = "diagnosis:home"

    def ready(self) -> None:
        """Give the journal the words of this room's actions."""
        from terreau.app.journal.words import describe

        for action, words in WORDS.items():
            describe(action, words)


WORDS = {
    "referentials.kept": _("Référentiel importé : « %(title)s » (%(version)s), %(criteria)s critères"),
    "referentials.official_kept": _("Texte officiel importé : « %(title)s » (%(version)s), %(entries)s entrées"),
    "referentials.withdrawn": _("Référentiel « %(title)s » (%(version)s) : plus proposé"),
    "referentials.grid_abandoned": _("Grille reçue abandonnée : %(name)s"),
    "referentials.grid_filled": _("Grille « %(title)s » rendue remplie : %(cells)s cellules, %(left)s laissées"),
    "referentials.crosswalk_said": _("Correspondance %(a)s et %(b)s : avis donné"),
    "referentials.steps_said": _("Passage de « %(before)s » à « %(after)s » : %(count)s décidés"),
}
