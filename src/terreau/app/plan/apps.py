"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Plan(AppConfig):
    """What the organisation commits to, and whether it keeps it."""

    name = "terreau.app.plan"
    label = "plan"
    verbose_name = _("Plan")
    room_home = "plan:home"
    room_waiting = "audits:home"
    room_label = _("Plan")
    room_order = 60

    def ready(self) -> None:
        """Give the journal the words of this room's actions, and evidence the name of a commitment."""
        from terreau.app.journal.words import describe, reads

        for action, words in WORDS.items():
            describe(action, words)
        for fact in ("due", "on", "left"):
            reads(fact, _dated)
        reads("impact", _impact)
        # Late: doors read models.
        from terreau.app.evidence import door as evidence
        from terreau.app.plan.entering import subject_named

        evidence.subjects("commitment", subject_named)


def _dated(told: str) -> str:
    from terreau.app.language import language
    from terreau.publishing import numbers

    return numbers.dated(told, language())


def _impact(told: str) -> str:
    from terreau.app.plan.levers_words import short

    return short(told)


WORDS = {
    "plan.drafted": _("Engagement proposé : « %(statement)s »"),
    "plan.redrafted": _("Brouillon d’engagement repris : « %(statement)s »"),
    "plan.discarded": _("Brouillon d’engagement supprimé : « %(statement)s »"),
    "plan.taken": _("Engagement pris : « %(statement)s », pour le %(due)s"),
    "plan.reframed": _("Engagement « %(statement)s » : fiche modifiée"),
    "plan.put_off": _("Engagement « %(statement)s » : échéance du %(left)s déplacée au %(due)s. Raison : %(why)s"),
    "plan.milestone_set": _("Engagement « %(statement)s » : jalon « %(milestone)s » fixé au %(due)s"),
    "plan.milestone_done": _("Engagement « %(statement)s » : jalon « %(milestone)s » fait le %(on)s"),
    "plan.milestone_put_off": _(
        "Engagement « %(statement)s » : jalon « %(milestone)s » déplacé au %(due)s. Raison : %(why)s"
    ),
    "plan.aimed_again": _("Engagement « %(statement)s » : objectif changé (%(indicator)s). Raison : %(why)s"),
    "plan.review_continue": _("Engagement « %(statement)s » : revue du %(on)s, on continue. %(comment)s"),
    "plan.review_adjust": _("Engagement « %(statement)s » : revue du %(on)s, on ajuste. %(comment)s"),
    "plan.review_stop": _("Engagement « %(statement)s » : revue du %(on)s, on arrête. %(comment)s"),
    "plan.review_close": _("Engagement « %(statement)s » : revue du %(on)s, on clôt. %(comment)s"),
    "plan.target_set": _("Cible de trajectoire fixée (%(impact)s). %(why)s"),
    "plan.target_dropped": _("Plus de cible de trajectoire (%(impact)s). %(why)s"),
    "plan.hypotheses_set": _("Hypothèses de la trajectoire changées, sur %(years)s ans. %(why)s"),
    "plan.scenario_kept": _("Scénario gardé : « %(name)s »"),
    "plan.scenario_retired": _("Scénario rangé : « %(name)s »"),
    "plan.linked": _("Engagement « %(statement)s » : action liée « %(title)s » (%(owner)s)"),
    "plan.arbitration_posed": _("Question à trancher : « %(question)s »"),
    "plan.arbitration_reworked": _("Question à trancher reprise : « %(question)s »"),
    "plan.arbitration_weighed": _("Arbitrage « %(question)s » : option « %(option)s » pesée"),
    "plan.arbitration_decided": _("Arbitrage « %(question)s » : « %(option)s » décidé le %(on)s. Raison : %(why)s"),
    "plan.arbitration_reviewed": _("Arbitrage « %(question)s » : revu le %(on)s. %(comment)s"),
    "plan.arbitration_discarded": _("Question retirée sans décision : « %(question)s »"),
    "plan.pack_kept": _("Règle ou levier à nous, gardé : %(key)s (%(title)s)"),
    "plan.pack_removed": _("Règle ou levier à nous, retiré : %(key)s"),
    "plan.unlinked": _("Engagement « %(statement)s » : action « %(title)s » déliée (%(owner)s)"),
}
