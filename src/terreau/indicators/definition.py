"""What an indicator is (indicateur): a question with a formula, a unit, a wished direction and a rhythm."""

from __future__ import annotations

from dataclasses import dataclass

from terreau.referentials.edition import NO_WORDS, Words

SETS = ("core", "main", "extended")
"""core: the board proposed at first; main: what most plans follow; extended: for one trade or one moment."""
THEMES = (
    "footprint", "fleet", "purchase", "end_of_life", "service", "accessibility", "inclusion", "hosting", "data", "ai",
    "network", "print", "use", "people", "governance", "communication",
)  # fmt: skip
AUDIENCES = ("public", "performance", "governance")
NATURES = ("means", "result", "state")
DIRECTIONS = ("up", "down", "none")
FREQUENCIES = ("weekly", "monthly", "quarterly", "half-yearly", "yearly", "per_event")
SOURCES = ("meter", "form", "file")
"""Where the value comes from: a meter of Terreau, a form somebody fills, a file somebody imports."""
BOUNDS = ("at_least", "at_most", "change", "")
STANDINGS = ("law", "read", "proposal")
"""What a typical target is worth: a legal duty, a figure read in a cited source, a proposal of ours."""
EXTENSIVE = frozenset({"count", "hour", "kWh", "t CO2 eq", "kg Sb eq"})
"""Units that grow with the organisation: a value in one of them needs a relative twin."""
ORGANISATION = "org:"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterRef:
    """The meter that gives the value: its key, and the groups added together ('' alone: the whole)."""

    key: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypicalTarget:
    """A target others have, or that we propose; never a norm unless ``standing`` says "law".

    value: in the unit of the indicator, None when only words can tell it
    bound: "at_least", "at_most", "change" (a share of the baseline, in %), '' for a plain value
    verification: how the figure is known ("read", "inferred"); source: key of its papers, '' when it is our judgement
    """

    words: Words
    standing: str
    value: float | None = None
    bound: str = ""
    verification: str = "inferred"
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """A point of attention (vigilance) that travels with the value: a stable key and its sentence."""

    key: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator.

    key: "EMP02", or "org:<uuid>/…" for one of an organisation
    numerator, denominator: what is counted above and below, in words; no denominator for a raw quantity
    formula: both terms, as a person writes it; unit: a key of ``units.UNITS``
    scope: what is counted and what is left out, in words; scope_ghg: scopes 1, 2, 3 it speaks of
    source: "meter", "form" or "file"; where: where one finds the figures, in words; meter: the meter when there is one
    pair: key of its raw or relative twin, '' when there is none
    origin: "package" or "organisation"
    """

    key: str
    name: Words
    question: Words
    numerator: Words
    unit: str
    theme: str
    audience: str
    nature: str
    direction: str
    frequency: str
    source: str
    denominator: Words = NO_WORDS
    formula: str = ""
    set: str = "extended"
    scope: Words = NO_WORDS
    where: Words = NO_WORDS
    meter: MeterRef | None = None
    pair: str = ""
    typical_target: TypicalTarget | None = None
    in_use_by: tuple[str, ...] = ()
    scope_ghg: tuple[str, ...] = ()
    cautions: tuple[Caution, ...] = ()
    origin: str = "package"

    @property
    def form(self) -> str:
        """ "relative" with a denominator, "raw" when it grows with the organisation, "own" for a median or a score."""
        if self.denominator:
            return "relative"
        return "raw" if self.unit in EXTENSIVE else "own"

    @property
    def short(self) -> str:
        """The key as a person says it: without the identifier of the organisation."""
        return self.key.rpartition("/")[2]

    def better(self, before: float, after: float) -> bool | None:
        """True when going from ``before`` to ``after`` goes the wished way, None when nothing moves or nothing is wished."""
        if self.direction == "none" or before == after:
            return None
        return (after > before) == (self.direction == "up")
