"""What each line is: one answer per distinct maker, model, type word and size, joined back to the lines.

A snapshot keeps what was read; what it *is* (category, size, virtual or not) is decided here, in the run, by the
vocabulary and by what people settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from terreau.inventory import classify
from terreau.inventory.classify import Classification
from terreau.inventory.decisions import Decisions, model_name
from terreau.inventory.keys import fresh
from terreau.inventory.lookup import lookup
from terreau.kernel.text import normal

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

Said = tuple[str | None, str | None, str | None, str | None]
"""What a line says of itself: maker, model, type word, screen size, as written."""

SAYS = {
    "manufacturer": "{l}.manufacturer",
    "model": "coalesce({l}.model, CASE WHEN {l}.type_word IS NULL THEN {l}.name END)",
    "type_word": "coalesce({l}.type_word, CASE WHEN {l}.model IS NULL THEN {l}.name END)",
    "screen_size": "{l}.screen_size",
}
"""SQL of each part. A line with neither type nor model may say what it is by its name ("HP E233")."""

_known: dict[Said, Classification] = {}
_KNOWN_AT_MOST = 100_000


def says(line: str) -> str:
    """SQL: the four parts of what the lines aliased ``line`` say."""
    return ", ".join(f"{expression.format(l=line)} AS {part}" for part, expression in SAYS.items())


def same_class(line: str, classes: str) -> str:
    """SQL: the condition joining lines to their class; an empty cell equals an empty cell."""
    return " AND ".join(
        f"{expression.format(l=line)} IS NOT DISTINCT FROM {classes}.{part}" for part, expression in SAYS.items()
    )


def classes(con: Engine, relation: str, decisions: Decisions, *, first: int = 0, asked: str = "") -> str:
    """Create the table of classes of the lines of ``relation``; returns its name.

    first: number of the first class, so that two tables can share their numbers out
    asked: SQL of what the lines say (see ``already_asked``), when that is known without asking them again

    Columns: manufacturer, model, type_word, screen_size (what is said), category, size_class, size_known,
    class_level (model, type, decision, none), is_virtual, maker, model_key, first_year and its first day launched_on
    (since: the same, else a day before all others), contradiction, hint_count, hint_text; of a bundle, also_category,
    also_size, also_known and also_count say what else each set holds; class_no, the number of the row.
    """
    question = f"SELECT DISTINCT * FROM ({asked})" if asked else f"SELECT DISTINCT {says('l')} FROM {relation} l"
    said = con.execute(question).fetchall()
    said.sort(key=lambda parts: tuple(part or "" for part in parts))
    answers = _classified(said)
    found = [_settle(parts, answers[parts], decisions) for parts in said]
    kinds = {
        "manufacturer": "VARCHAR", "model": "VARCHAR", "type_word": "VARCHAR", "screen_size": "VARCHAR",
        "category": "VARCHAR", "size_class": "VARCHAR", "size_known": "BOOLEAN", "class_level": "VARCHAR",
        "is_virtual": "BOOLEAN", "maker": "VARCHAR", "model_key": "VARCHAR", "first_year": "INTEGER", "launched_on": "DATE", "since": "DATE",
        "contradiction": "VARCHAR", "hint_count": "INTEGER", "hint_text": "VARCHAR",
        "also_category": "VARCHAR", "also_size": "VARCHAR", "also_known": "BOOLEAN", "also_count": "INTEGER",
    }  # fmt: skip
    columns = {name: (kind, [row[place] for row in found]) for place, (name, kind) in enumerate(kinds.items())}
    columns["class_no"] = ("BIGINT", list(range(first, first + len(found))))
    return lookup(con, fresh("classes"), columns)


def already_asked(tables: Sequence[str]) -> str:
    """SQL: what lines say at most, from the tables of classes of the lines they were made of; '' without any.

    A personal device loses its name on the way, which stands for maker and model in lines that say neither.
    """
    parts = ", ".join(SAYS)
    nameless = "manufacturer, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), screen_size"
    return " UNION ALL ".join(
        f"SELECT {parts} FROM {one} UNION ALL SELECT {nameless} FROM {one} WHERE model = type_word" for one in tables
    )


def _classified(said: Sequence[Said]) -> dict[Said, Classification]:
    """The vocabulary's answers, remembered in this process: the patterns cost about a millisecond per model."""
    unknown = [parts for parts in said if parts not in _known]
    if unknown:
        if len(_known) + len(unknown) > _KNOWN_AT_MOST:
            _known.clear()
            unknown = list(said)
        _known.update(classify.classify(unknown))
    return _known


def _settle(said: Said, answer: Classification, decisions: Decisions) -> tuple[object, ...]:
    """One row of the table: what people settled beats what the vocabulary answered."""
    category, size_class, level = answer.category, answer.size_class, answer.level
    size_known = answer.size_known
    settled = decisions.models.get(model_name(said[0], said[1])) or (
        decisions.types.get(normal(said[2] or "")) if level != "model" else None
    )
    if settled and not answer.virtual:
        (category, size_class), level, size_known = settled, "decision", settled[1] is not None
    count, text = _hint(answer.quantity_hint)
    launched = date(answer.first_year, 1, 1) if answer.first_year else None
    also = answer.others if level != "decision" else None  # a set classed by hand is what a person says it is
    also_size = also[0] if also else None
    return (*said, category, size_class, size_known, level, answer.virtual, answer.maker, answer.model_key,
            answer.first_year, launched, launched or date.min, answer.contradiction, count, text,
            also_size and also_size.category, also_size and also_size.size_class, also_size and also_size.known,
            also and also[1])  # fmt: skip


def _hint(hint: str | None) -> tuple[int | None, str | None]:
    """``12`` or ``n=12`` as a count; a bundle ("bundle=desktop+monitor") as its text."""
    if not hint:
        return None, None
    number = hint.removeprefix("n=")
    return (int(number), None) if number.isdigit() else (None, hint.removeprefix("bundle="))
