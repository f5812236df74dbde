"""Where sources disagree about one device (désaccords): "GLPI says T14, Intune says 20W0".

Each sheet speaks through the row it would be believed for. Two values are the same when their normal forms are, *lesser*
when they are two ways of writing one thing, else they disagree. What a source does not say is no disagreement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from terreau.inventory.classify import classify_one
from terreau.inventory.device import GONE, SHELVED
from terreau.inventory.duplicates import BY
from terreau.inventory.keys import fresh
from terreau.inventory.lookup import lookup
from terreau.inventory.reconciliation.kin import KIN
from terreau.inventory.reconciliation.sources import MANAGER
from terreau.kernel.text import normal
from terreau.tables.engine import literal

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

SAME, LESSER, OTHER = 0, 1, 2

_CLOSE_DAYS = 31
"""Two days of purchase this close are the order and the delivery of one purchase [day]."""

_SPACED = "CASE WHEN regexp_matches({0}, '[\\t\\n\\f\\r]|  ') THEN regexp_replace({0}, '\\s+', ' ', 'g') ELSE {0} END"
"""Few cells have spaces to bring to one: looking costs a fifth of replacing."""
_FOLDED = f"nullif(trim(strip_accents(lower({_SPACED}))), '')"
_ELSEWHERE = ", ".join(map(literal, (*GONE, *SHELVED)))
_DATED = f"CASE WHEN family <> {literal(MANAGER)} THEN {{0}} END"

FIELDS: dict[str, tuple[str, str, str]] = {
    "manufacturer": ("nullif(maker, '')", "manufacturer", "FALSE"),
    "model": (_FOLDED.format("model"), "model", "m.lesser"),
    "category": ("category", "category", "kin.one IS NOT NULL"),
    "status": ("status", "status", "stands"),
    "quantity": ("quantity", "quantity::DOUBLE::VARCHAR", "FALSE"),
    "entity": (_FOLDED.format("entity"), "entity", "ends"),
    "site": (_FOLDED.format("site"), "site", "ends"),
    "country": ("country", "country", "FALSE"),
    "ownership": ("ownership", "ownership", "FALSE"),
    "condition_at_purchase": ("condition_at_purchase", "condition_at_purchase", "FALSE"),
    "bought_on": (_DATED.format("bought_on"), "bought_on::VARCHAR", "close"),
    "in_service_on": (_DATED.format("in_service_on"), "in_service_on::VARCHAR", "close"),
    "retired_on": ("retired_on", "retired_on::VARCHAR", "close"),
}  # fmt: skip
"""Field -> SQL of what is compared, of what is shown, and when a difference is lesser (words of ``_lesser``)."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two tables: what each sheet says of each device (``voices``), and every two of them compared (``pairs``).

    voices: label, device, input, source, c_<field> (compared), s_<field> (shown), …
    pairs: label, device, one, other (inputs), found_by, and per field SAME, LESSER or OTHER
    """

    voices: str
    pairs: str


def compare(con: Engine, rows: str) -> Compared:
    """Compare what the sheets say of each device; rows: table of ``choosing.rank_rows``."""
    voices, pairs = fresh("voices"), fresh("voice_pairs")
    told = ", ".join(f"{said} AS c_{field}, {shown} AS s_{field}" for field, (said, shown, _) in FIELDS.items())
    con.execute(f"""CREATE TEMP TABLE {voices} AS
        SELECT label, device, row_id, place, input, file, sheet, line, source, kind, family, serial_token, imei_token,
               decided, date_precision, last_seen_on, {told} FROM {rows} WHERE voice""")
    states = ", ".join(f"{_state(field)} AS {field}" for field in FIELDS)
    near = _kin_table(con)
    models = _model_table(con, voices)
    con.execute(f"""CREATE TEMP TABLE {pairs} AS
        SELECT k.label, k.device, k.input AS one, r.input AS other, {BY} AS found_by, {states}
        FROM {voices} k JOIN {voices} r ON r.label = k.label AND k.input < r.input
        LEFT JOIN {near} kin ON kin.one = k.c_category AND kin.other = r.c_category
        LEFT JOIN {models} m ON m.one = k.s_model AND m.other = r.s_model""")
    return Compared(voices, pairs)


def disagrees() -> str:
    """SQL: two sheets of ``pairs`` disagree in one field at least."""
    return f"greatest({', '.join(FIELDS)}) = {OTHER}"


def _state(field: str) -> str:
    one, other = f"k.c_{field}", f"r.c_{field}"
    return f"""CASE WHEN {one} IS NULL OR {other} IS NULL OR {one} = {other} THEN {SAME}
        WHEN {_lesser(field)} THEN {LESSER} ELSE {OTHER} END::TINYINT"""


def _lesser(field: str) -> str:
    how, one, other = FIELDS[field][2], f"k.c_{field}", f"r.c_{field}"
    if how == "ends":  # "Siège > 3e étage" and "3e étage"; a tree written from its top or from its leaf
        return f"(ends_with({one}, '> ' || {other}) OR ends_with({other}, '> ' || {one}))"
    if how == "close":
        vague = "(k.date_precision <> 'day' OR r.date_precision <> 'day')"
        return f"(abs({one} - {other}) <= {_CLOSE_DAYS} OR ({vague} AND year({one}) = year({other})))"
    if how == "stands":  # under repair and in use are two words for a device that is there
        return f"({one} NOT IN ({_ELSEWHERE}) AND {other} NOT IN ({_ELSEWHERE}))"
    return f"coalesce({how}, FALSE)"


def _kin_table(con: Engine) -> str:
    near = sorted({(one, other) for family in KIN for one in family for other in family if one != other})
    return lookup(con, fresh("kin"), {"one": ("VARCHAR", [one for one, _ in near]),
                                      "other": ("VARCHAR", [other for _, other in near])})  # fmt: skip


def _model_table(con: Engine, voices: str) -> str:
    """Table (one, other, lesser) of the models that stand for one device, two by two, when they differ."""
    found: Sequence[tuple[str, str, str | None, str | None]] = con.execute(f"""
        SELECT k.s_model, r.s_model, min(k.s_manufacturer), min(r.s_manufacturer)
        FROM {voices} k JOIN {voices} r ON r.label = k.label AND k.input < r.input
        WHERE k.c_model <> r.c_model GROUP BY 1, 2 ORDER BY 1, 2""").fetchall()
    return lookup(con, fresh("models"), {
        "one": ("VARCHAR", [one for one, *_ in found]), "other": ("VARCHAR", [other for _, other, *_ in found]),
        "lesser": ("BOOLEAN", [aliases(one_maker or "", one, other_maker or "", other)
                               for one, other, one_maker, other_maker in found]),
    })  # fmt: skip


def aliases(maker: str, model: str, other_maker: str, other_model: str) -> bool:
    """True when one model says the other with more words, or is the code its maker gives it (20W0005NFR, a T14 Gen 2).

    A code whose line is all the vocabulary knows (SM-A536B, a Galaxy A) goes with every model of that line.
    """
    one, other = _read(maker, model), _read(other_maker, other_model)
    if not one.words or not other.words:
        return False
    begins = (one.code and other.bare.startswith(one.line)) or (other.code and one.bare.startswith(other.line))
    return begins or one.words <= other.words or other.words <= one.words


@dataclass(frozen=True, slots=True)
class _Model:
    """words: of the model without its maker, or of its line for a code ; bare, line: without any space."""

    words: frozenset[str]
    bare: str
    line: str
    code: bool


@cache
def _read(maker: str, model: str) -> _Model:
    known = classify_one(maker or None, model)
    own = frozenset(normal(f"{maker} {known.maker}").split())
    bare = [word for word in normal(model).split() if word not in own]
    line = (
        [word for word in normal(known.line.split("(")[0]).split() if word not in own] if "/" not in known.line else []
    )
    code = bool(line) and not any(word in line for word in bare)
    words = frozenset(line if code else bare) - frozenset({"pc", "notebook", "laptop", "desktop"})
    return _Model(words, "".join(bare), "".join(line), code)
