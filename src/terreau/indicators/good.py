"""Five questions before an indicator is added ("bon indicateur"): what each answer leads to, one question at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from terreau.kernel.errors import TerreauError
from terreau.referentials.edition import Words
from terreau.referentials.gathering import Fields, Gathering
from terreau.referentials.yaml_reading import read_yaml

QUESTIONS = Path(__file__).parent / "data" / "good" / "questions.yaml"
LEADS = ("go", "mend", "stop")
"""go: nothing stands in the way; mend: something to complete first; stop: better not followed, for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: its words, what it leads to, and the advice given beside it."""

    key: str
    label: Words
    leads: str
    advice: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One of the five questions, with the reason why it is asked."""

    key: str
    title: Words
    question: Words
    why: Words
    answers: tuple[Answer, ...]

    def answer(self, key: str) -> Answer | None:
        """The answer of this key, None when there is none."""
        return next((one for one in self.answers if one.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Where a person stands: what was answered, the question to ask next, and what it all leads to.

    leads: "stop" as soon as one answer says so, else "mend", else "go" once all five are answered; '' before
    """

    given: tuple[tuple[Question, Answer], ...]
    next: Question | None
    leads: str

    @property
    def to_mend(self) -> tuple[tuple[Question, Answer], ...]:
        """What stands in the way, question by question."""
        return tuple(pair for pair in self.given if pair[1].leads != "go")


@cache
def questions() -> tuple[Question, ...]:
    """The five questions, in the order they are asked."""
    return read_questions(QUESTIONS)


def read_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a file; TerreauError indicators.refused tells every finding at once."""
    gathering = Gathering(path.name)
    document = Fields(gathering, read_yaml(path), "")
    made = tuple(_question(fields) for fields in document.each("questions", "question", required=True))
    document.done()
    try:
        gathering.refuse_if_any()
    except TerreauError as refused:
        raise TerreauError("indicators.refused", **refused.facts) from None
    return made


def walk(answers: Mapping[str, str]) -> Walk:
    """Where the answers (question -> answer) lead; one that the question does not offer is as if not given."""
    given = tuple((asked, held) for asked in questions() if (held := asked.answer(answers.get(asked.key, ""))))
    answered = {asked.key for asked, _ in given}
    following = next((asked for asked in questions() if asked.key not in answered), None)
    said = {held.leads for _, held in given}
    leads = next((one for one in ("stop", "mend") if one in said), "" if following else "go")
    return Walk(given=given, next=following, leads=leads)


def _question(fields: Fields) -> Question:
    made = Question(
        key=fields.key(),
        title=fields.words("title", required=True),
        question=fields.words("question", required=True),
        why=fields.words("why", required=True),
        answers=tuple(_answer(item) for item in fields.each("answers", "answer", required=True)),
    )
    fields.done()
    return made


def _answer(fields: Fields) -> Answer:
    made = Answer(
        key=fields.key(),
        label=fields.words("label", required=True),
        leads=fields.choice("leads", LEADS, required=True),
        advice=fields.words("advice", required=True),
    )
    fields.done()
    return made
