"""The documentation says what the code does, and its links lead somewhere."""

import argparse
import re

from terreau.cli.grammar import parser
from tests.house.rules import REPO

COMMANDS = (REPO / "docs/reference/commandes.md").read_text(encoding="utf-8")


def commands_of(grammar: argparse.ArgumentParser, said: str = "terreau") -> list[tuple[str, set[str]]]:
    """Every command with its options, from the grammar itself."""
    found = []
    for action in grammar._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                found += commands_of(below, f"{said} {name}")
    if found:
        return found
    options = {o for a in grammar._actions for o in a.option_strings if o.startswith("--")} - {"--help", "--lang"}
    return [(said, options)]


def undocumented(text: str) -> list[str]:
    return [
        word for command, options in commands_of(parser()) for word in (command, *sorted(options)) if word not in text
    ]


def test_every_command_and_option_is_documented():
    assert undocumented(COMMANDS) == []


def test_the_documentation_rule_bites():
    assert "--detail" in undocumented(COMMANDS.replace("--detail", ""))


def test_every_link_between_pages_leads_somewhere():
    broken = []
    for page in [*REPO.glob("*.md"), *(REPO / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(REPO)} -> {target}")
    assert broken == []
