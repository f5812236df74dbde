"""YAML read with care: no key twice, no alias, one document, bounded size and depth; the only importer of yaml.

Values are the plain ones: text, whole and decimal numbers, true and false, days, nothing. Mappings know their line.
``room`` names the room whose words refuse a file, for its own remedies; these words are in ours otherwise.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from terreau.kernel.errors import TerreauError

MOST_BYTES, MOST_DEPTH, MOST_EVENTS = 5_000_000, 40, 200_000
MOST_SIGNS = 40  # of a number or a day: a longer one is text
_KINDS = {"str", "int", "float", "bool", "null", "timestamp", "seq", "map"}


class Lined(dict[str, Any]):
    """A mapping that remembers the line it starts on (1 is the first)."""

    line = 0
    lines: dict[str, int] = {}
    """The line of each of its keys."""


def read_yaml(path: Path, *, texts: bool = False, room: str = "tables") -> Lined:
    """The mapping a file holds; TerreauError <room>.yaml_*, too_big, not_utf8 or unreadable in words."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refusal(room, "too_big", where=path.name, most=MOST_BYTES // 1_000_000)
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise _refusal(room, "not_utf8", where=path.name) from None
    except OSError as trouble:
        raise _refusal(room, "unreadable", where=path.name, reason=trouble.strerror or trouble) from trouble
    return parse_yaml(text, path.name, texts=texts, room=room)


def parse_yaml(text: str, where: str, *, ours: bool = False, texts: bool = False, room: str = "tables") -> Lined:
    """The mapping of ``text``. ``ours`` (a shipped file) skips the first reading that measures depth and size.

    ``texts`` keeps every value as it is typed: yes stays "yes", 1.10 stays "1.10", a day stays text.
    """
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if len(text) > MOST_BYTES:
        raise _refusal(room, "too_big", where=where, most=MOST_BYTES // 1_000_000)
    try:
        if not ours:
            _measure(yaml.parse(text, Loader=loader), where, room)
        node = yaml.compose(text, Loader=loader)
        value = _Builder(loader(""), where, texts, room).build(node, 0) if node is not None else None
    except yaml.YAMLError as trouble:
        raise _refusal(room, "yaml_unreadable", where=where, **_place(trouble)) from None
    except RecursionError:
        raise _refusal(room, "yaml_too_deep", where=where, most=MOST_DEPTH) from None
    if not isinstance(value, Lined):
        raise _refusal(room, "not_a_mapping", where=where)
    return value


def write_yaml(document: dict[str, Any]) -> str:
    """``document`` as YAML a person can edit: order kept, accents as they are, long lines folded."""
    import yaml

    dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

    class Plain(dumper):
        def ignore_aliases(self, data: object) -> bool:
            return True

    return str(yaml.dump(document, Dumper=Plain, allow_unicode=True, sort_keys=False, width=110))


def _measure(events: Any, where: str, room: str) -> None:
    """Refuse depth, aliases and crowds before anything is built: the builder of nodes calls itself."""
    depth = 0
    for count, event in enumerate(events):
        name = type(event).__name__
        if name == "AliasEvent":
            raise _refusal(room, "yaml_alias", where=where, line=event.start_mark.line + 1)
        depth += name.endswith("StartEvent") - (name in ("SequenceEndEvent", "MappingEndEvent"))
        if depth > MOST_DEPTH:
            raise _refusal(room, "yaml_too_deep", where=where, most=MOST_DEPTH)
        if count > MOST_EVENTS:
            raise _refusal(room, "too_big", where=where, most=MOST_BYTES // 1_000_000)


class _Builder:
    """Nodes to values; a node met twice is an alias."""

    def __init__(self, loader: Any, where: str, texts: bool, room: str) -> None:
        self._loader, self._where, self._texts, self._room = loader, where, texts, room
        self._seen: set[int] = set()

    def build(self, node: Any, depth: int) -> Any:
        """The value of a node."""
        line = node.start_mark.line + 1
        if depth > MOST_DEPTH:
            raise _refusal(self._room, "yaml_too_deep", where=self._where, most=MOST_DEPTH)
        if node.id == "scalar":
            return self._scalar(node, line)
        self._kind(node, line)
        if id(node) in self._seen:
            raise _refusal(self._room, "yaml_alias", where=self._where, line=line)
        self._seen.add(id(node))
        if node.id == "sequence":
            return [self.build(item, depth + 1) for item in node.value]
        made = Lined()
        made.line, made.lines = line, {}
        for key_node, value_node in node.value:
            key = key_node.value if key_node.id == "scalar" else "?"
            if key in made:
                raise _refusal(self._room, "yaml_twice", where=self._where, key=key, line=key_node.start_mark.line + 1)
            made[key] = self.build(value_node, depth + 1)
            made.lines[key] = key_node.start_mark.line + 1
        return made

    def _kind(self, node: Any, line: int) -> str:
        """The kind of a value; a tag that asks for anything but the plain kinds is refused."""
        prefix, _, kind = str(node.tag).rpartition(":")
        if prefix != "tag:yaml.org,2002" or kind not in _KINDS:
            raise _refusal(self._room, "yaml_kind", where=self._where, line=line, kind=node.tag)
        return kind

    def _scalar(self, node: Any, line: int) -> Any:
        kind = self._kind(node, line)
        if kind == "str" or (self._texts and kind != "null") or len(node.value) > MOST_SIGNS:
            return node.value
        try:
            value = self._loader.construct_object(node)
        except (
            ValueError,
            LookupError,
            AttributeError,
            ArithmeticError,
        ):  # 2026-13-45 looks like a day, !!bool may say "foo"
            return node.value
        return value if not isinstance(value, date) or type(value) is date else node.value


def _place(trouble: Any) -> dict[str, object]:
    mark = getattr(trouble, "problem_mark", None)
    return {"line": mark.line + 1 if mark else 1, "column": mark.column + 1 if mark else 1}


def _refusal(room: str, code: str, **facts: object) -> TerreauError:
    return TerreauError(f"{room}.{code}", **facts)
