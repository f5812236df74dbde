"""How strong a kind of evidence is (force d'une preuve): what is said, what is written, what was measured."""

from __future__ import annotations

from collections.abc import Iterable

RANKS = {"statement": 0, "document": 1, "screenshot": 1, "link": 1, "measure": 2, "dataset": 2, "figure": 2}
"""0: somebody says so; 1: it is written or shown; 2: it was measured."""

OF_A_DAY = ("measure", "screenshot", "dataset", "statement", "figure")
"""Kinds that speak of the day or of the period they were made in; a document stays in force until it is replaced."""


def rank(kind: str) -> int:
    """The strength of ``kind``, 0 to 2; KeyError for an unknown kind."""
    return RANKS[kind]


def strongest(kinds: Iterable[str]) -> int | None:
    """The strength of the best of ``kinds``; None when there is none."""
    return max((rank(kind) for kind in kinds), default=None)
