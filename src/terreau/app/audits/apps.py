"""This room, as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Audits(AppConfig):
    """Being audited: request, freeze, auditor, findings, decision."""

    name = "terreau.app.audits"
    label = "audits"
    verbose_name = _("Audits")
    room_within = "diagnosis:home"

    def ready(self) -> None:
        """Give the journal the words of this room's actions, access the days when auditors examine, joining the seats it gives."""
        from terreau.app.journal.words import describe

        for action, words in WORDS.items():
            describe(action, words)
        from terreau.app.accounts import access, joining
        from terreau.app.audits.acting import seated

        if _examined not in access.EXAMINED:
            access.EXAMINED.append(_examined)
        if seated not in joining.ARRIVALS:
            joining.ARRIVALS.append(seated)


def _examined(user: Any, organisation: Any) -> bool:
    from terreau.app.audits import door  # late: doors read models

    return bool(door.examined_today(user, organisation))


WORDS = {
    "audits.frozen": _("Évaluation gelée : « %(title)s » (%(digest)s)"),
    "audits.prepared": _("Audit préparé : « %(title)s » (%(body)s)"),
    "audits.reframed": _("Cadre de l’audit « %(title)s » modifié"),
    "audits.to_preparing": _("Audit « %(title)s » repris en préparation. Note : %(note)s"),
    "audits.to_requested": _("Audit « %(title)s » demandé. Note : %(note)s"),
    "audits.to_examining": _("Audit « %(title)s » ouvert à l’examen. Note : %(note)s"),
    "audits.to_answering": _("Audit « %(title)s » : constats remis. Note : %(note)s"),
    "audits.to_committee": _("Audit « %(title)s » porté devant le comité. Note : %(note)s"),
    "audits.to_decided": _("Audit « %(title)s » : décision écrite"),
    "audits.to_closed": _("Audit « %(title)s » clos. Note : %(note)s"),
    "audits.invited": _("Audit « %(title)s » : lien donné à l’auditeur, jusqu’au %(until)s"),
    "audits.judged": _("Audit « %(title)s » : verdict de l’auditeur sur %(criterion)s"),
    "audits.paper_received": _(
        "Audit « %(title)s » : rapport papier « %(report)s », daté du %(dated)s, saisi ici. Raison : %(why)s"
    ),
    "audits.judged_from_paper": _("Audit « %(title)s » : verdict sur %(criterion)s saisi d’après « %(report)s »"),
    "audits.found_from_paper": _("Audit « %(title)s » : constat %(finding)s saisi d’après « %(report)s »"),
    "audits.found": _("Audit « %(title)s » : constat %(finding)s noté"),
    "audits.answered": _("Audit « %(title)s » : réponse au constat %(finding)s"),
    "audits.rechecked": _("Audit « %(title)s » : constat %(finding)s réexaminé"),
    "audits.remarked": _("Audit « %(title)s » : remarque du comité, « %(text)s »"),
    "audits.followed": _("Audit « %(title)s » : suite donnée à « %(text)s »"),
}
