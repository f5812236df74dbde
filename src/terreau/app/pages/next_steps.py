"""What to do next, from what is known: the most useful first (à faire)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.app.language import language
from terreau.publishing import numbers

OLD_DAYS = 365


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: what, why it matters, where, and how pressing ("bad", "warn", "info")."""

    what: str
    why: str
    url: str
    state: str
    chip: str


def of(organisation: Any, fleet: Any, latest: Any | None) -> tuple[Step, ...]:
    """Steps that would make the figures better, at most five."""
    found = [
        _unsettled(organisation, fleet),
        _unknown(organisation, fleet),
        _old(organisation, fleet),
        _headcount(organisation),
        _ages(organisation, fleet),
    ]
    found.append(_sources(organisation, latest))
    return tuple(step for step in found if step)[:5]


def _unsettled(organisation: Any, fleet: Any) -> Step | None:
    if not fleet.unsettled:
        return None
    devices = round(fleet.unsettled)
    what = ngettext("%(n)s équipement sans catégorie", "%(n)s équipements sans catégorie", devices) % {
        "n": numbers.count(devices, language())
    }
    return Step(what, _("Ils ne sont pas dans l'empreinte tant que personne ne dit ce que c'est."),
                _address("parc:settle", organisation), "bad", _("à régler"))  # fmt: skip


def _unknown(organisation: Any, fleet: Any) -> Step | None:
    """Devices that connect and that no inventory knows; without any, the pairs that wait for an answer."""
    devices = round(fleet.unknown)
    if not devices and not fleet.questions:
        return None
    if devices:
        what = ngettext("%(n)s appareil inconnu de l'inventaire", "%(n)s appareils inconnus de l'inventaire", devices)
        return Step(what % {"n": numbers.count(devices, language())}, _("Un outil les voit : les inscrire dit leur âge et leur service."),
                    _address("parc:reconcile", organisation), "warn", _("à inscrire"))  # fmt: skip
    what = ngettext(
        "%(n)s appareil est peut-être compté deux fois",
        "%(n)s appareils sont peut-être comptés deux fois",
        fleet.questions,
    )
    return Step(what % {"n": numbers.count(fleet.questions, language())}, _("Deux sources les nomment pareil, sans numéro commun."),
                _address("parc:reconcile", organisation), "warn", _("à confirmer"))  # fmt: skip


def _old(organisation: Any, fleet: Any) -> Step | None:
    days = (timezone.localdate() - fleet.last_import).days if fleet.last_import else 0
    if days <= OLD_DAYS:
        return None
    return Step(_("L'inventaire a plus d'un an"), _("Un nouvel export montrera ce qui est entré et sorti."),
                _address("parc:arrival", organisation), "warn", _("à renouveler"))  # fmt: skip


def _headcount(organisation: Any) -> Step | None:
    if organisation.headcount:
        return None
    return Step(_("L'effectif n'est pas connu"), _("Sans lui, ni valeur par personne ni part du budget annuel d'une personne."),
                _address("reglages:organisation", organisation), "warn", _("à compléter"))  # fmt: skip


def _ages(organisation: Any, fleet: Any) -> Step | None:
    if fleet.age_known is None or fleet.age_known >= 0.8:
        return None
    known = numbers.percent(fleet.age_known, language())
    return Step(_("Âge connu pour %(share)s du parc") % {"share": known}, _("Avec la date d'achat, la durée de vie cesse d'être une hypothèse."),
                _address("parc:fleet", organisation), "info", _("à améliorer"))  # fmt: skip


def _sources(organisation: Any, latest: Any | None) -> Step | None:
    if not latest or not latest.stale_sources:
        return None
    what = ngettext("%(n)s source à relire", "%(n)s sources à relire", latest.stale_sources) % {
        "n": latest.stale_sources
    }
    return Step(what, _("Leur date limite est passée : un facteur plus récent existe peut-être."),
                _address("sources:packs", organisation), "info", _("à vérifier"))  # fmt: skip


def _address(name: str, organisation: Any) -> str:
    try:
        return reverse(name, args=[organisation.slug])
    except NoReverseMatch:
        return ""
