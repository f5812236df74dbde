"""Makers under one name: "Hewlett-Packard", "HP Inc." and "HWP" are HP (fabricants)."""

from functools import cache

from terreau.inventory.vocabulary import rows
from terreau.kernel.text import normal

_LONGEST_ALIAS = 4  # words, when the maker is looked for at the head of a model


def normal_name(text: str | None, *, screen: bool = False) -> str:
    """The usual name of a maker; the cell itself when unknown, '' when it names nobody.

    screen: also read the three-letter codes that screens announce (EDID), such as PHL or GSM.
    """
    written = (text or "").strip()
    alias = normal(written)
    if not alias or alias in _names("junk"):
        return ""
    known = _known(alias) or (_names("edid").get(alias) if screen else None)
    return known or written


def head_of(model: str) -> tuple[str, str]:
    """Maker read from the first words of a model, and the alias it was read from; ('', '') when none.

    model: already in its normal form.
    """
    words = model.split(" ")
    for length in range(min(_LONGEST_ALIAS, len(words)), 0, -1):
        alias = " ".join(words[:length])
        known = _known(alias)
        if known:
            return known, alias
    known = _names("edid").get(words[0]) if len(words) > 1 else None
    return (known, words[0]) if known else ("", "")


def aliases_of(name: str) -> frozenset[str]:
    """Every spelling that means ``name``, in normal form, screen codes included."""
    return _spellings().get(name, frozenset())


def _known(alias: str) -> str | None:
    return _names("name").get(alias) or _names("name").get(alias.rstrip("."))


@cache
def _names(kind: str) -> dict[str, str]:
    return {normal(row["alias"]): row["name"] for row in rows("manufacturers") if row["kind"] == kind}


@cache
def _spellings() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("manufacturers"):
        if row["kind"] != "junk":
            found.setdefault(row["name"], {normal(row["name"])}).add(normal(row["alias"]))
    return {name: frozenset(spellings) for name, spellings in found.items()}
