"""A number as people type it: "7", "7,5", "+1", "50 %", "1 200,5" (nombre saisi)."""

from __future__ import annotations

import math
import re

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_PLAIN = re.compile(r"[+-]?(\d{1,12}([.,]\d{1,12})?|[.,]\d{1,12})")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}((\.\d{3})+,\d+|(,\d{3})+\.\d+)")


def number(text: str) -> float | None:
    """The number ``text`` says, a percentage as a share ("50 %" is 0.5); None when it says none."""
    bare = _SPACES.sub("", text.replace("−", "-"))
    percent = bare.endswith("%")
    bare = bare.removesuffix("%")
    if _THOUSANDS.fullmatch(bare):
        mark = max(bare.rfind(","), bare.rfind("."))
        bare = re.sub(r"[.,]", "", bare[:mark]) + "." + bare[mark + 1 :]
    elif not _PLAIN.fullmatch(bare):
        return None
    value = float(bare.replace(",", "."))
    return (value / 100 if percent else value) if math.isfinite(value) else None


def shown(value: float, language: str) -> str:
    """A number in plain writing: "7,5" in French, "7.5" in English."""
    told = f"{value:.6g}"
    return told.replace(".", ",") if language != "en" else told
