"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Indicators(AppConfig):
    """The indicators an organisation follows, and their values."""

    name = "terreau.app.indicators"
    label = "indicators"
    verbose_name = _("Indicateurs")
    room_home = "indicators:board"
    room_waiting = "audits:home"
    room_label = _("Indicateurs")
    room_order = 50

    def ready(self) -> None:
        """Give the journal the words of this room's actions, and evidence the names of its subjects."""
        from terreau.app.journal.words import describe

        for action, words in WORDS.items():
            describe(action, words)
        # Late: doors read models.
        from terreau.app.evidence import door as evidence
        from terreau.app.indicators.naming import subject_named

        evidence.subjects("value", subject_named)


WORDS = {
    "indicators.followed": _("Indicateur suivi : %(name)s"),
    "indicators.reframed": _("Indicateur « %(name)s » : suivi modifié"),
    "indicators.aimed": _("Indicateur « %(name)s » : départ et cible fixés. Raison : %(why)s"),
    "indicators.unfollowed": _("Indicateur « %(name)s » retiré du tableau de bord"),
    "indicators.valued": _("Indicateur « %(name)s » : valeur du %(on)s enregistrée"),
    "indicators.corrected": _("Indicateur « %(name)s » : valeur du %(on)s corrigée"),
    "indicators.recomputed": _("Indicateur « %(name)s » : valeur du %(on)s recalculée avec une autre méthode"),
    "indicators.measured": _("%(count)s valeurs prises des compteurs"),
    "indicators.file_received": _("Fichier de valeurs reçu : « %(file)s »"),
    "indicators.file_forgotten": _("Fichier de valeurs « %(file)s » oublié sans rien enregistrer"),
    "indicators.own_begun": _("Définition commencée : %(key)s"),
    "indicators.own_made": _("Indicateur défini : « %(name)s » (%(key)s)"),
    "indicators.own_changed": _("Définition de %(key)s modifiée"),
    "indicators.own_dropped": _("Définition déposée : « %(name)s » (%(key)s), fichier « %(file)s »"),
    "indicators.own_removed": _("Définition retirée : %(key)s"),
    "indicators.taken_in": _("%(count)s valeurs reprises de « %(file)s »"),
}
