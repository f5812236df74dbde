"""Figures, charts, tables and numbers in templates, one design for all pages: ``{% load terreau %}``.

Numbers are formatted in Python once, in the language of the page; templates never format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from terreau.app.language import language
from terreau.publishing import chart as charts
from terreau.publishing import numbers
from terreau.publishing.figure import Figure
from terreau.publishing.table import Head, Row, Table

register = template.Library()
_PUNCTUATION = re.compile(r" (?=[;:?!»])|(?<=«) ")


class _Unbroken(template.Node):
    """What is between the tags, its French punctuation kept with its word at the end of a line."""

    def __init__(self, inside: template.NodeList) -> None:
        self.inside = inside

    def render(self, context: template.Context) -> SafeString:
        told = self.inside.render(context)
        if language() == "fr":
            told = SafeString(_PUNCTUATION.sub(lambda found: found[0].replace(" ", numbers.NBSP), told))
        return told


@register.tag
def unbroken(parser: Any, _token: Any) -> template.Node:
    """``{% unbroken %}…{% endunbroken %}``: sentences only, no form inside."""
    inside = parser.parse(("endunbroken",))
    parser.delete_first_token()
    return _Unbroken(inside)


@register.filter
def count(value: float | None) -> str:
    """A whole count with its thousands apart."""
    return numbers.number(None, language()) if value is None else numbers.count(value, language())


@register.filter
def number(value: float | None) -> str:
    """Two significant digits."""
    return numbers.number(value, language())


@register.filter
def decimal(value: float | None, decimals: int = 1) -> str:
    """A fixed number of decimals: an age, a ratio."""
    return numbers.number(None, language()) if value is None else numbers.decimal(value, language(), int(decimals))


@register.filter
def percent(value: float | None) -> str:
    """A share from 0 to 1, as a percentage."""
    return numbers.percent(value, language())


@register.filter
def quantity(value: float | None, unit: str) -> str:
    """A value with its readable unit."""
    return numbers.quantity(value, unit, language())


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """A date, without doubt about the month; of a moment, the day it was here."""
    return numbers.day(value, language())


@register.simple_tag
def colon() -> str:
    """The colon after a label, as the language of the page writes it: French sets it apart from the word."""
    return ":" if language() == "en" else "\N{NO-BREAK SPACE}:"


@register.simple_tag
def share_bar(share: float | None) -> SafeString:
    """A tiny bar beside a percentage: decoration, the number is written."""
    if share is None:
        return SafeString("")
    width = round(60 * max(0.0, min(1.0, share)), 1)
    drawn = (
        '<svg class="share" width="60" height="8" viewBox="0 0 60 8" aria-hidden="true">'
        f'<rect width="60" height="8" rx="2" fill="#ebe3d3"/><rect width="{width}" height="8" rx="2" fill="#2c6a43"/></svg>'
    )
    return mark_safe(drawn)  # noqa: S308  numbers only, nothing from a person


@register.inclusion_tag("partials/figure.html")
def figure(figure: Figure, why: str = "", period: str = "", heading: str = "", big: bool = False) -> dict[str, Any]:
    """A figure: number, unit, drawing of its interval, period, « Pourquoi ce chiffre ? »."""
    gauge = mark_safe(figure.gauge)  # noqa: S308  written by publishing, every text escaped there
    return {"figure": figure, "gauge": gauge, "why": why, "period": period, "heading": heading, "big": big}


@register.inclusion_tag("partials/chart.html")
def chart(chart: charts.Chart, why: str = "", csv: str = "", heading: bool = False) -> dict[str, Any]:
    """A chart with its caption, its data table under ``details``, its CSV and its reasons."""
    drawings = [mark_safe(svg) for svg in (chart.svg, chart.svg_narrow)]  # noqa: S308  escaped in publishing
    data = Table(caption=chart.title, axis=chart.axis, heads=chart.heads, rows=chart.rows)
    return {"chart": chart, "drawings": drawings, "data": data, "why": why, "csv": csv, "heading": heading}


@register.inclusion_tag("partials/table.html")
def table(table: Table, csv: str = "") -> dict[str, Any]:
    """A table with caption and scopes; a wide one scrolls, a ``stacked`` one becomes cards on a phone."""
    missing = numbers.MISSING[language()]
    return {"table": table, "lines": [_cells(row, table.heads, missing) for row in table.rows], "csv": csv}


def _cells(row: Row, heads: Iterable[Head], missing: str) -> dict[str, Any]:
    cells = [
        {"text": text, "head": head, "css": css(text == missing, head.numeric)}
        for text, head in zip(row.cells, heads, strict=True)
    ]
    return {"label": row.label, "href": row.href, "cells": cells}


def css(missing: bool, numeric: bool) -> str:
    """Classes of a cell: numbers to the right, missing data in italics."""
    return " ".join(word for word, wanted in (("n", numeric), ("missing", missing)) if wanted)
