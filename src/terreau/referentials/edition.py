"""One edition of a referential as frozen records: themes, rubrics, criteria, their facets and their papers.

Keys: an edition is ``rgesn-2024`` (or ``org:<uuid>/<name>`` when private); a criterion is ``<edition>:<number>``.
Nothing here reads a file: see ``loading`` (documents to records) and ``document`` (records to documents).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Protocol, TypeVar

from terreau.kernel.bilingual import NO_WORDS as NO_WORDS
from terreau.kernel.bilingual import Words as Words

DMR, SINGLE, READING = "dmr", "single", "reading"
MODES = (DMR, SINGLE, READING)
FACETS = {DMR: ("documents", "means", "results"), SINGLE: ("verdict",), READING: ()}


_STEPS = {"Y": ("ans", "years"), "M": ("mois", "months"), "D": ("jours", "days")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One step of the scale of an edition; ``share`` None does not count (untested)."""

    key: str
    share: Fraction | None
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One thing asked of a criterion: documents, means, results, or a single verdict (facette)."""

    key: str
    expects: Words = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """When the law asks for it: a first day and a period as ISO 8601 writes it ("P1Y"), when it comes again."""

    due: date | None = None
    every: str = ""

    @property
    def again(self) -> Words:
        """How often it comes back, in words; none when it is asked once."""
        times, step = self.every[1:-1], self.every[-1:]
        if not self.every.startswith("P") or not times.isdecimal() or step not in _STEPS:
            return Words(fr=self.every, en=self.every)
        fr, en = _STEPS[step]
        if int(times) == 1:
            return Words(fr=f"une fois par {fr.rstrip('s') if step != 'M' else fr}", en=f"once a {en.rstrip('s')}")
        return Words(fr=f"tous les {times} {fr}", en=f"every {times} {en}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reading grid gives to think about instead of a verdict."""

    notions: tuple[Words, ...] = ()
    positive: tuple[Words, ...] = ()
    vigilance: tuple[Words, ...] = ()
    recommendations: tuple[Words, ...] = ()
    questions: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of a criterion that a variant says otherwise; an empty one keeps the common words."""

    question: Words = NO_WORDS
    why: Words = NO_WORDS
    good_evidence: Words = NO_WORDS
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One question of a referential (critère). ``key`` is full ("rgesn-2024:1.1"), ``theme`` and ``rubric`` are short.

    ``thresholds``: level -> facet -> verdict that reaches it. ``applies_if`` reads as ``applying`` says.
    """

    key: str
    number: str
    question: Words
    theme: str
    rubric: str
    why: Words = NO_WORDS
    facets: tuple[Facet, ...] = ()
    good_evidence: Words = NO_WORDS
    professions: tuple[str, ...] = ()
    applies_if: str = ""
    not_applicable_because: Words = NO_WORDS
    priority: str = ""
    difficulty: str = ""
    weight: Fraction | None = None
    points: Fraction | None = None
    thresholds: dict[str, dict[str, str]] = field(default_factory=dict, hash=False)
    only_for: tuple[str, ...] = ()
    wording_for: dict[str, Wording] = field(default_factory=dict, hash=False)
    link: str = ""
    refs: tuple[str, ...] = ()
    level: str = ""
    duty: Duty | None = None
    reading: Reading | None = None
    reformulation: bool = False

    @property
    def short(self) -> str:
        """The key inside the edition: "1.1" of "rgesn-2024:1.1"."""
        return self.key.rpartition(":")[2]

    def facet(self, key: str) -> Facet:
        """The facet ``key``; KeyError when the criterion does not ask for it."""
        return next_or_key_error(self.facets, key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """A family of criteria, second level of a referential (rubrique)."""

    key: str
    title: Words
    theme: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """First level of a referential (thème)."""

    key: str
    title: Words
    rubrics: tuple[Rubric, ...]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria of its rubrics, in order."""
        return tuple(criterion for rubric in self.rubrics for criterion in rubric.criteria)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level one may reach, by thresholds per criterion or, in an imported grid, by ``points``."""

    key: str
    title: Words
    meaning: Words = NO_WORDS
    points: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileQuestion:
    """A yes or no asked at the start; its key is what ``applies_if`` may name."""

    key: str
    question: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A named preset of the profile, with criteria and wordings of its own."""

    key: str
    title: Words
    profile: dict[str, bool] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Where an edition comes from; reread it after ``best_before`` (DLUO)."""

    publisher: Words
    title: Words
    version: str
    licence: str
    link: str
    checked_on: date | None = None
    best_before: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """An edition without its criteria: enough to list it."""

    key: str
    version: str
    title: Words
    summary: Words
    authority: Words
    link: str
    mode: str
    concerns: tuple[str, ...]
    reformulation: bool
    supersedes: str = ""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A whole edition, as its file says it. Never edited: a new edition supersedes it."""

    key: str
    version: str
    title: Words
    mode: str
    themes: tuple[Theme, ...]
    summary: Words = NO_WORDS
    authority: Words = NO_WORDS
    link: str = ""
    supersedes: str = ""
    concerns: tuple[str, ...] = ("organisation",)
    reformulation: bool = False
    licence: str = ""
    licence_note: Words = NO_WORDS
    source: Papers | None = None
    scale: tuple[Verdict, ...] = ()
    scoring: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    professions: dict[str, Words] = field(default_factory=dict, hash=False)
    profile: tuple[ProfileQuestion, ...] = ()
    variants: tuple[Variant, ...] = ()

    @property
    def head(self) -> Head:
        """What a list shows of it."""
        return Head(**{f.name: getattr(self, f.name) for f in fields(Head)})

    @cached_property
    def rubrics(self) -> tuple[Rubric, ...]:
        """Every rubric, in order."""
        return tuple(rubric for theme in self.themes for rubric in theme.rubrics)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion, flat and in order, those of variants included."""
        return tuple(criterion for rubric in self.rubrics for criterion in rubric.criteria)

    @cached_property
    def _by_key(self) -> dict[str, Criterion]:
        full = {criterion.key: criterion for criterion in self.criteria}
        return full | {criterion.short: criterion for criterion in self.criteria}

    def criterion(self, key: str) -> Criterion:
        """The criterion of a full key or of its short form; KeyError when there is none."""
        return self._by_key[key]

    def rubric(self, key: str) -> Rubric:
        """The rubric ``key`` ("1.1"); KeyError when there is none."""
        return next_or_key_error(self.rubrics, key)

    def theme(self, key: str) -> Theme:
        """The theme ``key``; KeyError when there is none."""
        return next_or_key_error(self.themes, key)

    def verdict(self, key: str) -> Verdict:
        """The step ``key`` of the scale; KeyError when there is none."""
        return next_or_key_error(self.scale, key)

    def variant(self, key: str) -> Variant:
        """The variant ``key``; KeyError when there is none."""
        return next_or_key_error(self.variants, key)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything the edition says: what an assessment pins."""
        text = json.dumps(canonical(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def for_variant(self, key: str = "") -> Edition:
        """What a variant sees: its own criteria and words; without a variant, the criteria common to all.

        Kept once made. An assessment pins the digest of the whole edition, not of what its variant sees.
        """
        if key not in self._seen:
            if key:
                self.variant(key)
            themes = tuple(replace(theme, rubrics=_rubrics_for(theme, key)) for theme in self.themes)
            self._seen[key] = replace(self, themes=tuple(theme for theme in themes if theme.rubrics))
        return self._seen[key]

    @cached_property
    def _seen(self) -> dict[str, Edition]:
        return {}


def canonical(value: object) -> object:
    """Records as JSON values: empty fields left out (a field added later changes no digest), fractions as text."""
    if is_dataclass(value):
        pairs = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {name: canonical(kept) for name, kept in pairs if isinstance(kept, bool) or kept or kept == 0}
    if isinstance(value, dict):
        return {key: canonical(kept) for key, kept in value.items()}
    if isinstance(value, tuple):
        return [canonical(kept) for kept in value]
    if isinstance(value, Fraction):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=_Keyed)


def next_or_key_error(records: tuple[K, ...], key: str) -> K:
    """The record whose ``key`` is ``key``; KeyError when there is none."""
    for record in records:
        if record.key == key:
            return record
    raise KeyError(key)


def _rubrics_for(theme: Theme, variant: str) -> tuple[Rubric, ...]:
    kept = (replace(rubric, criteria=_criteria_for(rubric, variant)) for rubric in theme.rubrics)
    return tuple(rubric for rubric in kept if rubric.criteria)


def _criteria_for(rubric: Rubric, variant: str) -> tuple[Criterion, ...]:
    asked = (criterion for criterion in rubric.criteria if not criterion.only_for or variant in criterion.only_for)
    return tuple(_worded(criterion, criterion.wording_for.get(variant)) for criterion in asked)


def _worded(criterion: Criterion, wording: Wording | None) -> Criterion:
    if wording is None:
        return criterion
    own = {facet.key: facet for facet in wording.facets}
    return replace(
        criterion,
        question=wording.question or criterion.question,
        why=wording.why or criterion.why,
        good_evidence=wording.good_evidence or criterion.good_evidence,
        facets=tuple(own.get(facet.key, facet) for facet in criterion.facets),
    )
