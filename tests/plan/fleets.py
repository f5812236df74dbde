"""Small fleets made by hand, measured on the small factor set, and ready to be projected."""

from datetime import date
from decimal import Decimal

from terreau.footprint.figures import KEYS
from terreau.footprint.measuring import measure
from terreau.footprint.rules import rule_set
from terreau.kernel.interval import Interval
from terreau.plan.changes import Change
from terreau.plan.effects import central_of
from terreau.plan.scenario import ratios_of
from terreau.plan.trajectory import Outlook, ratios_by_category
from tests.footprint.fleets import chosen, line, weighed
from tests.footprint.small_set import DEFAULT_SIZE, SmallSet

CLIMATE = "climate_change"
RATIO = Interval(0.2, 0.3, 0.4)


def aged(category, months, quantity=1, **facts):
    """Devices of ``months`` months at the end of the period, there all year long when over a year old."""
    entered = None
    if months is not None:
        years, rest = divmod(months, 12)
        month = 10 - rest
        entered = date(2026 - years - (month < 1), month + 12 * (month < 1), 1)
    size = facts.pop("size_class", DEFAULT_SIZE[category])
    return line(category, size_class=size, quantity=Decimal(str(quantity)), entered_on=entered, **facts)


def outlook(lines, years=5, **facts):
    """The lines ready to be projected."""
    more = {name: facts.pop(name) for name in ("growth", "backlog") if name in facts}
    return Outlook(footprint=measured(lines, facts.pop("factors", None), **facts), years=years, **more)


_MEASURED = {}


def measured(lines, factors=None, **facts):
    """The footprint of the lines; weighed once for all the tests that say the same fleet on the same usual factors."""
    if factors is not None:
        return measure(weighed(lines, factors=factors), factors, rule_set(), chosen(**facts))
    said = repr((lines, sorted(facts.items())))
    if said not in _MEASURED:
        known = SmallSet()
        _MEASURED[said] = measure(weighed(lines, factors=known), known, rule_set(), chosen(**facts))
    return _MEASURED[said]


def walked(ours, changes=()):
    """Central climate [reading, year] and purchases of each year, years 1 to the last: the engine without its intervals."""
    told = ours.ready(changes)
    fleet = ours.fleet(told)
    scenario = ours.scenario(fleet, told)
    totals = central_of(fleet, scenario, ratios_of(fleet, ratios_by_category(told)))
    return totals[:, :, KEYS.index(CLIMATE)], scenario.flows.bought.sum(axis=0)


def change(parameter, value, start=1, operator=None, key=None):
    """A change with the usual operator of its parameter."""
    kind = parameter.partition(":")[0]
    usual = "multiply" if kind in ("count", "kwh") else "set"
    ratio = RATIO if kind == "second_hand" else None
    return Change(key=key or f"{parameter}={value}@{start}", parameter=parameter, operator=operator or usual, value=value,
                  start=start, ratio=ratio)  # fmt: skip
