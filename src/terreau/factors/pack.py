"""What a pack is once read: figures, their papers, what was set aside, and a digest (jeu de facteurs lu)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from terreau.factors.items import Item
from terreau.factors.references import NOTHING, References
from terreau.factors.rows import PackError, Row, SetAside
from terreau.kernel.source import Source
from terreau.tables.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Figures that arrive and leave together. ``papers`` are the pack's own; each row's sources are in ``sources``.

    references: item types and matching models, for the compatible rule set.
    """

    key: str
    papers: Source
    sources: Mapping[str, Source]
    rows: tuple[Row, ...]
    items: tuple[Item, ...]
    set_aside: tuple[SetAside, ...]
    masked: bool
    digest: str
    references: References = NOTHING

    @property
    def redistribution(self) -> str:
        """The most cautious of its papers: private, else to_confirm, else certain."""
        said = {source.redistribution for source in self.sources.values()}
        return next(word for word in ("private", "to_confirm", "certain") if word in said)


def refuse(pack: str, findings: Sequence[Finding]) -> NoReturn:
    """Raise PackError: how many lines, and the first one in words."""
    first = min(findings, key=lambda finding: finding.line)
    raise PackError(
        "factors.lines_unread", findings, pack=pack, count=len(findings), line=first.line, column=first.column,
        value=str(first.facts.get("value", first.facts.get("unit", first.facts.get("subject", "")))),
    )  # fmt: skip


def digest(paths: Iterable[Path]) -> str:
    """sha256 of the files that exist, whatever their line endings (a checkout on Windows gives the same)."""
    mark = hashlib.sha256()
    for path in paths:
        if path.is_file():
            mark.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return mark.hexdigest()
