"""The reference page says what the code does: fields, statuses, checks, and the figures of the rules."""

import re
from dataclasses import fields

from terreau.kernel.pace import BEHIND
from terreau.plan import checking
from terreau.plan.arbitration import STATES
from terreau.plan.commitments import Commitment
from terreau.plan.standing import STATUSES
from terreau.plan.words import DECISIONS, ORIGINS, STEPS
from terreau.plan.words import STATUSES as STATUS_WORDS
from tests.house.rules import REPO

PAGE = (REPO / "docs/reference/engagements.md").read_text(encoding="utf-8")
SOURCE = (REPO / "src/terreau/plan/checking.py").read_text(encoding="utf-8")


def part(heading):
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def rows(text):
    lines = [one for one in text.splitlines() if one.startswith("|")][2:]
    return [[cell.strip() for cell in one.strip("|").split("|")] for one in lines]


def test_every_field_of_a_commitment_is_told():
    told = {name for row in rows(part("Un engagement")) for name in re.findall(r"`(\w+)`", row[0])}
    assert told == {one.name for one in fields(Commitment)}


def test_every_status_is_told_with_its_word():
    assert [(row[0].strip("`"), row[1]) for row in rows(part("Le statut"))] == [
        (key, STATUS_WORDS[key][0]) for key in STATUSES
    ]


def test_every_check_is_told_with_its_gravity():
    assert checking.check
    told = {row[0].strip("`"): row[1] for row in rows(part("Les contrôles"))}
    used = set(re.findall(r'"(plan\.\w+)"', SOURCE))
    assert set(told) == used
    words = {"ERROR": "erreur", "WARNING": "alerte", "ADVICE": "conseil"}
    for code, gravity in re.findall(r'"(plan\.\w+)",\s+(ERROR|WARNING|ADVICE)', SOURCE):
        assert told[code] == words[gravity], code


def test_states_of_milestones_and_decisions_and_the_tolerance_are_told():
    for state in (*STEPS, *STATES):
        assert f"`{state}`" in PAGE
    assert set(STATES) == set(DECISIONS)
    assert f"**{round(100 * BEHIND)} % du chemin**" in PAGE


def test_the_origins_are_told_in_words():
    assert all(words[0].split(" ")[0] in part("Un engagement") for words in ORIGINS.values())
