"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Diagnosis(AppConfig):
    """The self-assessments of an organisation: answers, scores, readiness."""

    name = "terreau.app.diagnosis"
    label = "diagnosis"
    verbose_name = _("Diagnostic")
    room_home = "diagnosis:home"
    room_waiting = "audits:home"
    room_label = _("Diagnostic")
    room_order = 40

    def ready(self) -> None:
        """Give the journal the words of this room's actions, and evidence the names of its subjects."""
        from terreau.app.journal.words import describe, reads

        for action, words in WORDS.items():
            describe(action, words)
        reads("facet", _facet)
        # Late: doors read models.
        from terreau.app.diagnosis.beside import subject_named
        from terreau.app.evidence import door as evidence

        evidence.subjects("answer", subject_named)


def _facet(key: str) -> str:
    from terreau.app.diagnosis.parting import facet_name

    return facet_name(key)


WORDS = {
    "diagnosis.began": _("Évaluation commencée : « %(assessment)s » (%(edition)s)"),
    "diagnosis.reframed": _("Évaluation « %(assessment)s » : cadre modifié"),
    "diagnosis.removed": _("Évaluation supprimée : « %(assessment)s » (%(edition)s, %(answers)s réponses)"),
    "diagnosis.answered": _("« %(assessment)s » : réponse à %(criterion)s, révision %(revision)s"),
    "diagnosis.moved_on": _("« %(assessment)s » : %(count)s réponses reportées de l'édition %(before)s"),
    "diagnosis.taken_in": _("« %(assessment)s » : %(count)s réponses reprises d'un fichier"),
    "diagnosis.applicability": _("« %(assessment)s » : applicabilité de %(criterion)s décidée"),
    "diagnosis.submitted": _("« %(assessment)s » : réponse à %(criterion)s soumise"),
    "diagnosis.accepted": _("« %(assessment)s » : réponse à %(criterion)s acceptée"),
    "diagnosis.changes_asked": _("« %(assessment)s » : reprise demandée pour %(criterion)s"),
    "diagnosis.commented": _("« %(assessment)s » : message à propos de %(criterion)s"),
    "diagnosis.noted": _("« %(assessment)s » : note d'équipe à propos de %(criterion)s"),
    "diagnosis.comment_settled": _("« %(assessment)s » : message réglé à propos de %(criterion)s"),
    "diagnosis.comment_reopened": _("« %(assessment)s » : message rouvert à propos de %(criterion)s"),
    "diagnosis.delegated": _("« %(assessment)s » : %(count)s critères confiés à %(name)s"),
    "diagnosis.link_renewed": _("« %(assessment)s » : nouveau lien pour %(name)s"),
    "diagnosis.link_opened": _("« %(assessment)s » : lien de %(name)s ouvert"),
    "diagnosis.delegation_withdrawn": _("« %(assessment)s » : délégation à %(name)s retirée"),
    "diagnosis.reminded": _("« %(assessment)s » : %(count)s rappels faits"),
    "diagnosis.interviewed": _("« %(assessment)s » : entretien avec %(role)s"),
    "diagnosis.interview_removed": _("« %(assessment)s » : entretien avec %(role)s retiré"),
    "diagnosis.off_grid_kept": _("« %(assessment)s » : pratique hors grille « %(title)s »"),
    "diagnosis.off_grid_removed": _("« %(assessment)s » : pratique hors grille « %(title)s » retirée"),
}
