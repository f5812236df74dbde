"""The parts of each kind of report, in their order, and one part as it is kept: text and blocks as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terreau.app.reports.models import Kind
from terreau.kernel import canonical
from terreau.publishing.blocks import Block, Bullets, Facts, Table, Text

TITLES: dict[str, str | Promise] = {
    "word": _("Avant-propos"),
    "context": _("L’organisation et son numérique"),
    "footprint": _("L’empreinte du parc"),
    "method": _("D’où viennent ces chiffres"),
    "diagnosis": _("Le diagnostic"),
    "indicators": _("Les indicateurs"),
    "commitments": _("Les engagements, tenus et manqués"),
    "next_year": _("L’année qui vient"),
    "late": _("Ce qui est en retard ou manqué"),
    "stops": _("Ce qui attend quelqu’un"),
    "coming": _("Les trois prochains mois"),
    "decisions": _("Les décisions à prendre"),
}
PARTS: dict[str, tuple[str, ...]] = {
    Kind.YEARLY: ("word", "context", "footprint", "method", "diagnosis", "indicators", "commitments", "next_year"),
    Kind.REVIEW: ("word", "indicators", "late", "stops", "coming", "decisions"),
}
_BLOCKS: dict[str, Any] = {"text": Text, "bullets": Bullets, "facts": Facts, "table": Table}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part drafted: sentences a person may rewrite, and figures that stay as they are beside whatever is written."""

    text: str = ""
    blocks: tuple[Block, ...] = ()

    def kept(self, key: str) -> dict[str, Any]:
        """Plain values."""
        return {"key": key, "text": self.text, "blocks": [_plain(one) for one in self.blocks]}


def digest_of(part: dict[str, Any]) -> str:
    """Names what a part drafted says: its text and its figures."""
    return canonical.digest(part)


def blocks(kept: Iterable[dict[str, Any]]) -> tuple[Block, ...]:
    """Blocks again, from what ``Part.kept`` gave."""
    return tuple(
        _BLOCKS[one["kind"]](**{name: _tuples(value) for name, value in one.items() if name != "kind"}) for one in kept
    )


def _plain(block: Block) -> dict[str, Any]:
    told: dict[str, Any] = canonical.plain(block)
    return {"kind": type(block).__name__.lower(), **told}


def _tuples(value: Any) -> Any:
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value
