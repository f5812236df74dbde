"""An edition written down again: as the YAML it can be read from, as public JSON."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from terreau.referentials.edition import Criterion, Edition, Facet, Level, Papers, Reading, Verdict, Wording, Words
from terreau.referentials.loading import edition_from
from terreau.referentials.yaml_reading import parse_yaml, write_yaml

Document = dict[str, Any]


def to_yaml(edition: Edition) -> str:
    """The edition as YAML text; reading it back gives the same digest."""
    return write_yaml(as_document(edition))


def from_yaml(text: str, where: str, *, key: str | None = None) -> Edition:
    """The edition of a YAML text, checked whole; TerreauError referentials.*."""
    return edition_from(parse_yaml(text, where), where, key=key)


def as_document(edition: Edition) -> Document:
    """The layout of a file: empty fields left out, keys short. A private key loses its organisation."""
    return _kept(
        key=edition.key.rpartition("/")[2],
        version=edition.version,
        supersedes=edition.supersedes,
        title=_words(edition.title),
        summary=_words(edition.summary),
        authority=_words(edition.authority),
        link=edition.link,
        concerns=list(edition.concerns),
        mode=edition.mode,
        reformulation=edition.reformulation,
        wording=_kept(licence=edition.licence, note=_words(edition.licence_note)),
        source=_papers(edition.source),
        scale=[_verdict(verdict) for verdict in edition.scale],
        scoring=list(edition.scoring),
        levels=[_level(level) for level in edition.levels],
        professions={key: _words(label) for key, label in edition.professions.items()},
        profile=[{"key": asked.key, "question": _words(asked.question)} for asked in edition.profile],
        variants=[
            {"key": variant.key, "title": _words(variant.title), "profile": dict(variant.profile)}
            for variant in edition.variants
        ],
        themes=[_theme(edition, theme) for theme in edition.themes],
    )


def to_json(edition: Edition) -> Document:
    """The public shape of ``terreau referential show --json``: every field always there, both languages.

    A criterion gives its full key as ``id`` ("rgesn-2024:1.1") and its short one as ``key`` ("1.1").
    """
    document = as_document(edition)
    return {
        "key": edition.key,
        "version": edition.version,
        "supersedes": edition.supersedes,
        "digest": edition.digest,
        "title": _both(edition.title),
        "summary": _both(edition.summary),
        "authority": _both(edition.authority),
        "link": edition.link,
        "concerns": list(edition.concerns),
        "mode": edition.mode,
        "reformulation": edition.reformulation,
        "wording": {"licence": edition.licence, "note": _both(edition.licence_note)},
        "source": document.get("source"),
        "scale": document.get("scale", []),
        "scoring": list(edition.scoring),
        "levels": document.get("levels", []),
        "professions": {key: _both(label) for key, label in edition.professions.items()},
        "profile": document.get("profile", []),
        "variants": document.get("variants", []),
        "themes": [
            {
                "key": theme.key,
                "title": _both(theme.title),
                "rubrics": [
                    {
                        "key": rubric.key,
                        "title": _both(rubric.title),
                        "criteria": [_public(criterion) for criterion in rubric.criteria],
                    }
                    for rubric in theme.rubrics
                ],
            }
            for theme in edition.themes
        ],
    }


def _public(criterion: Criterion) -> Document:
    return {
        "id": criterion.key,
        "key": criterion.short,
        "number": criterion.number,
        "question": _both(criterion.question),
        "why": _both(criterion.why),
        "facets": [{"key": facet.key, "expects": _both(facet.expects)} for facet in criterion.facets],
        "good_evidence": _both(criterion.good_evidence),
        "professions": list(criterion.professions),
        "applies_if": criterion.applies_if,
        "not_applicable_because": _both(criterion.not_applicable_because),
        "priority": criterion.priority,
        "difficulty": criterion.difficulty,
        "weight": _number(criterion.weight),
        "points": _number(criterion.points),
        "thresholds": criterion.thresholds,
        "only_for": list(criterion.only_for),
        "wording_for": {key: _wording(words) for key, words in criterion.wording_for.items()},
        "reformulation": criterion.reformulation,
        "link": criterion.link,
        "refs": list(criterion.refs),
        "level": criterion.level,
        "duty": _duty(criterion),
        "reading": _reading(criterion.reading),
    }


def _theme(edition: Edition, theme: Any) -> Document:
    return {
        "key": theme.key,
        "title": _words(theme.title),
        "rubrics": [
            {
                "key": rubric.key,
                "title": _words(rubric.title),
                "criteria": [_criterion(edition, criterion) for criterion in rubric.criteria],
            }
            for rubric in theme.rubrics
        ],
    }


def _criterion(edition: Edition, criterion: Criterion) -> Document:
    made = _kept(
        key=criterion.short,
        number=criterion.number,
        question=_words(criterion.question),
        why=_words(criterion.why),
        expects=_expects(criterion.facets),
        good_evidence=_words(criterion.good_evidence),
        professions=list(criterion.professions),
        applies_if=criterion.applies_if,
        not_applicable_because=_words(criterion.not_applicable_because),
        priority=criterion.priority,
        difficulty=criterion.difficulty,
        weight=_number(criterion.weight),
        points=_number(criterion.points),
        thresholds=criterion.thresholds,
        only_for=list(criterion.only_for),
        wording_for={key: _wording(words) for key, words in criterion.wording_for.items()},
        link=criterion.link,
        refs=list(criterion.refs),
        level=criterion.level,
        duty=_duty(criterion),
        reading=_reading(criterion.reading),
    )
    if criterion.reformulation != edition.reformulation:
        made["reformulation"] = criterion.reformulation
    return made


def _kept(**values: Any) -> Document:
    """The fields that say something; false and zero do."""
    return {name: value for name, value in values.items() if value is not None and value not in ("", [], {}, ())}


def _words(words: Words) -> Document | str | None:
    if not words:
        return None
    return words.fr if words.fr == words.en else _both(words)


def _both(words: Words) -> Document:
    return {"fr": words.fr, "en": words.en}


def _number(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _expects(facets: Iterable[Facet]) -> Document:
    """A facet asked for without words stays; the only verdict of a single mode goes without saying."""
    return {facet.key: _words(facet.expects) or "" for facet in facets if facet.expects or facet.key != "verdict"}


def _wording(wording: Wording) -> Document:
    return _kept(
        question=_words(wording.question),
        why=_words(wording.why),
        good_evidence=_words(wording.good_evidence),
        expects=_expects(wording.facets),
    )


def _verdict(verdict: Verdict) -> Document:
    return {"key": verdict.key, "share": _number(verdict.share), "label": _words(verdict.label)}


def _level(level: Level) -> Document:
    return _kept(key=level.key, title=_words(level.title), meaning=_words(level.meaning), points=_number(level.points))


def _papers(papers: Papers | None) -> Document | None:
    if papers is None:
        return None
    return _kept(
        publisher=_words(papers.publisher),
        title=_words(papers.title),
        version=papers.version,
        licence=papers.licence,
        link=papers.link,
        checked_on=papers.checked_on and papers.checked_on.isoformat(),
        best_before=papers.best_before and papers.best_before.isoformat(),
    )


def _duty(criterion: Criterion) -> Document | None:
    duty = criterion.duty
    return None if duty is None else _kept(due=duty.due and duty.due.isoformat(), every=duty.every)


def _reading(reading: Reading | None) -> Document | None:
    if reading is None:
        return None
    names = ("notions", "positive", "vigilance", "recommendations", "questions")
    return _kept(**{name: [_words(words) for words in getattr(reading, name)] for name in names})
