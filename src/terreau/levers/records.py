"""What can be done, as frozen records: levers with their papers, choices, starter paths, rules of arbitration.

Nothing here reads a file: see ``catalogue``, ``paths`` and ``rules``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from terreau.kernel.bilingual import NO_WORDS, Words

COMPUTED, STUDY_MEAN, ENABLER = "computed", "study_mean", "enabler"
KINDS = (COMPUTED, STUDY_MEAN, ENABLER)
"""computed: Terreau re-runs the inventory; study_mean: a published figure, shown as such; enabler: no figure."""
OPERATORS = ("set", "add", "multiply")
DOMAINS = (
    "fleet",
    "purchase",
    "use",
    "end_of_life",
    "service",
    "data",
    "hosting",
    "ai",
    "print",
    "people",
    "governance",
)
TIERS = ("terminals", "network", "datacentre", "governance")
REBOUNDS = ("low", "medium", "high")
VERIFICATIONS = ("read", "ran", "computed", "inferred", "recalled", "common_practice")
"""How sure we are: read in the source or a text quoting it; ran the tool; computed from those; judged by us; recalled
from memory, to confirm; common practice, with no document behind."""
FAMILIES: Mapping[str, tuple[str, tuple[float, float] | None]] = {
    "lifespan": ("years", (0.1, 30.0)),
    "count": ("share", (0.0, 1.0)),
    "second_hand": ("share", (0.0, 1.0)),
    "kwh": ("share", (0.0, 1.0)),
    "replace": ("share", (0.0, 1.0)),
    "zone": ("country", None),
    "pue": ("ratio", (1.0, 5.0)),
}
"""Parameter of an engine -> what its value is, and the bounds no lever may pass; a zone is a country, not a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document behind a lever, and how it was seen (papiers). ``url`` is "" when we know none for sure."""

    key: str
    publisher: str
    title: str
    year: str
    url: str
    checked_on: date | None
    verification: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """A figure somebody published, or that follows from it; never the organisation's own (gain publié)."""

    value: float
    unit: Words
    basis: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """Something one can do (levier).

    parameter: what an engine changes, "lifespan:laptop", None unless ``kind`` is "computed"; operator: how;
    from_: where the published gain starts from, a landmark only: the engine starts from the organisation's own;
    value: the proposed setting (a number, or an alpha-3 country), low and high its bounds, in ``unit``;
    effort: 1 (weeks) to 3 (years); rebound: risk that the gain is spent again, with its words;
    worsens: keys of the criteria it may worsen; indicators: ids of the catalogue of indicators.
    """

    key: str
    title: Words
    explanation: Words
    tier: str
    domain: str
    kind: str
    effort: int
    cost: Words
    rebound: str
    rebound_words: Words
    parameter: str | None = None
    operator: str = "set"
    from_: float | str | None = None
    value: float | str | None = None
    low: float | None = None
    high: float | None = None
    unit: Words = NO_WORDS
    tradeoffs: tuple[Words, ...] = ()
    caution: Words = NO_WORDS
    indicators: tuple[str, ...] = ()
    worsens: tuple[str, ...] = ()
    sources: tuple[Paper, ...] = ()
    published_gain: Gain | None = None
    origin: str = "package"

    @property
    def family(self) -> str:
        """The kind of parameter, "lifespan"; "" when nothing is computed."""
        return (self.parameter or "").partition(":")[0]

    @property
    def category(self) -> str:
        """The category of devices it acts on, "laptop" ("*" for all); the one replaced for ``replace``."""
        return (self.parameter or "").partition(":")[2].partition(":")[0]

    @property
    def target_category(self) -> str:
        """For ``replace:desktop:laptop``, "laptop"; "" otherwise."""
        return (self.parameter or "").partition(":")[2].partition(":")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A lever and the setting kept for it; a choice said otherwise ("+1") has its lever with that operator and bounds."""

    lever: Lever
    value: float | str | None

    @property
    def operator(self) -> str:
        """How the parameter changes: set, add or multiply."""
        return self.lever.operator

    @property
    def parameter(self) -> str | None:
        """What an engine changes, None when nothing is computed."""
        return self.lever.parameter

    def __str__(self) -> str:
        """As it is typed: "LV01=7", "life:monitor=+1"."""
        if self.value is None:
            return self.lever.key
        shown = self.value if isinstance(self.value, str) else f"{self.value:g}"
        return f"{self.lever.key}={'+' if self.operator == 'add' else ''}{shown}"


class Ratio(NamedTuple):
    """Making a device again, against making a new one, per year of use: an interval and its paper."""

    low: float
    central: float
    high: float
    source: Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a starter path: what, why now, with which levers and indicators, and what to do first."""

    title: Words
    why: Words
    levers: tuple[str, ...]
    indicators: tuple[str, ...]
    first_action: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterPath:
    """A few steps in order, for organisations at one stage (parcours)."""

    key: str
    title: Words
    intro: Words
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing a rule asks about a case: a number with its unit, or a yes or no."""

    name: str
    kind: str
    label: Words
    unit: Words = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of arbitration, checked against a case (règle d'arbitrage).

    condition: true when the case keeps the rule; kept, broken: what is then said, with the facts in braces.
    """

    key: str
    title: Words
    question: Words
    facts: tuple[Fact, ...]
    condition: str
    kept: Words
    broken: Words
    reason: Words
    basis: Words
    sources: tuple[Paper, ...]
    origin: str = "package"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a rule says of a case: kept, broken, or None when ``missing`` facts prevent from saying (avis)."""

    rule: str
    holds: bool | None
    why: Words
    missing: tuple[str, ...] = field(default=())
