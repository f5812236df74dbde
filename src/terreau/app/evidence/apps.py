"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Evidence(AppConfig):
    """The evidence an organisation gathers, and what each piece supports."""

    name = "terreau.app.evidence"
    label = "evidence"
    verbose_name = _("Preuves")
    room_within = "diagnosis:home"

    def ready(self) -> None:
        """Give the journal the words of this room's actions, and files the right to ask who may open a piece."""
        from terreau.app.evidence.door import may_open
        from terreau.app.files.door import GUARDS
        from terreau.app.journal.words import describe, reads

        if may_open not in GUARDS:
            GUARDS.append(may_open)
        reads("opinion", _opinion)
        describe("evidence.kept", _("Preuve ajoutée : %(title)s"))
        describe("evidence.described", _("Preuve décrite autrement : %(title)s"))
        describe("evidence.tied", _("Preuve « %(title)s » rattachée (%(facet)s)"))
        describe("evidence.tied_again", _("Rattachement de « %(title)s » précisé (%(facet)s)"))
        describe("evidence.untied", _("Preuve « %(title)s » détachée (%(facet)s)"))
        describe("evidence.judged", _("Avis sur « %(title)s » : %(opinion)s"))
        describe("evidence.withdrawn", _("Preuve retirée : %(title)s (%(why)s)"))
        describe("evidence.replaced", _("Preuve « %(title)s » remplacée par « %(new_title)s »"))
        describe("evidence.erased", _("Preuve effacée après son temps de garde : %(title)s"))
        describe("evidence.link_checked", _("Liens vérifiés : %(checked)s, sans réponse : %(silent)s"))


def _opinion(key: str) -> str:
    from terreau.app.evidence.models import Opinion

    return str(dict(Opinion.choices).get(key, key))
