"""The meters of the fleet as it stands (compteurs): ages, devices per person, stock; from its counts by category."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from terreau.inventory.movements.meters import METERS as MOVING
from terreau.kernel.meter import Measured, Meter, PaperRow, register
from terreau.kernel.period import Period

METERS = register(
    Meter(key="fleet.devices_per_person", unit="count/user", nature="state", by="category", fr="Équipements par personne",
          en="Devices per person", question_fr="De combien d'appareils chacun dispose-t-il ?",
          question_en="How many devices does each person hold?"),
    Meter(key="fleet.in_stock", unit="count", nature="state", fr="Équipements en stock", en="Devices in stock",
          question_fr="Combien d'équipements attendent dans une armoire ?", question_en="How many devices wait in a cupboard?"),
    Meter(key="fleet.in_stock_rate", unit="share", nature="state", fr="Part en stock", en="Share in stock",
          question_fr="Quelle part de ce que nous avons ne sert pas ?", question_en="Which share of what we own is not in use?"),
    Meter(key="fleet.second_hand_share", unit="share", nature="flow", fr="Part d’équipements d’occasion", en="Share of second-hand devices",
          question_fr="Quelle part de nos équipements arrive avec une première vie derrière elle ?",
          question_en="Which share of our devices comes with a first life behind it?"),
)  # fmt: skip
"""Every meter of this module; ``fleet.mean_age`` is registered by the movements, and told here by category too."""

USER_DEVICES = frozenset(
    ("laptop", "desktop", "all_in_one", "mini_pc", "workstation", "thin_client", "chromebook", "tablet", "smartphone",
     "feature_phone", "monitor")
)  # fmt: skip
"""Computers, tablets, phones and screens: what a person holds."""
_CONDITION_UNSAID = PaperRow(
    role="context", fr="Aucune source ne dit si ce qui arrive est neuf ou reconditionné : une colonne « État à l'achat » suffit",
    en="No source says whether what comes is new or refurbished: a column “Condition at purchase” is enough",
)  # fmt: skip
_NEW_UNSAID = PaperRow(
    role="context", fr="Seuls des appareils reconditionnés sont dits : écrivez aussi « neuf » pour les autres, la part suivra",
    en="Only refurbished devices are told: write “new” for the others as well, and the share will follow",
)  # fmt: skip
MEAN_AGE = next(one.key for one in MOVING if one.key == "fleet.mean_age")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One category on a day: devices in service and in stock [count], those of known age and the sum of their ages [year].

    category: '' for devices nobody could recognise
    """

    category: str
    counted: float
    stock: float
    aged: float
    years: float


def measures(found: Iterable[Standing], *, people: float | None, period: Period, perimeter: Sequence[str] = (),
             arrived: tuple[float, float, float] = (0, 0, 0)) -> tuple[Measured, ...]:  # fmt: skip
    """Every meter of the fleet as it stands at the end of ``period``; none of an empty fleet.

    people: headcount, None when nobody gave it: what is per person is then absent
    arrived: devices that entered in the period, those said to have come new or not, those that did not [count]
    """
    standing = [one for one in found if one.counted or one.stock]
    if not standing:
        return ()
    told = _Told(period, tuple(perimeter), people)
    users = [one for one in standing if one.category in USER_DEVICES]
    return (
        told.per_person(users, ""), *(told.per_person([one], one.category) for one in standing if one.category),
        told.second_hand(*arrived), *told.stock(standing), told.age(standing, ""), *(told.age([one], one.category) for one in standing if one.category),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    period: Period
    perimeter: tuple[str, ...]
    people: float | None

    def per_person(self, some: Sequence[Standing], group: str) -> Measured:
        devices = sum(one.counted for one in some)
        who = PaperRow(role="denominator", fr="Personnes", en="People", value=self.people) if self.people else PaperRow(
            role="denominator", fr="Effectif non renseigné", en="Headcount not given")  # fmt: skip
        words = ("Équipements en service", "Devices in service") if group else (
            "Ordinateurs, tablettes, téléphones et écrans en service", "Computers, tablets, phones and screens in service")  # fmt: skip
        return self._one("fleet.devices_per_person", devices, self.people, group,
                         (PaperRow(role="numerator", fr=words[0], en=words[1], value=devices), who))  # fmt: skip

    def stock(self, some: Sequence[Standing]) -> tuple[Measured, Measured]:
        kept, used = sum(one.stock for one in some), sum(one.counted for one in some)
        waiting = PaperRow(role="numerator", fr="Équipements en stock", en="Devices in stock", value=kept)
        whole = PaperRow(
            role="denominator",
            fr="Équipements en service ou en stock",
            en="Devices in service or in stock",
            value=kept + used,
        )
        raw = Measured(meter="fleet.in_stock", value=kept, low=kept, high=kept, period=self.period, numerator=kept,
                       perimeter=self.perimeter, papers=(waiting,))  # fmt: skip
        return raw, self._one("fleet.in_stock_rate", kept, kept + used, "", (waiting, whole))

    def second_hand(self, arrived: float, said: float, second: float) -> Measured:
        """Between what is told and what is not; absent while nothing tells it, or only of the second-hand ones."""
        rows: tuple[PaperRow, ...] = (
            PaperRow(role="numerator", fr="Arrivés reconditionnés (occasion, réemploi)", en="Came refurbished (second hand, reused)",
                     value=second),
            PaperRow(role="denominator", fr="Arrivés dans les douze mois, dont on sait s'ils étaient neufs ou reconditionnés",
                     en="Came in the twelve months, known to be new or refurbished", value=said),
            PaperRow(role="between", fr="Arrivés dans les douze mois sans qu'on le sache", en="Came in the twelve months, not known",
                     value=arrived - said),
            PaperRow(role="context", fr="Arrivés dans les douze mois, en tout (achetés, loués, reçus)",
                     en="Came in the twelve months, in all (bought, leased, received)", value=arrived),
        )  # fmt: skip
        told = bool(said and arrived) and (said > second or said == arrived)  # ticks here and there are no share
        if arrived and not told:
            rows += (_NEW_UNSAID if second else _CONDITION_UNSAID,)
        return Measured(
            meter="fleet.second_hand_share", value=second / said if told else None, low=second / arrived if told else None,
            high=(second + arrived - said) / arrived if told else None, period=self.period, numerator=second,
            denominator=said or None, perimeter=self.perimeter, papers=rows,
        )  # fmt: skip

    def age(self, some: Sequence[Standing], group: str) -> Measured:
        aged, years = sum(one.aged for one in some), sum(one.years for one in some)
        unknown = sum(one.counted for one in some) - aged
        return self._one(MEAN_AGE, years, aged or None, group, (
            PaperRow(role="numerator", fr="Somme de leurs âges", en="Sum of their ages", value=years, unit="year"),
            PaperRow(role="denominator", fr="Équipements en service dont l'âge est connu", en="Devices in service whose age is known", value=aged),
            PaperRow(role="excluded", fr="Âge inconnu", en="Age unknown", value=unknown)))  # fmt: skip

    def _one(self, key: str, above: float, below: float | None, group: str, papers: tuple[PaperRow, ...]) -> Measured:
        value = above / below if below else None
        return Measured(meter=key, value=value, low=value, high=value, period=self.period, group=group, numerator=above,
                        denominator=below, perimeter=self.perimeter, papers=papers)  # fmt: skip
