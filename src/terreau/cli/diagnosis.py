"""``terreau score``: answers written in a file, and what they are worth; nothing is kept."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from terreau.cli.writing import many, say, table

if TYPE_CHECKING:
    from terreau.diagnosis.answers_file import AnswersFile
    from terreau.diagnosis.gaps import CriterionGap, Gap
    from terreau.diagnosis.scoring import Bar, Part, Score
    from terreau.referentials.edition import Edition

FIRST = 10
EASE = {"low": ("facile", "easy"), "medium": ("moyen", "medium"), "high": ("difficile", "hard")}
PRIORITY = {"low": ("modérée", "low"), "medium": ("moyenne", "medium"), "high": ("haute", "high")}


def score(options: argparse.Namespace) -> int:
    """The score of a file of answers; 1 when a line of it could not be read."""
    from terreau.diagnosis.answers_file import read_answers
    from terreau.diagnosis.gaps import gap
    from terreau.diagnosis.scoring import score as scored

    edition = edition_of(options.key)
    told = read_answers(options.answers, edition)
    found = scored(told.record, edition, options.rule)
    left = gap(told.record, edition, options.level, options.rule)
    if options.json:
        print(json.dumps(_as_json(told, found, left, options.lang), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(edition, told, found, left, options.lang)))
    return 1 if told.findings else 0


def edition_of(key: str) -> Edition:
    """A shipped edition by its key, or the one a YAML file describes."""
    from terreau.referentials.library import edition, read_edition

    path = Path(key)
    return read_edition(path) if path.suffix.lower() in (".yaml", ".yml") else edition(key)


def _as_json(told: AnswersFile, found: Score, left: Gap, language: str) -> dict[str, Any]:
    """The public shape: the score, the gap, what could not be read."""
    record = told.record
    return {"organisation": record.organisation, "subject": record.subject, "variant": record.variant, **found.as_json(language),
            "gap": left.as_json(), "findings": [one.as_json(language) for one in told.findings]}  # fmt: skip


def _lines(edition: Edition, told: AnswersFile, found: Score, left: Gap, language: str) -> Iterator[str]:
    yield f"{edition.title.in_(language)} ({edition.key} {edition.version})" + _whose(told, language)
    yield say(language, f"Règle {found.rule}, version {found.version} : ", f"Rule {found.rule}, version {found.version}: ") + found.title.in_(language)  # fmt: skip
    yield found.formula.in_(language)
    yield ""
    yield from _counts(found, language)
    yield from _number(found, language)
    if found.bars and not (found.single and list(found.bars) == ["verdict"]):
        yield ""
        yield _bars(found, language)
    yield from _levels(found, language)
    yield from _themes(edition, found, language)
    yield from _gap(left, found, language)
    yield from _findings(told, language)


def _whose(told: AnswersFile, language: str) -> str:
    record = told.record
    subject = "" if record.subject == "organisation" else record.subject.partition(":")[2] or record.subject
    named = " · ".join(name for name in (record.organisation, subject, record.variant) if name)
    return f" · {named}" if named else ""


def _counts(found: Score, language: str) -> Iterator[str]:
    if found.undefined:
        yield say(language, "Aucun score : rien n'est applicable.", "No score: nothing applies.")
    told = many(
        language,
        found.applicable,
        "critère applicable|critères applicables",
        "criterion that applies|criteria that apply",
    )
    yield say(language, f"{found.answered} répondus sur {told}", f"{found.answered} answered of {told}") + (
        say(language, " : score provisoire.", ": provisional score.") if found.provisional and found.bars else "."
    )
    yield say(
        language,
        f"Non applicables : {found.justified_na} avec une raison, {found.unjustified_na} sans raison (comptés, et valent zéro).",
        f"Not applicable: {found.justified_na} with a reason, {found.unjustified_na} without (counted, and worth nothing).",
    )


def _number(found: Score, language: str) -> Iterator[str]:
    from terreau.diagnosis.scoring import percent, points_text

    if found.single and not found.undefined:
        floor, value, ceiling = (percent(share, language) for share in (found.floor, found.value, found.ceiling))
        yield say(
            language,
            f"Score {value} · plancher {floor} · plafond {ceiling}",
            f"Score {value} · floor {floor} · ceiling {ceiling}",
        )
    if found.points:
        earned, open_, grid = (
            points_text(one, language) for one in (found.points.earned, found.points.open, found.points.grid)
        )
        yield say(language, f"Points : {earned} obtenus, {open_} encore ouverts, {grid} dans la grille",
                  f"Points: {earned} earned, {open_} still open, {grid} in the grid")  # fmt: skip
    if found.status:
        yield found.status.in_(language)
    if found.legal:
        yield say(language, "Tous les critères applicables sont testés : ce taux est le taux légal.",
                  "Every criterion that applies is tested: this rate is the legal one.")  # fmt: skip


def _bars(found: Score, language: str) -> str:
    from terreau.diagnosis.words import facet_word

    heads = (say(language, "facette", "facet"), *_shares_heads(language), say(language, "répondus", "answered"))
    rows = [(facet_word(key, language), *_shares(bar, language), f"{bar.answered}/{bar.applicable}")
            for key, bar in found.bars.items()]  # fmt: skip
    return table(heads, rows, numbers=(1, 2, 3, 4))


def _levels(found: Score, language: str) -> Iterator[str]:
    if not found.steps:
        return
    yield ""
    titles = {step.key: step.title.in_(language) for step in found.steps}
    reached = titles.get(found.levels.reached or "", say(language, "aucun", "none"))
    following = titles.get(found.levels.next or "", "–")
    yield say(
        language, f"Niveau atteint : {reached} · suivant : {following}", f"Level reached: {reached} · next: {following}"
    )
    for step in found.steps:
        asked = say(
            language,
            f"{step.met} critères au seuil sur {step.asked}",
            f"{step.met} criteria at the threshold of {step.asked}",
        )
        asked = _points_asked(step.points, asked if step.asked else "", language)
        yield f"  {titles[step.key]}{say(language, ' : ', ': ')}{asked}, {_standing(step, language)}"


def _points_asked(points: Any, asked: str, language: str) -> str:
    from terreau.diagnosis.scoring import points_text

    if points is None:
        return asked
    needed = points_text(points, language)
    return ", ".join(
        part for part in (say(language, f"{needed} points demandés", f"{needed} points asked"), asked) if part
    )


def _standing(step: Any, language: str) -> str:
    if step.reached:
        return say(language, "atteint", "reached")
    if step.within_reach:
        return say(
            language, "encore possible avec ce qui reste à répondre", "still possible with what is left to answer"
        )
    return say(language, "pas atteint", "not reached")


def _themes(edition: Edition, found: Score, language: str) -> Iterator[str]:
    if len(found.by_theme) < 2:
        return
    from terreau.diagnosis.scoring import percent
    from terreau.diagnosis.words import facet_word

    bars = [] if found.single else list(found.bars)
    shares = _shares_heads(language) if found.single else [facet_word(key, language) for key in bars]
    heads = [say(language, "thème", "theme"), say(language, "répondus", "answered"), *shares]
    rows = []
    for key, part in found.by_theme.items():
        floors = [percent(part.bars[one].floor if one in part.bars else None, language) for one in bars]
        told = _shares(part, language) if found.single else floors
        rows.append([edition.theme(key).title.in_(language), f"{part.answered}/{part.applicable}", *told])
    yield ""
    if bars:
        yield say(language, "Par thème, au plancher (ce qui n'est pas répondu vaut zéro) :", "By theme, at the floor (what is not answered is worth nothing):")  # fmt: skip
    yield table(heads, rows, numbers=tuple(range(1, len(heads))))


def _gap(left: Gap, found: Score, language: str) -> Iterator[str]:
    if left.closed or not left.criteria or found.undefined:
        return
    titles = {step.key: step.title.in_(language) for step in found.steps}
    aim = titles.get(left.level or "", say(language, "le score entier", "the full score"))
    count = many(
        language,
        len(left.criteria),
        "critère peut y aider|critères peuvent y aider",
        "criterion can help|criteria can help",
    )
    yield ""
    yield say(
        language, f"Vers {aim} : {count}. Les plus faciles d'abord :", f"Towards {aim}: {count}. The easiest first:"
    )
    heads = (say(language, "critère", "criterion"), say(language, "il manque", "missing"), say(language, "difficulté", "difficulty"),
             say(language, "priorité", "priority"), say(language, "gain", "gain"))  # fmt: skip
    rows = [_gap_row(one, found, language) for one in left.by_difficulty()[:FIRST]]
    with_gain = found.single
    yield table(
        heads if with_gain else heads[:-1],
        rows if with_gain else [row[:-1] for row in rows],
        numbers=(4,) if with_gain else (),
    )
    if len(left.criteria) > FIRST:
        more = len(left.criteria) - FIRST
        yield say(
            language, f"  … et {more} de plus (--json les donne tous)", f"  … and {more} more (--json gives them all)"
        )


def _gap_row(one: CriterionGap, found: Score, language: str) -> tuple[str, ...]:
    from terreau.diagnosis.scoring import percent, points_text

    missing = _missing(one, language)
    gain = "–" if one.gain is None else points_text(one.gain, language) if found.points else percent(one.gain, language)
    return (one.number, missing, EASE.get(one.difficulty, ("–", "–"))[language == "en"],
            PRIORITY.get(one.priority, ("–", "–"))[language == "en"], gain)  # fmt: skip


def _missing(one: CriterionGap, language: str) -> str:
    from terreau.diagnosis.words import facet_word

    if one.state == "without_reason":
        return say(language, "une raison ou une réponse", "a reason or an answer")
    if [facet.facet for facet in one.facets] == ["verdict"]:
        waits = one.state == "unanswered"
        return say(language, "une réponse" if waits else "à corriger", "an answer" if waits else "to be mended")
    return ", ".join(facet_word(facet.facet, language) for facet in one.facets)


def _findings(told: AnswersFile, language: str) -> Iterator[str]:
    if not told.findings:
        return
    yield ""
    count = many(
        language, len(told.findings), "ligne à revoir|lignes à revoir", "line to look at again|lines to look at again"
    )
    yield count + say(language, " :", ":")
    for one in told.findings:
        words = one.words(language)
        yield (
            say(language, f"  ligne {one.line}, {one.column} : ", f"  line {one.line}, {one.column}: ")
            + f"{words.what} {words.why} {words.remedy}"
        )


def _shares_heads(language: str) -> tuple[str, str, str]:
    return say(language, "plancher", "floor"), say(language, "valeur", "value"), say(language, "plafond", "ceiling")


def _shares(of: Bar | Part, language: str) -> tuple[str, str, str]:
    from terreau.diagnosis.scoring import percent

    return percent(of.floor, language), percent(of.value, language), percent(of.ceiling, language)
