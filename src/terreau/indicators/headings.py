"""The columns of the files one fills (colonnes): what each holds, the headings it goes by, and the file to fill in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from terreau.kernel.errors import TerreauError
from terreau.kernel.text import normal
from terreau.tables.export import neutral
from terreau.tables.schema import Column

FORMATS = ("csv", "xlsx")
_DETAIL = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$|\s*[:*?]+$")


@dataclass(frozen=True, slots=True)
class Known:
    """A column and the other headings people give it, in either language."""

    column: Column
    others: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading it goes by, normalised."""
        return tuple(normal(one) for one in (self.column.fr, self.column.en, *self.others))


@dataclass(frozen=True, slots=True)
class Understood:
    """The columns of one sheet: position -> field, the headings nobody knows, and the columns that are days or periods."""

    fields: dict[int, str]
    unknown: tuple[str, ...]
    periods: dict[int, str]

    def lacks(self, names: Iterable[str]) -> tuple[str, ...]:
        """The fields of ``names`` that no column holds."""
        return tuple(name for name in names if name not in self.fields.values())


class Headings:
    """The headings of one kind of file; ``ignored`` ones are passed over in silence."""

    def __init__(self, known: Sequence[Known], ignored: Sequence[str] = ()) -> None:
        self.known = tuple(known)
        self._ignored = frozenset(map(normal, ignored))
        self._fields: dict[str, str] = {}
        for one in known:
            for heading in one.headings:
                self._fields.setdefault(heading, one.column.name)

    def field(self, heading: str) -> str | None:
        """What a heading says, without its detail ("Valeur (%)"); None when nobody knows it."""
        whole = normal(heading)
        return self._fields.get(whole) or self._fields.get(_DETAIL.sub("", whole).strip())

    def knows(self, heading: str) -> bool:
        """True for a heading we understand."""
        return len(heading) < 200 and self.field(heading) is not None

    def understand(
        self, headers: Sequence[str], is_period: Callable[[str], bool] = lambda heading: False
    ) -> Understood:
        """The columns of one sheet; the first of two that say the same thing is read, the other one told.

        is_period: says that a heading nobody knows is a day or a period; each such column is then one value of its line
        """
        fields: dict[int, str] = {}
        unknown = []
        for place, heading in enumerate(headers):
            field = self.field(heading) if heading.strip() else ""
            if field and field not in fields.values():
                fields[place] = field
            elif field != "" and normal(heading) not in self._ignored:
                unknown.append(heading)
        apart = {"date", "value"} & set(fields.values())
        found = (
            {}
            if apart
            else {place: heading for place, heading in enumerate(headers) if heading in unknown and is_period(heading)}
        )
        return Understood(fields, tuple(heading for heading in unknown if heading not in found.values()), found)

    def label(self, name: str) -> Column:
        """The column of this name."""
        return next(one.column for one in self.known if one.column.name == name)


def to_fill(columns: Sequence[Column], format: str, *, title: str, language: str = "fr",
            rows: Sequence[Mapping[str, object]] = ()) -> bytes:  # fmt: skip
    """The file to fill in, as bytes: ``format`` "csv" or "xlsx", headings in ``language``, ``rows`` already filled.

    TerreauError indicators.template_format.
    """
    if format not in FORMATS:
        raise TerreauError("indicators.template_format", format=format, formats=", ".join(FORMATS))
    spoken = "en" if language == "en" else "fr"
    cells = [[_cell(row.get(column.name)) for column in columns] for row in rows]
    return _xlsx(columns, title, spoken, cells) if format == "xlsx" else _csv(columns, spoken, cells)


def _cell(value: object) -> str:
    return "" if value is None else neutral(str(value))


def _csv(columns: Sequence[Column], language: str, cells: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with its mark, so that a spreadsheet program opens it with its accents."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    writer.writerow([column.label(language) for column in columns])
    writer.writerows(cells)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _xlsx(columns: Sequence[Column], title: str, language: str, cells: Sequence[Sequence[str]]) -> bytes:
    """Headings in bold and frozen, with their help and an example as notes."""
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    sheet.append([column.label(language) for column in columns])
    for row in cells:
        sheet.append([cell or None for cell in row])
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        heading = sheet.cell(row=1, column=place)
        heading.font = Font(bold=True)
        heading.comment = Comment(_help(column, language), "Terreau", width=320, height=110)
        sheet.column_dimensions[get_column_letter(place)].width = max(14, len(column.label(language)) + 2)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _help(column: Column, language: str) -> str:
    text = column.help_en if language == "en" else column.help_fr
    example = f"{'Example:' if language == 'en' else 'Exemple :'} {column.example}" if column.example else ""
    return "\n".join(filter(None, (text, example)))
