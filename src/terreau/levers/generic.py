"""Levers for any category: « ce que vaut un an de plus » and its likes, made from their key (leviers génériques)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from terreau.kernel.bilingual import Words
from terreau.kernel.errors import TerreauError
from terreau.kernel.text import normal
from terreau.levers.categories import categories
from terreau.levers.records import COMPUTED, Lever
from terreau.levers.second_hand import second_hand_categories, second_hand_ratio
from terreau.levers.sources import papers


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way to make a lever for a category; ``title`` has the category in braces, and ``{other}`` for a swap."""

    family: str
    operator: str
    value: float | str
    low: float | None
    high: float | None
    unit: Words
    title: Words
    explanation: Words
    tradeoff: Words
    domain: str = "fleet"


YEARS = Words(fr="ans", en="years")
KEPT = Words(fr="part conservée (de 0 à 1)", en="share kept (0 to 1)")
CONSUMED = Words(fr="part de la consommation conservée (de 0 à 1)", en="share of the consumption kept (0 to 1)")
BOUGHT = Words(fr="part des achats (de 0 à 1)", en="share of purchases (0 to 1)")
RENEWED = Words(fr="part des renouvellements (de 0 à 1)", en="share of renewals (0 to 1)")
COUNTRY = Words(fr="pays en trois lettres", en="country in three letters")
ANYTHING = Words(fr="Tous les équipements", en="All devices")

FORMS: Mapping[str, Form] = {
    "life": Form(
        family="lifespan", operator="add", value=1.0, low=0.1, high=15.0, unit=YEARS,
        title=Words(fr="Garder plus longtemps : {category}", en="Keep longer: {category}"),
        explanation=Words(
            fr="La fabrication se répartit sur plus d’années et l’on achète moins souvent. Par défaut : ce que vaut un an de plus.",
            en="Making is spread over more years and one buys less often. By default: what one more year is worth."),
        tradeoff=Words(fr="Un appareil gardé reste aussi gourmand : la part de l’usage augmente.",
                       en="A device kept stays as hungry: the share of use grows.")),
    "keep": Form(
        family="count", operator="multiply", value=0.9, low=0.0, high=1.0, unit=KEPT,
        title=Words(fr="En avoir moins : {category}", en="Have fewer: {category}"),
        explanation=Words(
            fr="Ce que l’on n’a plus ne se fabrique ni ne se branche. Le dixième proposé au départ est à remplacer par votre compte.",
            en="What is no longer owned is neither made nor plugged in. The tenth proposed at first is to be replaced by your count."),
        tradeoff=Words(fr="Vérifiez d’abord qui s’en sert : un besoin réel revient par un achat hors inventaire.",
                       en="Check first who uses them: a real need comes back as a purchase outside the inventory.")),
    "power": Form(
        family="kwh", operator="multiply", value=0.9, low=0.0, high=1.0, unit=CONSUMED, domain="use",
        title=Words(fr="Consommer moins d’électricité : {category}", en="Use less electricity: {category}"),
        explanation=Words(
            fr="Veille, extinction, réglages : la consommation annuelle par appareil baisse. Mesurez-la avant et après.",
            en="Standby, switching off, settings: the yearly consumption per device goes down. Measure it before and after."),
        tradeoff=Words(fr="En France l’usage pèse peu face à la fabrication : le gain sur le climat est souvent petit.",
                       en="In France use weighs little beside making: the gain on climate is often small.")),
    "reuse": Form(
        family="second_hand", operator="set", value=0.3, low=0.0, high=1.0, unit=BOUGHT, domain="purchase",
        title=Words(fr="Acheter reconditionné : {category}", en="Buy reconditioned: {category}"),
        explanation=Words(
            fr="Un appareil déjà fabriqué sert une seconde fois ; la remise en état pèse moins qu’une fabrication.",
            en="A device already made serves a second time; putting it in order weighs less than making one."),
        tradeoff=Words(fr="Moins d’années devant lui, et une garantie à exiger.",
                       en="Fewer years ahead of it, and a warranty to insist on.")),
    "grid": Form(
        family="zone", operator="set", value="FRA", low=None, high=None, unit=COUNTRY, domain="hosting",
        title=Words(fr="Changer de pays d’électricité : {category}", en="Change the country of electricity: {category}"),
        explanation=Words(
            fr="Le même kilowattheure pèse plus ou moins selon la façon dont le pays le produit.",
            en="The same kilowatt-hour weighs more or less depending on how the country makes it."),
        tradeoff=Words(fr="Ce qui améliore le climat peut en aggraver d’autres, comme les radiations ionisantes.",
                       en="What improves climate may worsen others, such as ionising radiation.")),
    "swap": Form(
        family="replace", operator="set", value=1.0, low=0.0, high=1.0, unit=RENEWED,
        title=Words(fr="Remplacer au renouvellement : {category} par {other}", en="Replace at renewal: {category} by {other}"),
        explanation=Words(
            fr="Au moment où l’on renouvelle de toute façon, on choisit un autre équipement.",
            en="When one renews anyway, one chooses another device."),
        tradeoff=Words(fr="Le remplaçant peut durer moins longtemps : regardez tous les critères.",
                       en="The replacement may last less: look at every criterion.")),
}  # fmt: skip
NETWORK = frozenset(("internet_box", "network_switch", "router", "firewall", "wifi_access_point"))
DATACENTRE = frozenset((
    "*", "rack_server", "tower_server", "blade_server", "hypervisor_host", "gpu_server", "nas", "disk_array", "tape_library",
    "rack", "ups",
))  # fmt: skip
"""Categories that stand in a room of servers; what is in neither is a device of people."""
_NO_EURO = Words(fr="Selon vos contrats ; demandez un chiffrage.", en="Depends on your contracts; ask for a quotation.")
_REBOUND = Words(fr="L’argent épargné peut servir à acheter autre chose.", en="The money saved may buy something else.")


def generic(key: str) -> Lever:
    """The lever of "life:monitor", "swap:desktop:laptop"…; TerreauError levers.category_unknown, no_second_hand."""
    form_key, *named = [part.strip().lower() for part in key.split(":")]
    form = FORMS[form_key]
    wanted = 2 if form_key == "swap" else 1
    named = (named + [""] * wanted)[:wanted] if len(named) <= wanted else [":".join(named)]
    everything = form_key == "grid" and named == ["*"]
    told = [ANYTHING] if everything else [_category(one) for one in named]
    if form_key == "reuse" and second_hand_ratio(named[0]) is None:
        raise TerreauError("levers.no_second_hand", category=named[0], known=", ".join(second_hand_categories()))
    return Lever(
        key=":".join([form_key, *named]),
        title=_filled(form.title, told),
        explanation=form.explanation,
        tier=_tier(named[0]),
        domain=form.domain,
        kind=COMPUTED,
        effort=2,
        cost=_NO_EURO,
        rebound="medium" if form_key == "reuse" else "low",
        rebound_words=_REBOUND,
        parameter=":".join([form.family, *named]),
        operator=form.operator,
        value=form.value,
        low=form.low,
        high=form.high,
        unit=form.unit,
        tradeoffs=(form.tradeoff,),
        worsens=("ionising_radiation",) if form_key == "grid" else (),
        sources=(papers()["ADEME-RECOND-2022" if form_key == "reuse" else "TERREAU-ITEMS"],),
        origin="generic",
    )


def _tier(category: str) -> str:
    """Which tier a category belongs to (tiers): terminals, network or datacentre."""
    return "network" if category in NETWORK else "datacentre" if category in DATACENTRE else "terminals"


def _category(key: str) -> Words:
    """The names of a category; the nearest is proposed for one we do not know."""
    if key in categories():
        return categories()[key]
    names = {normal(name): one for one, words in categories().items() for name in (one, words.fr, words.en)}
    near = get_close_matches(normal(key), names, n=1, cutoff=0.0)
    raise TerreauError("levers.category_unknown", category=key or "?", near=names[near[0]])


def _filled(words: Words, told: list[Words]) -> Words:
    first, last = told[0], told[-1]
    return Words(
        fr=words.fr.format(category=first.fr, other=last.fr), en=words.en.format(category=first.en, other=last.en)
    )
