"""The meters of a year against another (compteurs): their records, and what the movements make them say."""

from __future__ import annotations

from terreau.inventory.movements.papers import (
    exit_papers,
    life_papers,
    purchase_papers,
    renewal_papers,
    reuse_papers,
    row,
)
from terreau.inventory.movements.records import EXITS, YEAR, Movements
from terreau.inventory.movements.reuse import reuse_counts
from terreau.kernel.meter import Measured, Meter, PaperRow, register

METERS = register(
    Meter(key="fleet.purchases", unit="count", nature="flow", fr="Achats de l’année", en="Purchases of the year",
          question_fr="Combien d'équipements sont entrés parce qu'on les a achetés ?",
          question_en="How many devices came in because they were bought?"),
    Meter(key="fleet.exits", unit="count", nature="flow", fr="Sorties de l’année", en="Exits of the year",
          question_fr="Combien d'équipements ont quitté le parc ?", question_en="How many devices left the fleet?"),
    Meter(key="fleet.renewal_rate", unit="share", nature="result", fr="Taux de renouvellement", en="Renewal rate",
          question_fr="Quelle part du parc a été achetée dans l'année ?",
          question_en="Which share of the fleet was bought during the year?"),
    Meter(key="fleet.lifespan_at_exit", unit="year", nature="result", by="category",
          fr="Durée de vie réelle à la sortie", en="Real lifespan at exit",
          question_fr="Combien de temps ce qui est sorti a-t-il vraiment servi ?",
          question_en="How long was what left really kept?"),
    Meter(key="fleet.reuse_rate", unit="share", nature="result", fr="Taux légal de réemploi", en="Legal reuse rate",
          question_fr="Quelle part de ce qui est réformé a une seconde vie ?",
          question_en="Which share of what is retired gets a second life?"),
    Meter(key="fleet.mean_age", unit="year", nature="state", by="category", fr="Âge moyen du parc", en="Mean age of the fleet",
          question_fr="Quel âge ont les équipements présents ?", question_en="How old are the devices present?"),
    Meter(key="fleet.age_known", unit="share", nature="state", fr="Âge connu", en="Age known",
          question_fr="De quelle part du parc connaît-on l'âge ?",
          question_en="Of which share of the fleet is the age known?"),
    Meter(key="fleet.not_seen", unit="share", nature="state", fr="Équipements non vus depuis 90 jours",
          en="Devices not seen for 90 days",
          question_fr="Quelle part des équipements suivis par un outil ne s'est pas montrée ?",
          question_en="Which share of the devices a tool follows did not show up?"),
)  # fmt: skip
"""Every meter of this module, known to ``kernel.meter`` as soon as it is imported."""


def measures(told: Movements) -> tuple[Measured, ...]:
    """Every meter measured on these movements, the lifespans by category after that of all exits."""
    return (purchases(told), exits(told), renewal(told), *lifespans(told), reuse(told), mean_age(told),
            age_known(told), not_seen(told))  # fmt: skip


def purchases(told: Movements) -> Measured:
    """Bought for certain; at most, with the undated newcomers and the devices added to a lot."""
    bought = told.total("purchased")
    most = bought + told.total("discovered_undated", "added_to_lot")
    return _measured(told, "fleet.purchases", bought, bought, most, numerator=bought, papers=purchase_papers(told))


def exits(told: Movements) -> Measured:
    """Everything that left; at least, what an exit status or date tells."""
    left = told.total(*EXITS)
    return _measured(told, "fleet.exits", left, told.total("exit"), left, numerator=left, papers=exit_papers(told))


def renewal(told: Movements) -> Measured:
    """Purchases over the mean of the two fleets."""
    mean = (told.total("before") + told.total("after")) / 2
    counted = purchases(told)
    bounds = [(counted.value, counted.low, counted.high)[place] for place in range(3)]
    value, low, high = ((bound or 0) / mean if mean else None for bound in bounds)
    return _measured(told, "fleet.renewal_rate", value, low, high, numerator=counted.value, denominator=mean,
                     papers=renewal_papers(told, mean))  # fmt: skip


def lifespans(told: Movements) -> tuple[Measured, ...]:
    """The mean real lifespan of all exits, then of each category."""
    ordered = sorted(told.lifespans, key=lambda one: one.category != "*")
    return tuple(
        _measured(told, "fleet.lifespan_at_exit", one.mean, one.mean, one.mean,
                  group="" if one.category == "*" else one.category or "unknown",
                  numerator=one.mean * one.dated if one.mean is not None else None, denominator=one.dated,
                  papers=life_papers(one))
        for one in ordered
    )  # fmt: skip


def reuse(told: Movements) -> Measured:
    """The legal reuse rate, with the interval its doubts leave."""
    counts = reuse_counts(told.exits)
    rate = counts.rate()
    low, value, high = rate or (None, None, None)
    return _measured(told, "fleet.reuse_rate", value, low, high, numerator=counts.reused, denominator=counts.retired,
                     papers=reuse_papers(told, counts))  # fmt: skip


def mean_age(told: Movements) -> Measured:
    """Mean age of the devices present on the second day whose date of entry is known."""
    aged, days = told.told["aged"], told.told["age_days"]
    value = days / aged / YEAR if aged else None
    return _measured(told, "fleet.mean_age", value, value, value, numerator=days / YEAR, denominator=aged, papers=(
        row("numerator", "Somme de leurs âges", "Sum of their ages", days / YEAR, "year"),
        row("denominator", "Équipements présents dont l'âge est connu", "Devices present whose age is known", aged),
        row("excluded", "Âge inconnu", "Age unknown", told.total("after") - aged),
    ))  # fmt: skip


def age_known(told: Movements) -> Measured:
    """Share of the devices present on the second day whose date of entry is known."""
    return _share(told, "fleet.age_known", told.told["aged"], told.total("after"), (
        ("Équipements présents dont l'âge est connu", "Devices present whose age is known"),
        ("Équipements présents", "Devices present")))  # fmt: skip


def not_seen(told: Movements) -> Measured:
    """Share of the devices followed by a tool that it has not seen for 90 days."""
    return _share(told, "fleet.not_seen", told.told["unseen"], told.told["seen"], (
        ("Équipements non vus depuis plus de 90 jours", "Devices not seen for more than 90 days"),
        ("Équipements présents dont la date de dernier contact est connue",
         "Devices present whose date last seen is known")),
        row("excluded", "Date de dernier contact inconnue", "Date last seen unknown",
            told.total("after") - told.told["seen"]))  # fmt: skip


def _share(told: Movements, key: str, part: float, whole: float, words: tuple[tuple[str, str], tuple[str, str]],
           *more: PaperRow) -> Measured:  # fmt: skip
    value = part / whole if whole else None
    papers = (row("numerator", *words[0], part), row("denominator", *words[1], whole), *more)
    return _measured(told, key, value, value, value, numerator=part, denominator=whole, papers=papers)


def _measured(told: Movements, key: str, value: float | None, low: float | None, high: float | None, *,
              papers: tuple[PaperRow, ...], group: str = "", numerator: float | None = None,
              denominator: float | None = None) -> Measured:  # fmt: skip
    return Measured(meter=key, group=group, value=value, low=low, high=high, numerator=numerator,
                    denominator=denominator, period=told.period, perimeter=told.compared, papers=papers)  # fmt: skip
