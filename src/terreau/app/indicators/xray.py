"""The X-ray of the board (radiographie): every check with its remedy, and the page where it is mended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from terreau.app.indicators import board, showing
from terreau.app.indicators.models import OwnIndicator
from terreau.app.indicators.naming import address
from terreau.indicators.definition import ORGANISATION
from terreau.indicators.quality import SEVERITIES, Check, xray

CHIPS = {"error": "bad", "warning": "warn", "advice": "info"}
GRAVITY = ("error", "warning", "advice")
# Where each check is mended; the others are read on the page of the indicator.
FOLLOWED = frozenset({"no_owner", "no_review_body", "flagship_of_small_effect"})
AIMED = frozenset({
    "target_without_baseline", "baseline_after_target", "target_should_rise", "target_should_fall", "target_on_context", "target_past",
    "flagship_without_target", "progress_broken",
})  # fmt: skip
VALUED = frozenset({"never_measured", "stale", "denominator_zero", "denominator_negative", "terms_missing"})
SIGNED = frozenset({"unsigned", "unexplained", "units_differ"})
PROVEN = frozenset({"no_proof", "proof_expired", "proof_lost", "public_without_proof"})
DEFINED = frozenset({"not_evaluable", "meter_unknown"})
WHOLE = frozenset(
    {"too_many_public", "too_many_flagship", "too_many_followed", "no_flagship", "no_result", "followed_twice"}
)


def checks(organisation: Any, on: date) -> tuple[Check, ...]:
    """What the X-ray sees today, the gravest first."""
    from terreau.app.evidence import door as evidence

    held = board.followed(organisation)
    kept = board.values_of(organisation, [one.key for one in held], proofs=True)
    values = [one for told in kept.values() for one in told]
    tied = {key for one in values for key in one.proofs}
    pieces = evidence.standing(organisation, tied) if tied else {}
    proofs: Mapping[str, date | None] = {key: one.valid_until for key, one in pieces.items() if not one.withdrawn}
    found = xray(held, values, proofs, on=on)
    return tuple(sorted(found, key=lambda one: GRAVITY.index(one.severity)))


def rows(organisation: Any, found: tuple[Check, ...], names: Mapping[str, str], edits: bool) -> list[dict[str, Any]]:
    """One row for each check: its words, the indicator, the link to the place that mends it."""
    own = {one.key: one.pk for one in OwnIndicator.objects.filter(organisation=organisation)} if edits else {}
    told = []
    for one in found:
        url, label = mend(organisation, one, own)
        told.append({"words": showing.told(one), "severity": one.severity, "chip": CHIPS[one.severity], "name": names.get(one.indicator, ""),
                     "page": address("indicator", organisation, one.indicator) if one.indicator else "", "url": url, "label": label})  # fmt: skip
    return told


def mend(organisation: Any, one: Check, own: Mapping[str, int]) -> tuple[str, str]:
    """Where a check is mended, and how the link reads."""
    code, key = one.code.partition(".")[2], one.indicator
    if code in WHOLE or not key:
        return reverse("indicators:board", args=[organisation.slug]), _("Ouvrir le tableau")
    if code in FOLLOWED:
        return address("follow", organisation, key), _("Changer le suivi")
    if code in AIMED:
        return address("aim", organisation, key), _("Revoir le départ et la cible")
    if code in VALUED:
        return address("give", organisation, key), _("Donner une valeur")
    if code in SIGNED | PROVEN:
        return address("values", organisation, key), _("Ouvrir ses valeurs")
    if code == "pair_missing":
        return reverse("indicators:catalogue", args=[organisation.slug]) + f"?q={key.rpartition('/')[2]}", _(
            "Chercher son double"
        )
    if code in DEFINED and key.startswith(ORGANISATION) and (pk := own.get(key.rpartition("/")[2])):
        return reverse("indicators:own_review", args=[organisation.slug, pk]), _("Revoir la définition")
    return address("indicator", organisation, key), _("Ouvrir l’indicateur")


def known() -> frozenset[str]:
    """Every code that has a place: a test compares it with the rules."""
    return FOLLOWED | AIMED | VALUED | SIGNED | PROVEN | DEFINED | WHOLE | {"pair_missing"} & set(SEVERITIES)
