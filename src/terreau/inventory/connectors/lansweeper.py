"""Lansweeper: any report of its assets, known by its headings (one word, or two since the cloud version).

The type of an asset may be its system ("Windows") or its model of machine ("VMware Guest"): a system says nothing of
the device, the model does; a guest is virtual.
"""

from collections.abc import Iterable, Sequence

from terreau.inventory.headers import HeaderReading
from terreau.kernel.text import normal

KEY = "lansweeper"
LABEL = {"fr": "Export Lansweeper", "en": "Lansweeper export"}

_MEANS = {
    "vmware guest": "machine virtuelle", "hyper-v guest": "machine virtuelle", "virtualbox guest": "machine virtuelle",
    "citrix guest": "machine virtuelle", "cloud vm": "machine virtuelle", "aws ec2 instance": "machine virtuelle",
    "azure virtual machine": "machine virtuelle", "esxi server": "serveur", "vmware vcenter server": "machine virtuelle",
    "vmware esxi server": "serveur", "hyper-v server": "serveur",
    "wireless access point": "borne wifi", "voip phone": "téléphone ip", "voip": "téléphone ip",
    "windows ce": "pda", "thin client": "client léger",
}  # fmt: skip


def recognises(understood: HeaderReading, headers: Sequence[str]) -> float:
    """The share of the headings that are those of Lansweeper; else 0."""
    return understood.share if understood.profile == KEY else 0.0


def kind(name: str, headers: Sequence[str], types: Iterable[str]) -> str:
    """'' : one report mixes every kind of asset."""
    return ""


def type_word(kind: str, word: str | None) -> str | None:
    """The type in everyday words."""
    return _MEANS.get(normal(word or ""), word)


def cell(expression: str) -> str:
    """SQL of one cleaned cell: nothing but blanks to undo."""
    return f"nullif(trim({expression}), '')"
