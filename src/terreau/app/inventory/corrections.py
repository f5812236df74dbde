"""Corrections sent from the "what was understood" page, merged into the choices of the source.

A person names what a column holds with the words of the page; what is remembered is the heading and the field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from terreau.app.inventory.models import Draft
from terreau.inventory.choices import DATE_ORDERS
from terreau.inventory.device import DEVICE, FIELD_OF_COLUMN
from terreau.inventory.headers import understand
from terreau.kernel.errors import TerreauError
from terreau.kernel.text import normal

IGNORED = "ignore"
PERSON = "user"
AS_READ = ""
PERSON_WORDS = {"fr": "une personne (à écarter)", "en": "a person (to be dropped)"}
IGNORED_WORDS = {"fr": "ne pas lire", "en": "do not read"}


def field_words(language: str) -> dict[str, str]:
    """What a person may say a column holds, and the field it means."""
    words = {one.label(language): FIELD_OF_COLUMN[one.name] for one in DEVICE}
    return {**words, PERSON_WORDS[language]: PERSON, IGNORED_WORDS[language]: IGNORED}


def word_of(field: str, language: str) -> str:
    """The words of a field; a field without words keeps its key."""
    return next((words for words, known in field_words(language).items() if known == field), field)


def read(sent: Mapping[str, str], draft: Draft) -> dict[str, Any]:
    """The choices of the draft with the corrections of the form; "forget" starts over."""
    if sent.get("forget"):
        return {}
    sheet = _sheet(draft, sent.get("sheet", ""))
    if sheet is None:
        return dict(draft.choices)
    keys = tuple(column["key"] for column in sheet["columns"])
    fields = dict(draft.choices.get("fields", {}))
    orders = dict(draft.choices.get("date_orders", {}))
    for index, key in enumerate(keys):
        field = _field(sent.get(f"c{index}", ""), sheet["columns"][index]["header"])
        if field:
            fields[key] = field
        order = sent.get(f"d{index}")
        if order in DATE_ORDERS:
            orders[key] = order
        elif order == AS_READ:
            orders.pop(key, None)
    _one_column(sent, sheet["columns"], fields)
    filled = dict(draft.choices.get("fill_down", {}))
    filled |= {key: sent.get(f"f{index}") == "1" for index, key in enumerate(keys) if f"g{index}" in sent}
    return {**draft.choices, "fields": fields, "date_orders": orders, "fill_down": filled}


def _one_column(sent: Mapping[str, str], columns: Sequence[Mapping[str, Any]], fields: dict[str, str]) -> None:
    """The free correction: column number N (counted from 1) holds in fact that field."""
    number = sent.get("column", "")
    column = next((one for index, one in enumerate(columns, start=1) if number == str(index)), None)
    field = _field(sent.get("becomes", ""), column["header"] if column else number)
    if column and field:
        fields[column["key"]] = field


def _field(text: str, header: str) -> str:
    """The field a person named: our words for it in either language, or any heading known to mean it; '' for a blank.

    Raises app.field_unknown when the words name none: a correction is never dropped in silence.
    """
    wanted = normal(text)
    if not wanted:
        return ""
    both = {**field_words("en"), **field_words("fr")}
    named = next((field for words, field in both.items() if wanted in (normal(words), field)), "")
    meant = named or understand([text]).fields.get(0, "")
    if meant not in both.values():
        raise TerreauError("app.field_unknown", text=text[:80], header=header)
    return meant


def _sheet(draft: Draft, name: str) -> dict[str, Any] | None:
    sheets: list[dict[str, Any]] = draft.understood.get("sheets", [])
    return next((one for one in sheets if one["name"] == name), None)
