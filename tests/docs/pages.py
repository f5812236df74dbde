"""The pages of the documentation taken apart: what they ask to run, and what they say it answers."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.house.rules import REPO

OPENS_SOMETHING = ("terreau demo", "terreau serve", "terreau user", "terreau journal", "terreau backup", "terreau restore",
                   "terreau organisation", "terreau prepare", "terreau worker", "terreau dossier")  # fmt: skip
"""Commands that open a server or read its database: proven in the tests of the pages, not here."""

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LEFT_OUT = "…"


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block; ``told`` is the ``text`` block that follows it at once: its answer, as the page shows it."""

    language: str
    text: str
    told: str = ""

    @property
    def commands(self) -> list[str]:
        """The lines a person would type, without those that open a server."""
        lines = [line.split("  #")[0].strip() for line in self.text.replace("\\\n", " ").splitlines()]
        return [line for line in lines if line.startswith("terreau ") and not line.startswith(OPENS_SOMETHING)]


def every_page() -> list[Path]:
    """README and every page of docs."""
    return [REPO / "README.md", *sorted((REPO / "docs").rglob("*.md"))]


def blocks(page: Path) -> list[Block]:
    """The blocks of a page, in order; an answer is attached to the block right above it."""
    text = page.read_text(encoding="utf-8")
    found: list[Block] = []
    end = -1
    for match in _BLOCK.finditer(text):
        language, body = match[1], match[2]
        if language == "text" and found and not text[end : match.start()].strip():
            found[-1] = Block(found[-1].language, found[-1].text, body)
        else:
            found.append(Block(language, body))
        end = match.end()
    return found


def not_said(told: str, said: str) -> list[str]:
    """Lines a page shows that the answer does not hold, spaces apart; a line of « … » stands for what is left out."""
    answer = {_plain(line) for line in said.splitlines()}
    shown = [_plain(line) for line in told.splitlines() if line.strip() not in ("", _LEFT_OUT)]
    return [line for line in shown if line not in answer]


def _plain(line: str) -> str:
    return " ".join(line.split())
