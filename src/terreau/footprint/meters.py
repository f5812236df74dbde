"""The meters of a footprint (compteurs): what indicators follow of it, from its public contract.

Every value keeps the interval of its total. A ratio is absent without its denominator: no headcount, nothing per person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from terreau.factors.criteria import criterion
from terreau.kernel.meter import Measured, Meter, PaperRow, register
from terreau.kernel.period import Period

CLIMATE, METALS, ELECTRICITY = "climate_change", "resource_use_minerals_metals", "electricity"
USE = "use"

METERS = register(
    Meter(key="footprint.climate", unit="kg CO2 eq", nature="result", fr="Empreinte climat du parc", en="Climate footprint of the fleet",
          question_fr="Que pèse notre numérique sur le climat, sur douze mois ?",
          question_en="What does our digital weigh on the climate, over twelve months?"),
    Meter(key="footprint.climate_per_person", unit="kg CO2 eq/user", nature="result", fr="Empreinte climat par personne",
          en="Climate footprint per person", question_fr="Que pèse-t-il, rapporté à chaque personne ?",
          question_en="What does it weigh for each person?"),
    Meter(key="footprint.metals", unit="kg Sb eq", nature="result", fr="Métaux et minéraux", en="Metals and minerals",
          question_fr="Que prend notre numérique aux réserves de métaux et de minéraux ?",
          question_en="What does our digital take from the reserves of metals and minerals?"),
    Meter(key="footprint.electricity", unit="kWh", nature="result", fr="Électricité du parc", en="Electricity of the fleet",
          question_fr="Combien d'électricité notre parc consomme-t-il en douze mois ?",
          question_en="How much electricity does our fleet use in twelve months?"),
    Meter(key="footprint.making_share", unit="share", nature="result", fr="Part de la fabrication", en="Share of making",
          question_fr="Quelle part de l'empreinte climat vient de la fabrication, du transport et de la fin de vie ?",
          question_en="Which share of the climate footprint comes from making, carrying and end of life?"),
    Meter(key="footprint.boundary_share", unit="share", nature="result", by="criterion", fr="Part du budget annuel d’une personne",
          en="Share of a person’s yearly budget", question_fr="Quelle part de la limite planétaire d'une personne notre numérique prend-il ?",
          question_en="Which share of one person's planetary boundary does our digital take?"),
    Meter(key="footprint.coverage", unit="share", nature="state", by="criterion", fr="Couverture du calcul", en="Coverage of the computation",
          question_fr="De quelle part des équipements connaît-on tous les facteurs ?",
          question_en="For which share of the devices are all factors known?"),
)  # fmt: skip
"""Every meter of this module, known to ``kernel.meter`` as soon as it is imported."""

_RAW = {"footprint.climate": CLIMATE, "footprint.metals": METALS, "footprint.electricity": ELECTRICITY}


def measures(contract: Mapping[str, Any], perimeter: Iterable[str] = ()) -> tuple[Measured, ...]:
    """Every meter on one run; a criterion nothing is known of gives no measure.

    contract: the public JSON of a footprint, its impacts by category and stage; perimeter: names of the sources counted
    """
    read = _Read(contract, tuple(perimeter))
    raw = [read.total(key, name) for key, name in _RAW.items() if name in read.totals]
    shares = [one for name in read.totals if (one := read.boundary(name))]
    more = [read.per_person(), read.making_share()] if CLIMATE in read.totals else []
    return (*raw, *more, *shares, *(read.coverage(name) for name in read.totals))


class _Read:
    """The contract, read."""

    def __init__(self, contract: Mapping[str, Any], perimeter: tuple[str, ...]) -> None:
        self.contract, self.perimeter = contract, perimeter
        self.totals = {one["criterion"]: one for one in contract["totals"]}
        said = contract["parameters"]["period"]
        self.period = Period(date.fromisoformat(said["start"]), date.fromisoformat(said["end"]))
        self.people: float | None = contract["people"]

    def total(self, key: str, name: str) -> Measured:
        """The total of a criterion as it is."""
        one = self.totals[name]
        bounds = (one["central"], one["low"], one["high"])
        known = criterion(name)
        return self._said(key, bounds, (
            PaperRow(role="numerator", fr=known.fr, en=known.en, value=one["central"], unit=known.unit), *self._papers(name)))  # fmt: skip

    def per_person(self) -> Measured:
        """The climate total over the headcount; absent without one."""
        one = self.totals[CLIMATE]
        bounds = tuple(one[side] / self.people if self.people else None for side in ("central", "low", "high"))
        rows = (
            PaperRow(role="numerator", fr="Empreinte climat", en="Climate footprint", value=one["central"], unit="kg CO2 eq"),
            PaperRow(role="denominator", fr="Personnes", en="People", value=self.people)
            if self.people else PaperRow(role="denominator", fr="Effectif non renseigné", en="Headcount not given"),
            *self._papers(CLIMATE),
        )  # fmt: skip
        return self._said("footprint.climate_per_person", bounds, rows, over=(one["central"], self.people))

    def making_share(self) -> Measured:
        """Making, carrying and end of life over all stages, central values; no interval is claimed for a share."""
        rows = [one for one in self.contract["impacts"] if one["criterion"] == CLIMATE]
        whole = sum(one["central"] for one in rows)
        made = sum(one["central"] for one in rows if one["stage"] != USE)
        value = made / whole if whole else None
        return self._said("footprint.making_share", (value, None, None), (
            PaperRow(role="numerator", fr="Fabrication, transport, fin de vie", en="Making, carrying, end of life", value=made, unit="kg CO2 eq"),
            PaperRow(role="denominator", fr="Toutes les étapes", en="All stages", value=whole, unit="kg CO2 eq"),
            PaperRow(role="context", fr="part des valeurs centrales : la fourchette d'une part n'est pas celle du total",
                     en="share of the central values: the interval of a share is not that of the total"),
            *self._papers(CLIMATE)), over=(made, whole))  # fmt: skip

    def boundary(self, name: str) -> Measured | None:
        """The share of one person's boundary; None when the criterion has none, or no headcount was given."""
        one = self.totals[name]
        share = one["boundary_share"]
        if not isinstance(share, int | float) or not one["central"]:
            return None
        bounds = (share, share * one["low"] / one["central"], share * one["high"] / one["central"])
        known = criterion(name)
        return self._said("footprint.boundary_share", bounds, (
            PaperRow(role="numerator", fr=known.fr, en=known.en, value=one["central"], unit=known.unit),
            PaperRow(role="denominator", fr="Limite planétaire de toutes les personnes, par an",
                     en="Planetary boundary of all the people, per year", value=one["central"] / share, unit=known.unit),
            *self._papers(name)), group=name, over=(one["central"], one["central"] / share))  # fmt: skip

    def coverage(self, name: str) -> Measured:
        """The share of devices whose factors are all known for a criterion."""
        share = self.totals[name]["coverage"]
        devices = float(self.contract["lines"]["quantity"]["counted"])
        return self._said("footprint.coverage", (share, share, share), (
            PaperRow(role="numerator", fr="Équipements dont tous les facteurs sont connus", en="Devices with every factor known",
                     value=share * devices),
            PaperRow(role="denominator", fr="Équipements comptés", en="Devices counted", value=devices)),
            group=name, over=(share * devices, devices))  # fmt: skip

    def _papers(self, name: str) -> tuple[PaperRow, ...]:
        share = self.totals[name]["coverage"]
        run = self.contract["run"]
        return (
            PaperRow(role="between", fr="bornes à 95 % des facteurs, des durées de vie et des consommations",
                     en="bounds at 95% of factors, lifespans and consumptions"),
            PaperRow(role="excluded", fr="Part des équipements dont un facteur manque", en="Share of devices with a factor missing",
                     value=1 - share, unit="share"),
            PaperRow(role="context", fr=f"exécution {run[:12]}, règles {self.contract['rules']}, facteurs {self.contract['factor_set']}",
                     en=f"run {run[:12]}, rules {self.contract['rules']}, factors {self.contract['factor_set']}"),
        )  # fmt: skip

    def _said(self, key: str, bounds: tuple[float | None, ...], papers: tuple[PaperRow, ...], *, group: str = "",
              over: tuple[float | None, float | None] = (None, None)) -> Measured:  # fmt: skip
        value, low, high = bounds
        numerator = over[0] if over[0] is not None else value
        return Measured(meter=key, group=group, value=value, low=low, high=high, period=self.period, numerator=numerator,
                        denominator=over[1], perimeter=self.perimeter, papers=papers,
                        version=f"{self.contract['rules']} {self.contract['factor_set']}")  # fmt: skip
