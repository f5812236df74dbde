"""The item types and the matching models of the NumEcoEval world (référentiels typeItem et correspondance).

Two files of G4IT or NumEcoEval, unchanged, beside their item-impact file: what a type is by default, and which item a
model is. They carry no impact; only the compatible rule set asks them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from terreau.factors.delimited import headers_and_lines
from terreau.factors.rows import number
from terreau.kernel.errors import TerreauError
from terreau.kernel.text import normal

NAMES = {
    "type": ("type", "typeequipement"),
    "default_lifespan": ("defaultlifespan", "dureeviedefaut"),
    "is_server": ("isserver", "serveur"),
    "ref_default_item": ("refdefaultitem", "refequipementpardefaut"),
    "item_source": ("itemsource", "modeleequipementsource"),
    "ref_item_target": ("refitemtarget", "refequipementcible"),
    "subscriber": ("subscriber", "organization", "nomorganisation"),
}
"""Our name of each column, and how G4IT then NumEcoEval write it (case, « _ » and spaces do not count)."""
TYPES = ("type", "ref_default_item")
MATCHING = ("item_source", "ref_item_target")
YES = ("true", "1", "yes", "oui", "vrai", "t")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemType:
    """What the reference says of a type: default lifespan [year] or None, server or not, its default item or ''."""

    lifespan: float | None
    server: bool
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """types: by normal name; models: item of each model, by the very text of the model."""

    types: Mapping[str, ItemType] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.types or self.models)

    def type_of(self, word: str) -> ItemType | None:
        """The type that a line names; None when the reference does not have it."""
        return self.types.get(normal(word)) if word else None


NOTHING = References()


def together(some: Iterable[References]) -> References:
    """References of several files; the first that speaks of a type or a model decides."""
    types: dict[str, ItemType] = {}
    models: dict[str, str] = {}
    for one in some:
        types.update({key: value for key, value in one.types.items() if key not in types})
        models.update({key: value for key, value in one.models.items() if key not in models})
    return References(types=types, models=models) if types or models else NOTHING


def read_references(path: Path) -> References:
    """The references of one file of types or of matching models; nothing when its headings are others'."""
    headers, lines = headers_and_lines(path)
    columns = _columns(headers)
    if not {*TYPES} <= columns.keys() and not {*MATCHING} <= columns.keys():
        return NOTHING
    rows = [{name: cells[at].strip() for name, at in columns.items() if at < len(cells)} for _, cells in lines]
    rows.sort(key=lambda row: not row.get("subscriber"))  # an organisation's own line before everybody's
    if {*MATCHING} <= columns.keys():
        return References(models=_models(rows))
    return References(types=_types(path.name, rows))


def _columns(headers: Sequence[str]) -> dict[str, int]:
    bare = ["".join(c for c in normal(header) if c.isalnum()) for header in headers]
    return {name: bare.index(one) for name, known in NAMES.items() for one in known if one in bare}


def _models(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        if row.get("item_source") and row.get("ref_item_target"):
            found.setdefault(row["item_source"], row["ref_item_target"])
    return found


def _types(file: str, rows: Sequence[Mapping[str, str]]) -> dict[str, ItemType]:
    found: dict[str, ItemType] = {}
    for row in rows:
        years, word = row.get("default_lifespan", ""), row.get("type", "")
        lifespan = number(years) if years else None
        if years and (lifespan is None or not 0 < lifespan <= 100):
            raise TerreauError("factors.type_lifespan_unread", file=file, type=word, value=years)
        if word:
            server = normal(row.get("is_server", "")) in YES
            found.setdefault(
                normal(word), ItemType(lifespan=lifespan, server=server, item=row.get("ref_default_item", ""))
            )
    return found
