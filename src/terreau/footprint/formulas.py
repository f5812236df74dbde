"""The formulas of a fleet's footprint. They import nothing and state no type.

The same function reads numbers (tests), NumPy arrays (the engine) or terms, and then it writes
itself as a sentence: the formula shown to the auditor is the formula run.
"""


def larger(one, other):  # type: ignore[no-untyped-def]
    """The greater of two numbers, of two arrays element by element, or of two terms."""
    if hasattr(one, "larger"):
        return one.larger(other)
    return one * (one >= other) + other * (one < other)


def presence(quantity_days, period_days):  # type: ignore[no-untyped-def]
    """Devices in service over the period, pro rata of their days (présence).

    quantity_days: quantity × days in service within the period [device·day]
    period_days: days of the period [day]
    returns [device·year of the period]
    """
    return quantity_days / period_days


def life_used(lifespan, age):  # type: ignore[no-untyped-def]
    """Years over which making a device is spread: its lifespan, or its age once older (printed convention).

    lifespan, age: [year]; an unknown age is given as 0
    returns [year]
    """
    return larger(lifespan, age)


def lives_spent(present, life):  # type: ignore[no-untyped-def]
    """Share of their lives that the devices spent in the period (part de vie consommée).

    present: [device·year]
    life: [year]
    returns [device]
    """
    return present / life


def embodied(lives, unit_impact):  # type: ignore[no-untyped-def]
    """What making, carrying and ending the devices weighs in the period (impact de fabrication).

    lives: [device]
    unit_impact: one stage of one device [unit of the criterion per device]
    returns [unit of the criterion]
    """
    return lives * unit_impact


def energy(present, kwh):  # type: ignore[no-untyped-def]
    """Electricity drawn by the devices in the period.

    present: [device·year]
    kwh: [kWh per device and year]
    returns [kWh]
    """
    return present * kwh


def use(electricity, pue, mix):  # type: ignore[no-untyped-def]
    """What the electricity of use weighs (impact d'usage), where it is drawn (location-based).

    electricity: [kWh]
    pue: power usage effectiveness of the datacentre, 1 elsewhere
    mix: one kWh of the zone [unit of the criterion per kWh]
    returns [unit of the criterion]
    """
    return electricity * pue * mix


def unspent(quantity, age, lifespan):  # type: ignore[no-untyped-def]
    """Lives not yet spent by devices that left before their lifespan (résidu des sorties anticipées).

    quantity: [device]
    age, lifespan: [year]
    returns [device]
    """
    return quantity * larger(1 - age / lifespan, 0)


def boundary_share(impact, people, boundary):  # type: ignore[no-untyped-def]
    """Share of one person's yearly planetary boundary (part de la limite planétaire).

    impact: [unit of the criterion per year]
    people: headcount
    boundary: [unit of the criterion per person and year]
    returns a ratio: 1 is the whole boundary
    """
    return impact / people / boundary
