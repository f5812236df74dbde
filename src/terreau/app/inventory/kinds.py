"""The words for what a device can be: labels of the public categories, and back from a label to its key."""

from __future__ import annotations

from django.utils.translation import gettext

from terreau.app.language import language
from terreau.kernel.text import normal


def label(category: str) -> str:
    """A category in words; '' is what nobody recognised."""
    from terreau.factors.catalogue import factor_set  # late: it reads the packs

    return factor_set().label(category, language()) if category else gettext("Inconnue, à régler")


def labels() -> list[str]:
    """What a person may answer, sorted: every kind of device that can be weighed."""
    return sorted(_by_label(language()), key=normal)


def item_of(text: str) -> tuple[str, str | None] | None:
    """(category, size class) of a label in either language, None when nothing bears it.

    A category named alone leaves its size to the usual one (None).
    """
    wanted = normal(text)
    for one in ("fr", "en"):
        for known, item in _by_label(one).items():
            if normal(known) == wanted:
                return item
    return None


def label_of(category: str, size_class: str | None) -> str:
    """The label of one answer already given."""
    from terreau.factors.catalogue import factor_set

    return factor_set().label(f"{category}/{size_class}" if size_class else category, language())


def _by_label(lang: str) -> dict[str, tuple[str, str | None]]:
    from terreau.factors.catalogue import factor_set

    known = factor_set()
    found: dict[str, tuple[str, str | None]] = {}
    for key in known.items():
        category, _, size_class = key.partition("/")
        if category == "model:" or key.startswith("model:"):
            continue
        found.setdefault(known.label(key, lang), (category, size_class))
        found.setdefault(known.label(category, lang), (category, None))
    return found
