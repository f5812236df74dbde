"""Where one device comes from (lignée): the rows of each file that speak of it, what each says, what is kept."""

from __future__ import annotations

import json
import zipfile
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext

from terreau.app.inventory import kinds, reconciled
from terreau.publishing import numbers
from terreau.tables.engine import literal

if TYPE_CHECKING:
    from terreau.inventory.reconciliation.seen import Seen
    from terreau.tables.engine import Engine

MOST_ROWS = 5
FIELDS = (
    "name", "source_id", "serial", "imei", "manufacturer", "model", "category", "status", "ownership", "bought_on",
    "condition_at_purchase", "in_service_on", "retired_on", "last_seen_on", "entity", "site", "country", "quantity",
)  # fmt: skip
SAME_ANYWAY = ("name", "source_id", "last_seen_on")  # two tools never say these alike: no disagreement
ROWS, DEVICES = "rows.zip", "devices.zip"
A_BLOCK = 500  # rows compressed together: read whole to find one device among them [count]


def keep(con: Engine, seen: Seen, folder: Path, *, guests: bool) -> None:
    """Leave in ``folder`` every device and every row it comes from, by rising device: one of them is found without an engine.

    guests: there are virtual machines, each left with its one row; without any, no line is looked at for them
    """
    said = ", ".join(FIELDS)
    where = f"device, place, source, file, sheet, line, {said}, row_id"
    rows, devices = f"SELECT {where} FROM {seen.rows}", f"SELECT device, fate, {said} FROM {seen.devices}"
    if guests:
        rows += f" UNION ALL SELECT {where} FROM {seen.guests}"
        devices += f" UNION ALL SELECT device, 'virtual', {said} FROM {seen.guests}"
    rows = f"SELECT * EXCLUDE (row_id) FROM ({rows}) ORDER BY device, place, row_id"
    for sql, name in ((rows, ROWS), (f"{devices} ORDER BY device", DEVICES)):
        plain = folder / f".{name}.jsonl"
        con.execute(f"COPY ({sql}) TO {literal(str(plain))} (FORMAT json)")
        _pack(plain, folder / name)
        plain.unlink()


def of(folder: Path, device: int) -> dict[str, Any] | None:
    """What the page of one device prints, from what ``keep`` left; None when no device of the fleet bears that number."""
    kept = _rows(folder / DEVICES, device)
    told = _rows(folder / ROWS, device)
    return page(kept[0], told) if kept else None


def page(kept: Mapping[str, Any], told: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The chosen row and every row it was chosen from, as printed; a personal device keeps its name for itself."""
    lang = kinds.language()
    shown = told[:MOST_ROWS]
    hidden = ("name",) if any(row["ownership"] == "personal" for row in told) else ()
    fields = [_field(name, kept, shown, lang) for name in FIELDS if name not in hidden]
    left = len(told) - len(shown)
    label = next((kept[name] for name in ("name", "source_id", "serial") if kept[name] and name not in hidden), "")
    return {
        "label": label or gettext("sans numéro"),
        "lead": _lead(kept, told, lang),
        "rows": [{"source": row["source"], "where": _where(row)} for row in shown],
        "fields": [one for one in fields if one],
        "more": ngettext("Et %(n)d autre ligne.", "Et %(n)d autres lignes.", left) % {"n": left} if left > 0 else "",
    }


def _field(name: str, kept: Mapping[str, Any], told: Sequence[Mapping[str, Any]], lang: str) -> dict[str, Any] | None:
    said = [_text(name, row[name], lang) for row in told]
    if not any(text != "–" for text in said):
        return None
    different = {text.casefold() for text in said if text != "–"}
    return {
        "label": reconciled.field_label(name, lang), "said": said, "chosen": _text(name, kept[name], lang),
        "differs": len(different) > 1 and name not in SAME_ANYWAY,
    }  # fmt: skip


def _text(name: str, value: Any, lang: str) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, int | float):
        return numbers.count(float(value), lang)
    return reconciled.value_text(name, str(value), lang)


def _lead(kept: Mapping[str, Any], told: Sequence[Mapping[str, Any]], lang: str) -> str:
    if kept["fate"] == "virtual":
        return gettext("Machine virtuelle : sa ligne est gardée, et ne compte pour aucun appareil.")
    words = {"counted": gettext("compté"), **{fate: said.lower() for fate, said in reconciled.fates().items()}}
    lines = ngettext("%(n)d ligne parle", "%(n)d lignes parlent", len(told)) % {"n": len(told)}
    facts = {"what": kinds.label(kept["category"] or ""), "lines": lines, "fate": words.get(kept["fate"], kept["fate"])}
    return gettext("%(what)s. %(lines)s de cet appareil ; le parc le retient une fois, comme « %(fate)s ».") % facts


def _where(row: Mapping[str, Any]) -> str:
    file = f"{row['file']} › {row['sheet']}" if row["sheet"] else row["file"]
    return gettext("%(file)s, ligne %(line)s") % {"file": file, "line": row["line"]}


def _pack(plain: Path, packed: Path) -> None:
    """Rows in blocks, each named by its first device; those of one device stay together."""
    with plain.open("rb") as lines, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as blocks:
        block: list[bytes] = []
        for _, same in groupby(lines, key=lambda line: line.partition(b",")[0]):
            block += same
            if len(block) >= A_BLOCK:
                blocks.writestr(_first(block), b"".join(block))
                block = []
        if block:
            blocks.writestr(_first(block), b"".join(block))


def _first(block: Sequence[bytes]) -> str:
    return f"{json.loads(block[0])['device']:020d}"


def _rows(path: Path, device: int) -> list[dict[str, Any]]:
    """The rows of one device: its block is the last that does not start after it."""
    with zipfile.ZipFile(path) as blocks:
        names = blocks.namelist()
        place = bisect_right(names, f"{device:020d}")
        rows = (json.loads(line) for line in blocks.read(names[place - 1]).splitlines()) if place else ()
        return [row for row in rows if row["device"] == device]
