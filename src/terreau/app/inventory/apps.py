"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Inventory(AppConfig):
    """The fleet: sources, imports, what is to settle (parc)."""

    name = "terreau.app.inventory"
    label = "parc"
    room_home = "parc:fleet"
    room_label = _("Parc")
    room_order = 10

    def ready(self) -> None:
        """Give the journal the words of this room's actions, and make its meters known by key."""
        import terreau.inventory.movements.meters  # noqa: F401
        from terreau.app.evidence import door as evidence
        from terreau.app.inventory.citing import citable
        from terreau.app.journal.words import describe

        evidence.figures(citable)

        describe("inventory.draft_opened", _("Fichier déposé pour la source « %(source)s »"))
        describe("inventory.corrected", _("Lecture corrigée pour la source « %(source)s »"))
        describe("inventory.imported", _("Inventaire compté : « %(source)s », au %(taken_on)s"))
        describe("inventory.date_withdrawn", _("Date retirée : « %(source)s », au %(taken_on)s"))
        describe("inventory.draft_abandoned", _("Import abandonné : « %(source)s »"))
        describe("inventory.settled", _("Catégorie réglée : %(maker)s %(model)s %(type_word)s devient %(category)s"))
        describe("inventory.quantity_settled", _("Quantité réglée : la ligne %(line)s compte pour %(quantity)s"))
        describe(
            "inventory.unsettled", _("Catégorie remise en question : %(maker)s %(model)s %(type_word)s %(line_key)s")
        )
        describe("inventory.joined", _("Un seul appareil : %(label)s"))
        describe("inventory.parted", _("Deux appareils distincts : %(label)s"))
        describe("inventory.ours", _("Appareil à l'organisation : %(label)s"))
        describe("inventory.personal", _("Appareil personnel : %(label)s"))
        describe("inventory.sources_ordered", _("Ordre des sources : %(sources)s"))
        describe("inventory.reconciliation_undone", _("Décision de rapprochement retirée : %(label)s"))
        describe("inventory.headcount", _("Effectif donné : %(headcount)s"))
