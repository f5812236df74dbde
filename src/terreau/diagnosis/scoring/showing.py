"""Scores as text: the only place where they are rounded, half to even."""

from __future__ import annotations

from fractions import Fraction

NO_BREAK = "\u00a0"


def percent(share: Fraction | None, language: str = "fr", digits: int = 1) -> str:
    """``share`` in per cent: "65,0 %", "65.0%"; "–" for None.

    Rounding alone never gives 0 nor 100: 999 of 1000 met is 99,9 %, and 9999 of 10 000 too.
    """
    if share is None:
        return "–"
    unit = 100 * 10**digits
    scaled = round(share * unit)
    if 0 < share < 1:
        scaled = min(max(scaled, 1), unit - 1)
    return _digits(scaled, digits, language) + ("%" if language == "en" else f"{NO_BREAK}%")


def points_text(points: Fraction, language: str = "fr", digits: int = 2) -> str:
    """Points with at most ``digits`` decimals, the last zeros cut: "320", "13,75", "66,67"."""
    text = _digits(round(points * 10**digits), digits, language)
    whole, mark, rest = text.partition("." if language == "en" else ",")
    rest = rest.rstrip("0")
    return whole + (mark + rest if rest else "")


def _digits(scaled: int, digits: int, language: str) -> str:
    sign, scaled = ("-", -scaled) if scaled < 0 else ("", scaled)
    whole, rest = divmod(scaled, 10**digits)
    mark = "." if language == "en" else ","
    return f"{sign}{whole}{mark}{rest:0{digits}d}" if digits else f"{sign}{whole}"
