"""The formulas of NumEcoEval for physical equipment. They import nothing and state no type.

The same function reads numbers (tests), NumPy arrays (the engine) or terms, and then it writes itself as a sentence.
"""


def served(quantity, rate):  # type: ignore[no-untyped-def]
    """Devices counted for the year, each for the share that serves the organisation (tauxUtilisation).

    quantity: [device]; rate: 0 to 1
    returns [device·year]
    """
    return quantity * rate


def life_from_days(days, days_per_year):  # type: ignore[no-untyped-def]
    """Lifespan between purchase and withdrawal (mode REEL): days over 365, leap years or not.

    days, days_per_year: [day]
    returns [year]
    """
    return days / days_per_year


def life_planned(before, here, after):  # type: ignore[no-untyped-def]
    """Lifespan over all the uses planned (mode FIXE: dureeUsageAmont, Interne, Aval).

    before, here, after: [year]
    returns [year]
    """
    return before + here + after


def floored(life, floor):  # type: ignore[no-untyped-def]
    """A lifespan raised to the least one, when a least one is asked for.

    life, floor: [year]
    returns [year]
    """
    if hasattr(life, "larger"):
        return life.larger(floor)
    return life * (life >= floor) + floor * (life < floor)


def embodied(in_use, unit_impact, life):  # type: ignore[no-untyped-def]
    """One stage of making, carrying or ending the devices, for one year of their lives.

    in_use: [device·year]
    unit_impact: one stage of one device [unit of the criterion]
    life: [year]
    returns [unit of the criterion per year]
    """
    return in_use * unit_impact / life


def use(in_use, kwh, pue, mix):  # type: ignore[no-untyped-def]
    """One year of electricity, with the PUE of a server's datacentre (1 for anything else).

    in_use: [device·year]
    kwh: [kWh per device and year]
    pue: without unit
    mix: one kWh of the country [unit of the criterion per kWh]
    returns [unit of the criterion per year]
    """
    return in_use * kwh * pue * mix
