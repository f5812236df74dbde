"""What the documentation asks to type works, and answers what the page shows."""

import json
import shlex

import pytest

from terreau.cli import main
from tests.docs.pages import OPENS_SOMETHING, Block, blocks, every_page, not_said
from tests.house.rules import REPO

FOLLOWED_ELSEWHERE = {"docs/how-to/ajouter-un-connecteur.md"}
"""Pages that change the package itself: their own test follows them in a copy."""


def pages_with(*languages):
    """Pages that hold a block of these languages, by name."""
    named = {page.relative_to(REPO).as_posix(): page for page in every_page()}
    return [
        pytest.param(page, id=name)
        for name, page in named.items()
        if name not in FOLLOWED_ELSEWHERE and any(one.language in languages for one in blocks(page))
    ]


@pytest.fixture(scope="module")
def said():
    """What each command answered: one that two pages ask word for word, on the same desk, is run once."""
    return {}


@pytest.mark.parametrize("page", pages_with("sh"))
def test_every_command_of_a_page_runs_and_says_what_the_page_says(page, desk, capsys, said):
    for block in blocks(page):
        if block.language != "sh":
            continue
        told = []
        for command in block.commands:
            if command not in said or " --out " in command:  # what is written is written for each page
                capsys.readouterr()
                code = main(shlex.split(command)[1:])
                said[command] = code, capsys.readouterr().out
            code, out = said[command]
            assert code in (0, 1), command
            told.append(out)
        assert not_said(block.told, "".join(told)) == [], block.text


@pytest.mark.parametrize("page", pages_with("python"))
def test_every_python_block_of_a_page_runs_and_prints_what_the_page_says(page, desk, capsys):
    known = {}
    for block in blocks(page):
        if block.language != "python":
            continue
        capsys.readouterr()
        exec(compile(block.text, str(page), "exec"), known)
        assert not_said(block.told, capsys.readouterr().out) == [], block.text


def test_every_json_block_is_json():
    for page in every_page():
        for block in blocks(page):
            if block.language == "json":
                json.loads(block.text)


def test_a_wrong_answer_in_a_page_is_seen():
    assert not_said("538 comptées\n…\n9 doublons\n", "538   comptées\n9 fusionnées\n") == ["9 doublons"]


def test_every_command_left_to_other_tests_is_at_least_well_written():
    from terreau.cli.grammar import parse

    for page in every_page():
        for block in blocks(page):
            for line in block.text.splitlines() if block.language == "sh" else ():
                if line.startswith("terreau ") and line.startswith(OPENS_SOMETHING):
                    assert parse(shlex.split(line.split("  #")[0])[1:]).run, line


def test_a_command_that_opens_a_server_is_left_to_the_tests_of_the_pages():
    assert Block("sh", "make demo\nterreau serve\nterreau factors list  # les jeux\n").commands == [
        "terreau factors list"
    ]
