"""Shapley values: what each player brings to a game, on average over every order of arrival (valeurs de Shapley).

Written here for a handful of players; exact, because every worth is a fraction.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from math import factorial


def shapley(worth: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The part of each player; parts add up to ``worth[-1] - worth[0]`` exactly, whatever the order of the players.

    worth: of every coalition, by the number whose bit ``i`` says that player ``i`` is in: 2 ** players of them
    """
    players = len(worth).bit_length() - 1
    if len(worth) != 1 << players:
        raise ValueError(f"{len(worth)} is not a number of coalitions")
    return tuple(_part(worth, players, one) for one in range(players))


def _part(worth: Sequence[Fraction], players: int, one: int) -> Fraction:
    """Mean of what ``one`` adds to the coalitions without it, each weighed by how often it is met on arrival."""
    bit = 1 << one
    return sum(
        (
            (worth[others | bit] - worth[others]) * _weight(others.bit_count(), players)
            for others in range(len(worth))
            if not others & bit
        ),
        Fraction(0),
    )


@cache
def _weight(size: int, players: int) -> Fraction:
    """Share of the orders of arrival in which these ``size`` players, and they only, come first."""
    return Fraction(factorial(size) * factorial(players - size - 1), factorial(players))
