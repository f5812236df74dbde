"""The rules of terreau-1 again, line by line, in plain Python: written apart from the engine, which must agree.

Fractions are exact; nothing is shared with ``terreau.footprint`` but the names of stages.
"""

from datetime import date, timedelta
from fractions import Fraction

PUE = Fraction("1.56")
OBSERVED_FROM = 30


def slow_footprint(lines, factors, *, at, zone="FRA", lifespans=None):
    """{(category, stage, criterion): impact} and {category: (lifespan, origin)} of the counted lines."""
    start, after = _period(at)
    days_of_period = (after - start).days
    lives = _lifespans(lines, factors, start, after, lifespans or {})
    found = {}
    for one in lines:
        if one["fate"] != "counted":
            continue
        entered, left = _dates(one)
        first = max(entered or start, start)
        last = min(left or after, after)
        days = max(0, (last - first).days)
        matched = factors.match(one["category"], one["size_class"], one["size_known"], one["model_key"])
        if not days or matched.item is None:
            continue
        present = Fraction(one["quantity"]) * days / days_of_period
        life = lives.get(one["category"], (None, ""))[0] or _fraction(factors.lifespan(matched.item).value.central)
        age = Fraction(_months(entered, last), 12) if entered else Fraction(0)
        for key in ("climate_change", "resource_use_minerals_metals", "electricity"):
            for factor in factors.stage_factors(matched.item, key):
                value = present / max(life, age) * _fraction(factor.value.central)
                _add(found, (one["category"], factor.stage, key), value)
            kwh = _kwh(one, factors, matched.item)
            mix = Fraction(1) if key == "electricity" else _mix(factors, one["zone"] or zone, key)
            if kwh is not None and mix is not None:
                room = factors.pue_applies(matched.item)
                inside = one["in_datacentre"] or one["own_pue"]
                own = Fraction(one["own_pue"]) if one["own_pue"] else PUE
                pue = own if room == "yes" or (room == "by_location" and inside) else 1
                _add(found, (one["category"], "use", key), present * kwh * pue * mix)
    return found, lives


def _period(at):
    try:
        eve = at.replace(year=at.year - 1)
    except ValueError:
        eve = date(at.year - 1, 2, 28)
    return eve + timedelta(days=1), at + timedelta(days=1)


def _dates(one):
    if one["entered_on"] and one["left_on"] and one["left_on"] < one["entered_on"]:
        return None, one["left_on"]
    return one["entered_on"], one["left_on"]


def _months(entered, last):
    """Months begun, found by walking from one month to the next."""
    months, year, month = 0, entered.year, entered.month
    while (year, month, entered.day) < (last.year, last.month, last.day):
        months, month = months + 1, month + 1
        if month > 12:
            year, month = year + 1, 1
    return months


def _lifespans(lines, factors, start, after, policy):
    centrals, exits, ages = {}, {}, {}
    for one in lines:
        category = one["category"]
        matched = factors.match(category, one["size_class"], one["size_known"], one["model_key"])
        quantity = Fraction(one["quantity"])
        entered, left = one["entered_on"], one["left_on"]
        gone = one["fate"] in ("counted", "retired") and entered and left and entered < left < after
        if gone:
            exits.setdefault(category, []).append((quantity, Fraction(_months(entered, left), 12)))
        entered, left = _dates(one)
        present = one["fate"] == "counted" and min(left or after, after) > max(entered or start, start)
        if matched.item and (gone or present):
            central = _fraction(factors.lifespan(matched.item).value.central)
            centrals[category] = min(centrals.get(category, central), central)
        if present and entered:
            ages.setdefault(category, []).append((Fraction(_months(entered, min(left or after, after)), 12), quantity))
    found = {}
    for category in centrals:
        seen = exits.get(category, [])
        devices = sum(quantity for quantity, _ in seen)
        if devices >= OBSERVED_FROM:
            found[category] = (sum(quantity * years for quantity, years in seen) / devices, "observed")
        elif category in policy:
            cap = max(centrals[category], _ninth_decile(ages.get(category, [])))
            years = _fraction(policy[category])
            found[category] = (min(years, cap), "policy" if years <= cap else "policy_capped")
    return found


def _ninth_decile(ages):
    total, running = sum(quantity for _, quantity in ages), Fraction(0)
    for years, quantity in sorted(ages):
        running += quantity
        if running * 10 >= total * 9:
            return years
    return Fraction(0)


def _kwh(one, factors, item):
    if one["own_kwh"] is not None:
        return Fraction(one["own_kwh"])
    assumed = factors.kwh(item)
    return None if assumed is None else _fraction(assumed.value.central)


def _mix(factors, zone, key):
    found = factors.mix(zone, key)
    return None if found is None else _fraction(found.value.central)


def _fraction(number):
    return Fraction(number)


def _add(found, key, value):
    found[key] = found.get(key, Fraction(0)) + value
