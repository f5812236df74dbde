"""Where one device comes from (lignée): the rows of each file that speak of it, what each says, what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext

from terreau.app.inventory import kinds, reconciled
from terreau.publishing import numbers
from terreau.tables.engine import engine, literal

if TYPE_CHECKING:
    from terreau.inventory.reconciliation.seen import Seen
    from terreau.tables.engine import Engine

MOST_ROWS = 5
FIELDS = (
    "name", "source_id", "serial", "imei", "manufacturer", "model", "category", "status", "ownership", "bought_on",
    "in_service_on", "retired_on", "last_seen_on", "entity", "site", "country", "quantity",
)  # fmt: skip
SAME_ANYWAY = ("name", "source_id", "last_seen_on")  # two tools never say these alike: no disagreement
ROWS, DEVICES = "rows.parquet", "devices.parquet"


def keep(con: Engine, seen: Seen, folder: Path) -> None:
    """Leave in ``folder`` every device and every row it comes from, so that one of them is read at once."""
    said = ", ".join(FIELDS)
    rows = f"SELECT device, place, source, file, sheet, line, {said} FROM {seen.rows} ORDER BY device, place, row_id"
    devices = f"SELECT device, fate, {said} FROM {seen.devices} ORDER BY device"
    for sql, name in ((rows, ROWS), (devices, DEVICES)):
        con.execute(f"COPY ({sql}) TO {literal(str(folder / name))} (FORMAT parquet, ROW_GROUP_SIZE 20000)")


def of(folder: Path, device: int) -> dict[str, Any] | None:
    """What the page of one device prints, from what ``keep`` left; None when no device of the fleet bears that number."""
    with engine() as con:
        kept = _rows(con, folder / DEVICES, device, "device")
        told = _rows(con, folder / ROWS, device, "place")
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
    if isinstance(value, Decimal):
        return numbers.count(float(value), lang)
    return reconciled.value_text(name, value.isoformat() if isinstance(value, date) else str(value), lang)


def _lead(kept: Mapping[str, Any], told: Sequence[Mapping[str, Any]], lang: str) -> str:
    words = {"counted": gettext("compté"), **{fate: said.lower() for fate, said in reconciled.fates().items()}}
    lines = ngettext("%(n)d ligne parle", "%(n)d lignes parlent", len(told)) % {"n": len(told)}
    facts = {"what": kinds.label(kept["category"] or ""), "lines": lines, "fate": words.get(kept["fate"], kept["fate"])}
    return gettext("%(what)s. %(lines)s de cet appareil ; le parc le retient une fois, comme « %(fate)s ».") % facts


def _where(row: Mapping[str, Any]) -> str:
    file = f"{row['file']} › {row['sheet']}" if row["sheet"] else row["file"]
    return gettext("%(file)s, ligne %(line)s") % {"file": file, "line": row["line"]}


def _rows(con: Engine, path: Path, device: int, order: str) -> list[dict[str, Any]]:
    found = con.execute(
        f"SELECT * FROM read_parquet({literal(str(path))}) WHERE device = $1 ORDER BY {order}", [device]
    )
    names = [one[0] for one in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
