"""Answers written by hand in YAML (docs/reference/reponses.md): read whole, every doubtful line named, none guessed."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from terreau.diagnosis.records import ORGANISATION, AnswerRecord, AssessmentRecord, FacetAnswer
from terreau.kernel.errors import TerreauError
from terreau.kernel.period import Period
from terreau.referentials.edition import Criterion, Edition
from terreau.referentials.yaml_reading import Lined, read_yaml
from terreau.tables.findings import Finding

HEAD = ("referential", "version", "variant", "organisation", "subject", "period", "as_of", "profile", "answers")
FACET = ("verdict", "text", "value", "absence")
FIRST_YEAR, LAST_YEAR = 1900, 2200
YES, NO = ("yes", "true", "oui"), ("no", "false", "non")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersFile:
    """What a file of answers holds: the assessment, and what could not be read in it (the lines named are left aside)."""

    record: AssessmentRecord
    findings: tuple[Finding, ...]


def read_answers(path: Path, edition: Edition, today: date | None = None) -> AnswersFile:
    """The answers of ``path`` to ``edition``.

    ``today`` stands for ``as_of`` when the file does not say it (it changes no score). TerreauError when the file is not YAML,
    holds no ``answers``, or is written for another edition or variant.
    """
    told = read_yaml(path, texts=True)
    _refuse_another(told, edition, path.name)
    variant = _text(told.get("variant"))
    reader = _Reader(edition.for_variant(variant), [])
    record = reader.record(told, variant, today or date.today())
    return AnswersFile(record=record, findings=tuple(sorted(reader.findings, key=lambda one: one.line)))


def _refuse_another(told: Lined, edition: Edition, where: str) -> None:
    if not isinstance(told.get("answers"), Lined):
        raise TerreauError("diagnosis.answers_missing", file=where)
    for name, expected in (("referential", edition.key), ("version", edition.version)):
        said = _text(told.get(name))
        if said and said != expected:
            raise TerreauError("diagnosis.answers_other_edition", file=where, said=said, expected=expected)
    known = [one.key for one in edition.variants]
    if (variant := _text(told.get("variant"))) and variant not in known:
        raise TerreauError("diagnosis.variant_unknown", variant=variant, known=", ".join(known) or "–")


@dataclass
class _Reader:
    """Reads one file against one edition, and gathers what it cannot read."""

    edition: Edition
    findings: list[Finding] = field(default_factory=list)

    def record(self, told: Lined, variant: str, today: date) -> AssessmentRecord:
        """The whole assessment."""
        self.strangers(told, HEAD, "")
        as_of = self.day(told, "as_of") or today
        return AssessmentRecord(
            edition=self.edition.key, version=self.edition.version, variant=variant, organisation=self.text(told, "organisation"),
            subject=self.text(told, "subject") or ORGANISATION, period=self.period(told, as_of), as_of=as_of,
            profile=self.profile(told), answers=self.answers(told["answers"]),
        )  # fmt: skip

    def answers(self, told: Lined) -> dict[str, AnswerRecord]:
        """One answer per criterion the edition asks for."""
        known = {criterion.short: criterion for criterion in self.edition.criteria}
        found: dict[str, AnswerRecord] = {}
        for name, value in told.items():
            line, short = told.lines[name], name.removeprefix(f"{self.edition.key}:")
            if short not in known:
                near = difflib.get_close_matches(short, known, n=3, cutoff=0.5)
                self.say(line, name, "diagnosis.answers_criterion_unknown", said=name, near=", ".join(near) or "–")
            elif known[short].key in found:
                self.say(line, name, "diagnosis.answers_twice", said=short)
            else:
                found[known[short].key] = self.answer(known[short], value, line)
        return found

    def answer(self, criterion: Criterion, value: Any, line: int) -> AnswerRecord:
        """The answer to one criterion, in its short or its long form."""
        facets = [facet.key for facet in criterion.facets]
        if value is None:
            return AnswerRecord(criterion=criterion.key)
        if isinstance(value, str):
            return self._short(criterion, value, facets, line)
        if not isinstance(value, Lined):
            self.shape(line, criterion, facets)
            return AnswerRecord(criterion=criterion.key)
        inside = ("verdict", *FACET[2:]) if facets == ["verdict"] else facets
        self.strangers(value, ("text", "not_applicable", *inside), criterion.number)
        given = self._single(criterion, value) if facets == ["verdict"] else self._facets(criterion, value, facets)
        return AnswerRecord(
            criterion=criterion.key, facets=given, text=self.text(value, "text", criterion.number), applicable=False if "not_applicable" in value else None,
            reason=self.text(value, "not_applicable", criterion.number),
        )  # fmt: skip

    def _short(self, criterion: Criterion, value: str, facets: list[str], line: int) -> AnswerRecord:
        """One word: the verdict of a single facet, or the text of a reading."""
        if not facets:
            return AnswerRecord(criterion=criterion.key, text=value)
        if len(facets) > 1:
            self.shape(line, criterion, facets)
            return AnswerRecord(criterion=criterion.key)
        return AnswerRecord(criterion=criterion.key, facets=self.facet(criterion, facets[0], value, line))

    def _single(self, criterion: Criterion, value: Lined) -> tuple[FacetAnswer, ...]:
        told = Lined({name: value[name] for name in ("verdict", *FACET[2:]) if name in value})
        told.lines = value.lines
        return self.facet(criterion, "verdict", told, value.line) if told else ()

    def _facets(self, criterion: Criterion, value: Lined, facets: list[str]) -> tuple[FacetAnswer, ...]:
        given = (
            self.facet(criterion, key, value[key], value.lines[key]) for key in facets if value.get(key) is not None
        )
        return tuple(one for found in given for one in found)

    def facet(self, criterion: Criterion, key: str, value: Any, line: int) -> tuple[FacetAnswer, ...]:
        """One facet; none when nothing of it can be read."""
        where = f"{criterion.number} › {key}"
        if isinstance(value, str):
            return (FacetAnswer(facet=key, verdict=self.verdict(value, line, where)),)
        if not isinstance(value, Lined):
            self.shape(line, criterion, [key])
            return ()
        if key != "verdict":
            self.strangers(value, FACET, where)
        said = self.text(value, "verdict", where)
        return (FacetAnswer(
            facet=key, verdict=self.verdict(said, value.lines.get("verdict", line), where) if said else None,
            text=self.text(value, "text", where) if key != "verdict" else "",
            value=self.text(value, "value", where) or None, absence=self.text(value, "absence", where),
        ),)  # fmt: skip

    def verdict(self, said: str, line: int, where: str) -> str | None:
        """A verdict of the scale; None, and a finding, for another word."""
        known = [one.key for one in self.edition.scale]
        if said in known:
            return said
        self.say(line, where, "diagnosis.answers_verdict_unknown", said=said, known=", ".join(known))
        return None

    def text(self, told: Lined, name: str, where: str = "") -> str:
        """What is written under ``name``; '' and a finding when it is a list or a mapping."""
        value = told.get(name)
        if isinstance(value, list | dict):
            self.say(told.lines[name], where or name, "diagnosis.answers_shape", where=name, expected="text")
        return _text(value)

    def period(self, told: Lined, as_of: date) -> tuple[date, date]:
        """The period assessed; the twelve months that end on ``as_of`` when it is not said."""
        usual = Period.twelve_months_ending(as_of)
        said = told.get("period")
        if said is None:
            return usual.start, usual.end
        if not isinstance(said, Lined):
            self.say(told.lines["period"], "period", "diagnosis.answers_shape", where="period", expected="start, end")
            return usual.start, usual.end
        self.strangers(said, ("start", "end"), "period")
        start, end = self.day(said, "start"), self.day(said, "end")
        if start and end and start > end:
            self.say(
                said.lines["end"],
                "period",
                "diagnosis.answers_period_reversed",
                start=start.isoformat(),
                end=end.isoformat(),
            )
        return (start, end) if start and end and start <= end else (usual.start, usual.end)

    def profile(self, told: Lined) -> dict[str, bool]:
        """The answers to the profile questions, yes or no."""
        said = told.get("profile")
        if said is None:
            return {}
        if not isinstance(said, Lined):
            self.say(told.lines["profile"], "profile", "diagnosis.answers_shape", where="profile", expected="yes, no")
            return {}
        self.strangers(said, tuple(one.key for one in self.edition.profile), "profile")
        for name, value in said.items():
            if _text(value).lower() not in (*YES, *NO):
                self.say(said.lines[name], name, "diagnosis.answers_shape", where=name, expected="yes, no")
        return {
            name: _text(value).lower() in YES for name, value in said.items() if _text(value).lower() in (*YES, *NO)
        }

    def day(self, told: Lined, name: str) -> date | None:
        """A day written AAAA-MM-JJ."""
        said = _text(told.get(name))
        try:
            found = date.fromisoformat(said) if said else None
        except ValueError:
            found = date.min
        if found is not None and not FIRST_YEAR <= found.year <= LAST_YEAR:
            self.say(told.lines[name], name, "diagnosis.answers_day_unreadable", said=said)
            return None
        return found

    def strangers(self, told: Lined, known: tuple[str, ...], where: str) -> None:
        """Names nobody knows at this place."""
        for name in told:
            if name not in known:
                self.say(told.lines[name], where, "diagnosis.answers_field_unknown", said=name, known=", ".join(known))

    def shape(self, line: int, criterion: Criterion, facets: list[str]) -> None:
        """The answer is not of the shape the criterion asks for."""
        self.say(
            line,
            criterion.number,
            "diagnosis.answers_shape",
            where=criterion.number,
            expected=", ".join(facets) or "text",
        )

    def say(self, line: int, column: str, code: str, **facts: object) -> None:
        """Gather one finding."""
        self.findings.append(Finding(line=line, column=column, code=code, facts=facts))


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
