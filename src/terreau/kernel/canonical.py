"""Frozen records as canonical JSON and back: the same record always gives the same bytes, so that they can be quoted.

Dates are ISO text, aware moments are in UTC, fractions are text ("3/4"), tuples are lists, keys are sorted.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar

Record = TypeVar("Record")
Reader = Callable[[Any], Any]


def plain(value: Any) -> Any:
    """``value`` (record, tuple, mapping, date, fraction, plain value) as JSON values; TypeError for anything else."""
    kind: Any = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is tuple or kind is list:
        return [plain(one) for one in value]
    names = _names(kind)
    if names:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): plain(value[key]) for key in sorted(value)}
    return _plain_text(value)


def text(value: Any) -> str:
    """The canonical JSON text: keys sorted, no space, no escape of accents."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(value: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(text(value).encode()).hexdigest()


def record(kind: type[Record], found: Mapping[str, Any]) -> Record:
    """The record of ``kind`` written in ``found``; a field not told takes its default.

    ValueError, naming the place, when a field is unknown, missing or not of its type.
    """
    made: Record = _reader(typing.cast(Any, kind))(dict(found))
    return made


def digest_of(*texts: str) -> str:
    """SHA-256 over several texts, each preceded by its length in characters, so that none can borrow from the next."""
    return hashlib.sha256("".join(f"{len(one)}:{one}" for one in texts).encode()).hexdigest()


_AS_THEY_ARE = frozenset((str, int, bool, type(None)))


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a record; none for another type."""
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()


def _plain_text(value: Any) -> Any:
    """What is written as text: fractions, moments (in UTC when they know their zone), days; and subclasses of plain values."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int):
        return value
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")


@cache
def _reader(kind: Any) -> Reader:
    """What reads one value of ``kind``; ValueError when it is not one."""
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        one = _reader(next(part for part in inside if part is not types.NoneType))
        return lambda value: None if value is None else one(value)
    if origin is tuple:
        return _tuple_reader(inside)
    if origin is dict:
        held = _reader(inside[1])
        return lambda value: {key: _told(str(key), held, one) for key, one in _of(dict, value).items()}
    if dataclasses.is_dataclass(kind):
        return _record_reader(kind)
    if kind in (date, datetime, Fraction):
        return _text_reader(kind)
    return (lambda value: value) if kind is Any else (lambda value: _of(kind, value))


def _record_reader(kind: Any) -> Reader:
    hints = typing.get_type_hints(kind)
    readers = {name: _reader(hints[name]) for name in _names(kind)}
    needed = {field.name for field in dataclasses.fields(kind)
              if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING}  # fmt: skip

    def read(value: Any) -> Any:
        found = _of(dict, value)
        if odd := (found.keys() - readers.keys()) | (needed - found.keys()):
            raise ValueError(f"{kind.__name__}: {', '.join(sorted(map(str, odd)))}")
        return kind(**{name: _told(name, readers[name], one) for name, one in found.items()})

    return read


def _tuple_reader(inside: tuple[Any, ...]) -> Reader:
    if len(inside) == 2 and inside[1] is Ellipsis:
        each = _reader(inside[0])
        return lambda value: tuple([each(one) for one in _of(list, value)])
    readers = tuple(_reader(one) for one in inside)

    def read(value: Any) -> Any:
        items = _of(list, value)
        if len(items) != len(readers):
            raise ValueError(f"{len(items)} ≠ {len(readers)}")
        return tuple(one(item) for one, item in zip(readers, items, strict=True))

    return read


def _text_reader(kind: Any) -> Reader:
    make: Reader = Fraction if kind is Fraction else kind.fromisoformat

    def read(value: Any) -> Any:
        said = _of(str, value)
        try:
            return make(said)
        except (ValueError, ZeroDivisionError):
            raise ValueError(said) from None

    return read


def _told(name: str, reader: Reader, value: Any) -> Any:
    """The value read, or the trouble with the name of its place before it."""
    try:
        return reader(value)
    except ValueError as trouble:
        raise ValueError(f"{name} › {trouble}") from None


def _of(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(repr(value))
    return value
