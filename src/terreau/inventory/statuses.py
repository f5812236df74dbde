"""Where a device stands in its life, from the words of a status column (statuts)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from terreau.inventory.vocabulary import rows
from terreau.kernel.text import normal

STATUSES = ("in_use", "stock", "repair", "retired", "reused_internally", "sold", "donated", "recycled", "lost",
            "ordered", "unknown")  # fmt: skip

_SOURCE = {"snipeit": "snipe", "snipeit-importer": "snipe", "intune": "intune or g4it", "g4it": "intune or g4it",
           "rvtools-vinfo": "rvtools", "rvtools-vhost": "rvtools", "lansweeper": "lansweeper"}  # fmt: skip
_META = {
    "deployed": ("in_use", "reused_internally"),
    "deployable": ("stock",),
    "pending": ("ordered", "unknown", "repair", "stock"),
    "undeployable": ("repair", "stock", "lost", "retired", "sold", "donated", "recycled"),
    "archived": ("retired", "sold", "donated", "recycled", "lost"),
}
"""What each Snipe-IT meta can mean: the meta is the truth, the label only makes it precise. First: the meta alone."""
_LABEL_META = re.compile(r"^(?P<label>.+?) ?\((?P<meta>deployed|deployable|pending|undeployable|archived)\)$")
_NOT_SAID = frozenset({"?", "nc", "n/a", "inconnu", "inconnue", "unknown", "non renseigne"})


@dataclass(frozen=True, slots=True)
class StatusRead:
    """One cell. ``if_left``: the status when another column says the device is gone ("HS" with a date of exit)."""

    status: str
    code: str | None = None
    if_left: str | None = None


def read(profile: str, values: Iterable[str]) -> dict[str, StatusRead]:
    """Read the distinct values of a status column; the profile's own words come before everybody's."""
    return {value: _one(profile, value) for value in values}


def _one(profile: str, value: str) -> StatusRead:
    label = _LABEL_META.match(normal(value))
    for word in _spellings(value):
        found = _words(_SOURCE.get(profile, "any")).get(word) or _words("any").get(word)
        if found and (not label or word == normal(value) or found[0] in _META[label["meta"]]):
            return _told(word, *found)
    return StatusRead(_META[label["meta"]][0]) if label else StatusRead("unknown", "inventory.status_unknown")


def _told(word: str, status: str, note: str) -> StatusRead:
    if note.startswith("the device is still there"):
        return StatusRead("in_use", "inventory.status_still_there", status)
    return StatusRead(status, "inventory.status_not_said" if word in _NOT_SAID else None)


def _spellings(value: str) -> Iterable[str]:
    """The cell whole, its label without the Snipe-IT meta, then the last step of a tree ("Parc > En stock")."""
    whole = normal(value)
    yield whole
    label = _LABEL_META.match(whole)
    if label:
        yield label["label"]
    if ">" in whole:
        yield whole.rsplit(">", 1)[1].strip()
    yield re.sub(r"\s*[-:(]?\s*(19|20)\d{2}\)?$", "", whole)  # "donné asso 2025"


@cache
def _words(source: str) -> dict[str, tuple[str, str]]:
    return {normal(row["word"]): (row["status"], row["note"]) for row in rows("statuses") if row["source"] == source}
