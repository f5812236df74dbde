"""The five questions of the assistant: one at a time, each answer leads somewhere."""

from __future__ import annotations

import pytest

from terreau.indicators import words
from terreau.indicators.good import LEADS, questions, read_questions, walk
from terreau.kernel.errors import TerreauError

SOUND = {"decision": "decides", "pair": "both", "evaluable": "source", "objectified": "both", "audience": "performance"}


def test_there_are_five_in_the_order_they_are_asked():
    assert [one.key for one in questions()] == list(SOUND)


def test_every_question_can_be_answered_well_and_badly_in_both_languages():
    for asked in questions():
        assert {one.leads for one in asked.answers} >= {"go"} and {one.leads for one in asked.answers} & {
            "mend",
            "stop",
        }
        for said in (
            asked.title,
            asked.question,
            asked.why,
            *(w for one in asked.answers for w in (one.label, one.advice)),
        ):
            assert said.fr and said.en and said.fr != said.en and "'" not in said.fr
    assert set(words.LEADS) == set(LEADS)


def test_they_come_one_at_a_time():
    assert walk({}).next.key == "decision" and walk({}).leads == ""
    here = walk({"decision": "decides"})
    assert (here.next.key, here.leads, len(here.given)) == ("pair", "", 1)


def test_five_good_answers_lead_ahead():
    done = walk(SOUND)
    assert (done.next, done.leads, done.to_mend) == (None, "go", ())


def test_what_is_to_mend_is_named_and_a_stop_outweighs_it():
    done = walk(SOUND | {"pair": "raw_only"})
    assert done.leads == "mend"
    ((asked, held),) = done.to_mend
    assert asked.key == "pair" and held.advice.en.startswith("Choose what to relate it to")
    assert walk(SOUND | {"pair": "raw_only", "evaluable": "nowhere"}).leads == "stop"


def test_curiosity_stops_at_the_first_question():
    here = walk({"decision": "curious"})
    assert here.leads == "stop" and here.next.key == "pair"


def test_an_answer_nobody_offers_is_as_if_not_given():
    assert walk({"decision": "perhaps", "other": "x"}).next.key == "decision"


def test_a_file_of_questions_that_leads_nowhere_is_refused(tmp_path):
    path = tmp_path / "questions.yaml"
    path.write_text("questions:\n  - key: a\n    title: t\n    question: q\n    why: w\n    answers:\n"
                    "      - {key: b, label: l, leads: away, advice: c}\n", encoding="utf-8")  # fmt: skip
    with pytest.raises(TerreauError) as trouble:
        read_questions(path)
    assert "away" in trouble.value.words("en").why
