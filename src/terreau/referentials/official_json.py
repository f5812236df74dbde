"""JSON of a publisher read with care: size, depth, doubled fields; Markdown and HTML made plain words."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from terreau.kernel.errors import TerreauError

MOST_BYTES, MOST_LETTERS = 10_000_000, 200_000
_INNER_LINK = re.compile(r"\[([^\]\[]*)\]\(#[^)\s\[]*\)")
_OUTER_LINK = re.compile(r"\[([^\]\[]*)\]\((https?://[^)\s\[]+)\)")
_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>")
_BREAKS = {"p", "/p", "li", "/ul", "/ol", "br", "/li", "div", "/div", "dt", "dd", "tr"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def read_json(path: Path) -> Any:
    """The value a JSON file holds; TerreauError referentials.json_unreadable, too_big, not_utf8 or unreadable."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TerreauError("referentials.too_big", where=path.name, most=MOST_BYTES // 1_000_000)
        return json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise TerreauError("referentials.not_utf8", where=path.name) from None
    except json.JSONDecodeError as trouble:
        raise TerreauError("referentials.json_unreadable", where=path.name, line=trouble.lineno) from None
    except (RecursionError, ValueError):
        raise TerreauError("referentials.json_unreadable", where=path.name, line=1) from None
    except OSError as trouble:
        raise TerreauError("referentials.unreadable", where=path.name, reason=trouble.strerror or trouble) from trouble


def plain(text: str) -> str:
    """Markdown of the RGAA and RGESN as plain words: inner links lose their target, outer ones show it."""
    text = _OUTER_LINK.sub(r"\1 (\2)", _INNER_LINK.sub(r"\1", text))
    return _tidy(text.replace("`", "").replace("**", ""))


def plain_html(text: str) -> str:
    """HTML of a glossary as plain words: paragraphs and items on their own lines, no tag left."""

    def replaced(found: re.Match[str]) -> str:
        name = found.group(1).lower()
        return "\n- " if name == "li" else "\n" if name in _BREAKS else ""

    return _tidy(html.unescape(_TAG.sub(replaced, text)))


def flat(value: Any) -> Iterator[str]:
    """Every text inside lists and objects, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from flat(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from flat(item)


def _tidy(text: str) -> str:
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in _CONTROL.sub("", text)[:MOST_LETTERS].splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a field is written twice")
    return made
