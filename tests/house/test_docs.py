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


SAME_OPTIONS = {"terreau rules": "terreau footprint", "terreau plan simulate": "terreau footprint"}
"""Commands whose section says « options de » another rather than repeating them."""


def told_of(command: str, text: str) -> str:
    """Where the page speaks of a command: its row in a table, else the sections that name it."""
    if rows := [line for line in text.splitlines() if line.startswith(f"| `{command}")]:
        return "\n".join(rows)
    sections = [one for one in text.split("\n## ") if command in one]
    if command in SAME_OPTIONS:
        sections.append(told_of(SAME_OPTIONS[command], text))
    return "\n".join(sections)


def undocumented(text: str) -> list[str]:
    missing = []
    for command, options in commands_of(parser()):
        told = told_of(command, text)
        missing += [f"{command} {one}" for one in sorted(options) if one not in told]
        missing += [] if told else [command]
    return missing


def test_every_command_and_option_is_documented_where_the_page_speaks_of_it():
    assert undocumented(COMMANDS) == []


def test_the_documentation_rule_bites():
    assert "terreau footprint --detail" in undocumented(COMMANDS.replace("--detail", ""))
    assert "terreau score" in undocumented(COMMANDS.replace("terreau score", "terreau …"))
    elsewhere = COMMANDS.replace("[--no-browser]", "").replace("## Limites", "## Limites --no-browser")
    assert undocumented(elsewhere) == ["terreau demo --no-browser"]


def test_every_link_between_pages_leads_somewhere():
    broken = []
    for page in [*REPO.glob("*.md"), *(REPO / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(REPO)} -> {target}")
    assert broken == []
