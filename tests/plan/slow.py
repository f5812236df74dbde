"""The worth of a coalition again, device by device in plain fractions: nothing shared with ``terreau.plan`` but the names."""

from fractions import Fraction

from tests.footprint.slow import _fraction, _kwh, _mix, _months

PUE = Fraction("1.56")


def slow_worth(fleets, sets, coalition, *, at, criterion="climate_change"):
    """Fleets (before, after) of lines in service the whole year, with their own size known; sets of factors alike."""
    volume, mix, lifespan, electricity, factors = (coalition >> bit & 1 for bit in range(5))
    known = sets[factors]
    total = Fraction(0)
    for kind, share in _shares(fleets[mix], known).items():
        lives = _mean(fleets, lifespan, known, kind, lambda one: _life(one, known, at))
        using = _mean(fleets, electricity, known, kind, lambda one: _use(one, known, criterion))
        making = sum(_fraction(f.value.central) for f in known.stage_factors(kind, criterion))
        total += share * (lives * making + using)
    return _devices(fleets[volume]) * total


def _devices(lines):
    return sum(Fraction(one["quantity"]) for one in lines)


def _item(one, known):
    return known.match(one["category"], one["size_class"], one["size_known"], one["model_key"]).item


def _shares(lines, known):
    found = {}
    for one in lines:
        if item := _item(one, known):
            found[item] = found.get(item, 0) + Fraction(one["quantity"]) / _devices(lines)
    return found


def _mean(fleets, side, known, kind, of):
    """Mean over the devices of the kind; over those of the other fleet when this one has none."""
    mine = [one for one in fleets[side] if _item(one, known) == kind] or [
        one for one in fleets[1 - side] if _item(one, known) == kind
    ]
    return sum(Fraction(one["quantity"]) * of(one) for one in mine) / _devices(mine)


def _life(one, known, at):
    age = Fraction(_months(one["entered_on"], at), 12)
    return 1 / max(_fraction(known.lifespan(_item(one, known)).value.central), age)


def _use(one, known, criterion):
    kwh, mix = _kwh(one, known, _item(one, known)), _mix(known, one["zone"], criterion)
    if kwh is None or mix is None:
        return Fraction(0)
    room = known.pue_applies(_item(one, known))
    inside = room == "yes" or (room == "by_location" and one["in_datacentre"])
    return kwh * mix * (PUE if inside else 1)
