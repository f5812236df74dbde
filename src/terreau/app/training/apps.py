"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Training(AppConfig):
    """Courses, professions, who followed what: people are counted, never named."""

    name = "terreau.app.training"
    label = "training"
    verbose_name = _("Formation")
    room_within = "indicators:board"

    def ready(self) -> None:
        """Give the journal the words of this room's actions."""
        from terreau.app.journal.words import describe

        for action, words in WORDS.items():
            describe(action, words)


# What the journal says is never taken back: counts, days and titles of courses, no person.
WORDS = {
    "training.course_made": _("Formation créée : « %(title)s »"),
    "training.course_changed": _("Formation « %(title)s » modifiée"),
    "training.course_removed": _("Formation « %(title)s » retirée"),
    "training.profession_made": _("Métier ajouté : « %(name)s »"),
    "training.profession_removed": _("Métier « %(name)s » retiré"),
    "training.professions_proposed": _("%(count)s métiers proposés ajoutés"),
    "training.headcounts_changed": _("Effectifs par métier modifiés"),
    "training.session_noted": _("Séance de « %(title)s » du %(on)s : %(count)s personnes notées"),
    "training.attendances_imported": _("Présences importées : %(count)s gardées, %(rejected)s lignes refusées"),
    "training.staff_imported": _("Liste des effectifs remplacée : %(count)s personnes, %(rejected)s lignes refusées"),
    "training.batch_removed": _(
        "Apport du %(on)s retiré ; lignes retirées : %(count)s, gardées car dites aussi ailleurs : %(stay)s"
    ),
    "training.person_forgotten": _("Une personne effacée de la formation : %(count)s lignes"),
}
