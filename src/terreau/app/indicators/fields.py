"""Numbers and days as people type them in this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from terreau.app.language import language
from terreau.indicators.cells import Mark, number

KEPT = "\r\n\t\u00a0\u202f"
"""Signs nobody sees that are written on purpose: lines, and the spaces that French puts inside its quotes."""


class Typed(forms.CharField):
    """A number: « 4,8 », « 4.8 », « 1 200 »; text in, float out, None when blank."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        """The number; a comma that could be thousands or decimals is asked again."""
        text = super().clean(value)
        return None if text == "" else as_number(text)


def plain(text: str, most: int) -> str:
    """What was typed, without signs that no database keeps, cut at ``most``."""
    return "".join(sign for sign in text if sign.isprintable() or sign in KEPT).strip()[:most]


def as_number(text: str) -> float:
    """What ``text`` writes; forms.ValidationError when it cannot be read with certainty."""
    mark = Mark("." if language() == "en" else ",", False)
    other = "," if mark.decimal == "." else "."
    # One mark alone, which is not the usual one: decimals all the same, unless exactly three digits follow it.
    plain = (
        text.replace(other, mark.decimal)
        if text.count(other) == 1 and mark.decimal not in text and not _thousands(text, other)
        else text
    )
    read = number(plain, mark)
    if read.value is None or (read.unit and not read.percent):
        raise forms.ValidationError(_("Écrivez un nombre seul, par exemple 4,8."))
    if _thousands(text, other) and mark.decimal not in text:
        raise forms.ValidationError(_("Des milliers ou des décimales ? Écrivez 1234 ou 1,2340."))
    return read.value


def _thousands(text: str, mark: str) -> bool:
    head, found, tail = text.strip().partition(mark)
    return bool(found) and len(tail) == 3 and tail.isdigit() and head.lstrip("-").isdigit() and head.lstrip("-") != "0"


def written(value: float | None) -> str:
    """A number as this language types it, for a field filled already."""
    if value is None:
        return ""
    text = f"{value:.10g}"
    if "e" in text:
        text = f"{value:f}".rstrip("0").rstrip(".")
    return text if language() == "en" else text.replace(".", ",")
