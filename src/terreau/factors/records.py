"""What the catalogue answers: factors, assumptions, boundaries, matches (réponses du catalogue)."""

from dataclasses import dataclass

from terreau.kernel.interval import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One impact factor (facteur d'impact), in ``unit`` per device, or per kWh for a mix.

    key: names the figure; the stages of one figure share it, so their draws are the same.
    stage: manufacturing, distribution, end_of_life, embodied; "electricity" for a mix.
    own_range: the interval is the source's (or the item's spread); otherwise it is exact and the rule set adds its own.
    family: class of devices whose errors go together, "mix" for electricity. method: family of the study (ademe, pcf…).
    sources: every paper behind it, ``source_key`` first. composite: not taken as published for this very item.
    note: flags, separated by ";"; ``terreau.factors.flags.sentences`` puts them in words.
    """

    key: str
    item_or_zone: str
    criterion: str
    stage: str
    unit: str
    value: Interval
    own_range: bool
    family: str
    method: str
    source_key: str
    sources: tuple[str, ...]
    pack: str
    composite: bool = False
    masked: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """A value taken for want of a better one (hypothèse): lifespan in years, energy in kWh/year, PUE without unit.

    masked: its pack asks that it is not shown.
    """

    value: Interval
    unit: str
    source_key: str
    note_fr: str
    note_en: str
    pack: str = ""
    sources: tuple[str, ...] = ()
    masked: bool = False

    def note(self, language: str = "fr") -> str:
        """Its reason in ``language``."""
        return self.note_en if language == "en" else self.note_fr


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """The share of the planet one person may use in one year (limite planétaire), in ``unit`` per person and year."""

    criterion: str
    per_person: float
    unit: str
    world: float
    population: float
    set_key: str
    source_key: str


@dataclass(frozen=True, slots=True)
class Match:
    """The item found for a line, and how closely: exact, alias, size, category, fallback, missing."""

    item: str | None
    level: str
