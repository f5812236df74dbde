"""Frozen records as canonical JSON and back: the same record always gives the same bytes, so that they can be quoted.

Dates are ISO text, aware moments are in UTC, fractions are text ("3/4"), tuples are lists, keys are sorted.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar

Record = TypeVar("Record")


def plain(value: Any) -> Any:
    """``value`` (record, tuple, mapping, date, fraction, plain value) as JSON values; TypeError for anything else."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(value[key]) for key in sorted(value)}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    raise TypeError(f"no canonical form for {type(value).__name__}")


def text(value: Any) -> str:
    """The canonical JSON text: keys sorted, no space, no escape of accents."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(value: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(text(value).encode()).hexdigest()


def record(kind: type[Record], found: Mapping[str, Any]) -> Record:
    """The record of ``kind`` written in ``found``; a field not told takes its default.

    ValueError, naming the field, when a field is unknown, missing or not of its type.
    """
    shape, names = _shape(typing.cast(Any, kind)), set(found)
    if unknown := sorted(names - set(shape)):
        raise ValueError(f"{kind.__name__}: {', '.join(unknown)}")
    told = {name: _read(shape[name], found[name], f"{kind.__name__}.{name}") for name in shape if name in names}
    try:
        return kind(**told)
    except TypeError as trouble:
        raise ValueError(f"{kind.__name__}: {trouble}") from None


@cache
def _shape(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _read(kind: Any, value: Any, where: str) -> Any:
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return None if value is None else _read(next(one for one in inside if one is not types.NoneType), value, where)
    if origin is tuple:
        return _many(inside, value, where)
    if origin is dict:
        return {key: _read(inside[1], one, f"{where}[{key}]") for key, one in _of(dict, value, where).items()}
    if dataclasses.is_dataclass(kind):
        return record(typing.cast(type, kind), _of(dict, value, where))
    if kind in (date, datetime, Fraction):
        return _from_text(kind, value, where)
    return value if kind is Any else _of(kind, value, where)


def _many(inside: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    items = _of(list, value, where)
    if len(inside) == 2 and inside[1] is Ellipsis:
        return tuple(_read(inside[0], one, where) for one in items)
    if len(items) != len(inside):
        raise ValueError(f"{where}: {len(inside)} ≠ {len(items)}")
    return tuple(_read(one, item, where) for one, item in zip(inside, items, strict=True))


def _from_text(kind: Any, value: Any, where: str) -> Any:
    said = _of(str, value, where)
    try:
        return Fraction(said) if kind is Fraction else kind.fromisoformat(said)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"{where}: {said}") from None


def _of(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
        raise ValueError(f"{where}: {value!r}")
    return value
