"""What a sheet was understood to be (compréhension): its export, its columns, and what a person corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from terreau.inventory import headers
from terreau.inventory.choices import Choices, heading_keys
from terreau.inventory.connectors import connector_for, connectors
from terreau.inventory.device import COLUMN_OF_FIELD, PERSONAL_FIELDS
from terreau.inventory.lookup import distinct
from terreau.inventory.rooms import IN_A_ROOM
from terreau.tables.findings import Finding
from terreau.tables.reading import RawSheet

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

IGNORE = "ignore"
_SAYS_A_DEVICE = frozenset({"category", "model", "serial", "imei", "manufacturer", "screen_size"})
"""A sheet that has a PUE and none of these describes machine rooms, whatever tool wrote it."""
MOST_UNKNOWN = 15
"""Above this the unknown columns are told in one remark [count]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMeaning:
    """The meaning of one sheet.

    fields: column index -> field of the vocabulary, the preferred column first when several feed one field
    personal: columns about people, dropped ; left_aside: columns known and not used, or left aside by a person
    unknown: column index -> nearest known heading, or None
    connector: key of the connector that cleans the cells ; kind: computers, monitors, phones, datacentre… or ''
    type_word: what lines without a type are, '' if unknown ; type_words: type word -> what it means on this sheet
    date_order: what the export promises where its dates prove nothing ; declined: why it is not counted, '' if it is
    """

    profile: str
    language: str
    fields: dict[int, str]
    personal: tuple[int, ...]
    left_aside: tuple[int, ...]
    unknown: dict[int, str | None]
    connector: str = "spreadsheet"
    kind: str = ""
    type_word: str = ""
    type_words: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    date_order: str = ""
    declined: str = ""

    @property
    def shown_profile(self) -> str:
        """The export recognised by its headings, else "spreadsheet"."""
        return "spreadsheet" if self.profile == headers.ANY else self.profile

    def of(self, column: str) -> tuple[int, ...]:
        """Indexes of the columns that feed ``column`` of the device, the preferred one first."""
        return tuple(index for index, said in self.fields.items() if COLUMN_OF_FIELD[said] == column)

    def mapping(self, raw: RawSheet) -> dict[str, str]:
        """Heading -> field, "ignore" for what is left aside, "personal" for what is dropped, "unknown" for the rest."""
        keys = heading_keys(raw.headers)
        told = {}
        for index, key in enumerate(keys):
            if index in self.personal:
                told[_shown(raw, index, key)] = "personal"
            elif index in self.fields:
                told[_shown(raw, index, key)] = self.fields[index]
            elif index in self.unknown:
                told[_shown(raw, index, key)] = "unknown"
            elif key:
                told[_shown(raw, index, key)] = IGNORE
        return told


def understand_sheet(raw: RawSheet, choices: Choices) -> SheetMeaning:
    """Understand the headings of ``raw``, then apply what a person chose."""
    read = headers.understand(raw.headers)
    keys = heading_keys(raw.headers)
    said = dict(read.fields)
    for index, key in enumerate(keys):
        if key in choices.fields:
            said.pop(index, None)
            if choices.fields[key] != IGNORE:
                said[index] = choices.fields[key]
    chosen = {index for index, key in enumerate(keys) if key in choices.fields}
    ordered = {index: said[index] for index in sorted(said, key=lambda one: one not in chosen)}
    personal = tuple(sorted(index for index, field in ordered.items() if field in PERSONAL_FIELDS))
    fields = {index: field for index, field in ordered.items() if field in COLUMN_OF_FIELD}
    unknown = {index: proposal for index, (_, proposal) in read.unknown.items() if index not in chosen}
    left = tuple(index for index, key in enumerate(keys)
                 if key and index not in fields and index not in personal and index not in unknown)  # fmt: skip
    connector = connector_for(read, raw.headers)
    declined = connector.declines(read, raw.headers) if hasattr(connector, "declines") else ""
    if declined:
        told = (Finding(line=0, column="", code=declined, facts={"name": raw.name}),)
        return SheetMeaning(profile=read.profile, language=read.language, connector=connector.KEY, fields={},
                            personal=(), left_aside=left, unknown={}, findings=told, declined=declined)  # fmt: skip
    return SheetMeaning(
        profile=read.profile, language=read.language, connector=connector.KEY, fields=fields,
        personal=personal, left_aside=left, unknown=unknown, findings=_findings(raw, fields, unknown, personal),
        date_order=getattr(connector, "DATE_ORDER", ""),
    )  # fmt: skip


def complete(con: Engine, raw: RawSheet, meaning: SheetMeaning, choices: Choices) -> SheetMeaning:
    """The meaning with what the sheet holds as a whole: "Portable" in a list of phones is a mobile phone."""
    connector = connectors()[meaning.connector]
    columns = [index for index, said in meaning.fields.items() if said == "category"]
    words = distinct(con, clean(raw, meaning, columns[:1]), f"c{columns[0]}") if columns else []
    fields = set(meaning.fields.values())
    of_rooms = "pue" in fields and not fields & _SAYS_A_DEVICE
    kind = IN_A_ROOM if of_rooms else connector.kind(raw.name, raw.headers, words)
    said = {word: connector.type_word(kind, word) for word in words}
    return replace(
        meaning,
        kind=kind,
        type_word=choices.type_word or connector.type_word(kind, None) or "",
        type_words={word: told for word, told in said.items() if told and told != word},
    )


def clean(raw: RawSheet, meaning: SheetMeaning, only: Sequence[int] | None = None) -> str:
    """SQL: the data lines with only the columns in use (or ``only`` these), each cell undone of what the tool put around it."""
    connector = connectors()[meaning.connector]
    trims = connector.cell("c0") == "nullif(trim(c0), '')"  # nothing else: idle where no cell has a space to lose
    cells = "".join(
        f", c{index}" if trims and index not in raw.edged else f", {connector.cell(f'c{index}')} AS c{index}"
        for index in (sorted(meaning.fields) if only is None else only)
    )
    return f"(SELECT line{cells} FROM {raw.relation})"


def _findings(raw: RawSheet, fields: dict[int, str], unknown: dict[int, str | None],
              personal: tuple[int, ...]) -> tuple[Finding, ...]:  # fmt: skip
    if not fields:
        facts = {"name": raw.name, "headers": ", ".join(header for header in raw.headers[:8] if header)}
        return (Finding(line=0, column="", code="inventory.sheet_without_known_column", facts=facts),)
    if len(unknown) > MOST_UNKNOWN:
        names = ", ".join(raw.headers[index] for index in sorted(unknown)[:5])
        many = Finding(
            line=0, column="", code="inventory.columns_unknown", facts={"count": len(unknown), "names": names}
        )
        return (many, *_findings(raw, fields, {}, personal))
    told = [
        Finding(line=0, column=raw.headers[index],
                code="inventory.column_close" if proposal else "inventory.column_unknown",
                facts={"column": raw.headers[index], "proposal": proposal or ""})
        for index, proposal in sorted(unknown.items())
    ]  # fmt: skip
    if personal:
        names = ", ".join(raw.headers[index] for index in personal)
        told.append(Finding(line=0, column=names, code="inventory.personal_dropped", facts={"columns": names}))
    return tuple(told)


def _shown(raw: RawSheet, index: int, key: str) -> str:
    """The heading as written, with its rank when another column bears it."""
    _, mark, rank = key.rpartition("#")
    return f"{raw.headers[index]}#{rank}" if mark and rank.isdigit() else raw.headers[index]
