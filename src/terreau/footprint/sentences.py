"""The formulas that write themselves: the engine's own functions, read with terms (formules en toutes lettres)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from terreau.footprint import formulas
from terreau.footprint.numecoeval import formulas as rules_of_numecoeval
from terreau.kernel.term import Term, term

NAMES = {
    "quantity_days": ("quantité × jours en service", "quantity × days in service"),
    "period_days": ("jours de la période", "days of the period"),
    "lifespan": ("durée de vie", "lifespan"),
    "age": ("âge", "age"),
    "lives": ("vies consommées", "lives spent"),
    "kwh": ("kWh par an", "kWh a year"),
    "electricity": ("kWh consommés", "kWh used"),
    "pue": ("PUE", "PUE"),
    "mix": ("impact d'un kWh dans le pays", "impact of one kWh in the country"),
    "quantity": ("quantité", "quantity"),
    "rate": ("taux d'utilisation", "rate of use"),
    "life_days": ("jours de vie", "days of life"),
    "year_days": ("365", "365"),
    "own": ("kWh relevés sur la ligne", "kWh given by the line"),
}
STAGES = {
    "manufacturing": ("impact de la fabrication d'un appareil", "impact of manufacturing one device"),
    "distribution": ("impact du transport d'un appareil", "impact of carrying one device"),
    "end_of_life": ("impact de la fin de vie d'un appareil", "impact of the end of life of one device"),
    "embodied": ("impact d'un appareil, utilisation non comprise", "impact of one device, use not included"),
}
HIDDEN = "•"


def named(name: str, value: float = 0.0) -> Term:
    """An input of the formulas, by its name."""
    fr, en = NAMES[name]
    return term(fr, en, value)


def making_term(
    lives: float, stage: str, unit_impact: float, *, unit: tuple[str, str] = ("", ""), masked: bool = False
) -> Term:
    """Making at one stage: the formula run, as a sentence with its figures; a masked factor shows no figure.

    unit: of the criterion, in French and English, written beside the figure of one device.
    """
    spent = term(*NAMES["lives"], lives, ("vies", "lives"))
    return formulas.embodied(spent, _factor(STAGES[stage], unit_impact, unit, masked))


def using_term(
    electricity: float, pue: float, mix: float, *, unit: tuple[str, str] = ("", ""), masked: bool = False
) -> Term:
    """Use: the formula run, as a sentence with its figures; ``unit`` as for ``making_term``, here per kWh."""
    drawn = term(*NAMES["electricity"], electricity, ("kWh", "kWh"))
    per_kwh = (f"{unit[0]}/kWh", f"{unit[1]}/kWh") if unit[0] else unit
    return formulas.use(drawn, named("pue", pue), _factor(NAMES["mix"], mix, per_kwh, masked))


def formula_sentences(
    stages: Iterable[str], language: str = "fr", *, numecoeval: bool = False
) -> list[dict[str, str]]:  # fmt: skip
    """The whole formula of each stage in words, for one line of the inventory; the figure is the sum over lines."""
    if numecoeval:
        return _numecoeval_sentences(set(stages), language)
    present = formulas.presence(named("quantity_days"), named("period_days", 1.0))
    life = formulas.life_used(named("lifespan", 1.0), named("age"))
    lives = formulas.lives_spent(present, life)
    asked = set(stages)
    told = []
    for stage, (fr, en) in STAGES.items():
        if stage in asked:
            told.append({"stage": stage, "words": formulas.embodied(lives, term(fr, en, 1.0)).sentence(language)})
    if "use" in asked:
        electricity = formulas.energy(present, named("kwh"))
        words = formulas.use(electricity, named("pue"), named("mix")).sentence(language)
        told.append({"stage": "use", "words": words})
    return told


def _numecoeval_sentences(asked: set[str], language: str) -> list[dict[str, str]]:
    in_use = rules_of_numecoeval.served(named("quantity"), named("rate", 1.0))
    life = rules_of_numecoeval.life_from_days(named("life_days", 1.0), named("year_days", 1.0))
    told = [
        {"stage": stage, "words": rules_of_numecoeval.embodied(in_use, term(fr, en, 1.0), life).sentence(language)}
        for stage, (fr, en) in STAGES.items()
        if stage in asked
    ]
    if "use" in asked:
        words = rules_of_numecoeval.use(in_use, named("kwh"), named("pue"), named("mix")).sentence(language)
        told.append({"stage": "use", "words": words})
    return told


def _factor(words: tuple[str, str], value: float, unit: tuple[str, str], masked: bool) -> Term:
    made = term(*words, value, unit)
    return (
        replace(made, figures_fr=f"{HIDDEN} {unit[0]}".rstrip(), figures_en=f"{HIDDEN} {unit[1]}".rstrip())
        if masked
        else made
    )
