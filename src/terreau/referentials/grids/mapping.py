"""How a received grid is to be read (correspondance): what a person looks at, corrects and accepts. Plain values."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Held
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from terreau.kernel.errors import TerreauError
from terreau.referentials.grids.book import MOST_LINES, Book
from terreau.referentials.grids.vocabulary import NA, ROLES, UNDECIDED, UNTESTED

BANNER, COLUMN, SHEET, NONE = "banner", "column", "sheet", "none"
THEMES = (BANNER, COLUMN, SHEET, NONE)
LAYOUT = "terreau-grid-mapping-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMapping:
    """One sheet: ``first`` line of the grid under its headings (from 0), role -> column (from 0), headings as read."""

    sheet: str
    first: int
    columns: dict[str, int] = field(hash=False)
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GridLevel:
    """A level of the grid, and the points it asks for as text ("300"), '' when it asks for none."""

    title: str
    points: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """The whole reading. ``themes``: where the themes are (banner lines, a column, one a sheet, none).

    depth: how many steps the number of a criterion counts, 0 when numbers do not tell
    words: each word the verdict cells allow -> share "0" to "1", "na", "untested", "" while undecided; empty when cells are free
    """

    title: str
    version: str
    authority: str = ""
    concerns: str = "organisation"
    themes: str = BANNER
    depth: int = 0
    sheets: tuple[SheetMapping, ...]
    words: dict[str, str] = field(default_factory=dict, hash=False)
    levels: tuple[GridLevel, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON values; the words as pairs, for their order is theirs and a database may not keep that of keys."""
        return {"layout": LAYOUT} | asdict(self) | {"words": [list(pair) for pair in self.words.items()]}

    def has(self, role: str) -> bool:
        """True when a sheet gives this role a column."""
        return any(role in sheet.columns for sheet in self.sheets)


def mapping_from_json(value: Held[str, Any]) -> Mapping:
    """What ``Mapping.as_json`` gave; TerreauError referentials.grid_mapping otherwise."""
    try:
        told = {name: kept for name, kept in value.items() if name != "layout"}
        sheets = tuple(SheetMapping(**{**one, "headings": tuple(one["headings"])}) for one in told["sheets"])
        levels = tuple(GridLevel(**one) for one in told["levels"])
        return Mapping(**{**told, "words": dict(told.get("words", ())), "sheets": sheets, "levels": levels})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TerreauError("referentials.grid_mapping", reason=type(error).__name__) from error


def checked(mapping: Mapping, book: Book) -> Mapping:
    """The mapping when it fits the book: sheets and columns that exist, one role a column, a question somewhere."""
    faults = list(_faults(mapping, book))
    if faults:
        raise TerreauError("referentials.grid_mapping", reason="; ".join(faults[:6]))
    kept = tuple(sheet for sheet in mapping.sheets if "question" in sheet.columns)
    return replace(mapping, sheets=kept)


def _faults(mapping: Mapping, book: Book) -> Iterator[str]:
    if not mapping.title.strip() or not mapping.version.strip():
        yield "title, version"
    if (
        mapping.themes not in THEMES
        or not 0 <= mapping.depth <= 6
        or mapping.concerns not in ("organisation", "service")
    ):
        yield "themes, depth, concerns"
    if not any("question" in sheet.columns for sheet in mapping.sheets):
        yield "question"
    held = {sheet.name: sheet for sheet in book.sheets if not sheet.hollow}
    for sheet in mapping.sheets:
        if sheet.sheet not in held or not 0 <= sheet.first <= MOST_LINES:
            yield sheet.sheet
            continue
        width = held[sheet.sheet].width + 40  # answer columns may stand, empty, beyond the last text
        if any(role not in ROLES or not 0 <= column < width for role, column in sheet.columns.items()):
            yield f"{sheet.sheet}: {sheet.columns}"
        if len(set(sheet.columns.values())) < len(sheet.columns):
            yield f"{sheet.sheet}: two roles, one column"
    for word, share in mapping.words.items():
        if share not in (NA, UNTESTED, UNDECIDED) and not _is_share(share):
            yield f"{word}: {share}"


def _is_share(share: str) -> bool:
    from fractions import Fraction

    try:
        return len(share) <= 20 and "e" not in share.lower() and 0 <= Fraction(share) <= 1
    except (ValueError, ZeroDivisionError):
        return False
