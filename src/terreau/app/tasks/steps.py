"""The steps that the rooms say on their way (``kernel.underway``), in words, whatever the kind of work."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDS = {
    "verify": _("Les inventaires gardés sont vérifiés."),
    "read": _("Les lignes sont lues."),
    "settle": _("Chaque ligne trouve sa catégorie."),
    "join": _("Les lignes d'un même appareil sont réunies."),
    "choose": _("Entre plusieurs sources, chaque valeur est choisie."),
    "compare": _("Ce que dit chaque source est comparé."),
    "pairs": _("Les appareils qui n'en font peut-être qu'un sont cherchés."),
    "lists": _("Les listes d'appareils sont faites."),
    "movements": _("Les deux inventaires sont comparés, appareil par appareil."),
    "count": _("Les équipements sont comptés."),
    "weigh": _("Le parc est pesé."),
    "measure": _("Les facteurs sont appliqués."),
    "tell": _("Le résultat est mis en forme."),
    "detail": _("Une ligne est écrite par équipement, étape et critère."),
    "write": _("Le fichier est écrit."),
}
