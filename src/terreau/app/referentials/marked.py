"""Official texts shown: paragraphs, lists, addresses one can follow; everything else is escaped."""

from __future__ import annotations

import re

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_LINK = re.compile(r"https?://[^\s()<>\"']{3,1000}[^\s()<>\"'.,;:]")
_ITEM = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+(.*)")
MOST_LETTERS = 20_000


def shown(text: str) -> SafeString:
    """The text as HTML: nothing of it is trusted."""
    blocks: list[SafeString] = []
    items: list[SafeString] = []
    for line in text[:MOST_LETTERS].splitlines():
        found = _ITEM.match(line)
        if found:
            items.append(_inline(found[1]))
            continue
        if items:
            blocks.append(_list(items))
            items = []
        if line.strip():
            blocks.append(format_html("<p>{}</p>", _inline(line.strip())))
    if items:
        blocks.append(_list(items))
    return mark_safe("".join(blocks))  # noqa: S308 every part was escaped by format_html


def _list(items: list[SafeString]) -> SafeString:
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((item,) for item in items)))


def _inline(text: str) -> SafeString:
    made, end = [], 0
    for found in _LINK.finditer(text):
        made.append(escape(text[end : found.start()]))
        made.append(format_html('<a href="{}" rel="noreferrer">{}</a>', found[0], found[0].split("//", 1)[1]))
        end = found.end()
    made.append(escape(text[end:]))
    return mark_safe("".join(made))  # noqa: S308 every part was escaped
