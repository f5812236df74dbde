"""Shapley's parts once more, by the book: every order of arrival, one after the other."""

from fractions import Fraction
from itertools import permutations
from math import lcm


def parts_by_orders(worth):
    """Mean of what each player adds, over every order; worth: of each coalition, by the bits of its players."""
    players = len(worth).bit_length() - 1
    scale = lcm(*(one.denominator for one in worth))
    whole = [one.numerator * (scale // one.denominator) for one in worth]
    found = [0] * players
    orders = list(permutations(range(players)))
    for order in orders:
        here = 0
        for one in order:
            found[one] += whole[here | 1 << one] - whole[here]
            here |= 1 << one
    return tuple(Fraction(part, scale * len(orders)) for part in found)
