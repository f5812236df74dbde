"""RVTools tabs vHost (hypervisors: real servers) and vInfo (their guests, kept as virtual), long or database headings.

The cluster is not an entity, the boot not a sighting, the BIOS date not a purchase: none of the three is taken for one.
The 25 other tabs of a whole export (disks, cards, licences…) describe the same machines: they are named and left aside.
"""

from collections.abc import Iterable, Sequence

from terreau.inventory.headers import HeaderReading

KEY = "rvtools"
LABEL = {"fr": "Export RVTools (hôtes et machines virtuelles)", "en": "RVTools export (hosts and virtual machines)"}

_HOST_ONLY = frozenset({"esx version", "vhostfullname", "vhostvendor", "vhostmodel"})
_GUEST_ONLY = frozenset({"provisioned mib", "provisioned mb", "vinfovmname", "vinfopowerstate"})
_SIGNED = ("vi sdk server", "visdkserver")
_NO_NUMBER = "('n/a', 'na', 'none', 'unknown', 'not available', 'not specified', 'not applicable', '-')"


def recognises(understood: HeaderReading, headers: Sequence[str]) -> float:
    """1 for any tab of RVTools: one of the two we read, or one that its last columns sign; else 0."""
    signed = any(header.endswith(_SIGNED) for header in _lower(headers))
    return 1.0 if understood.profile.startswith(KEY) or signed else 0.0


def kind(name: str, headers: Sequence[str], types: Iterable[str]) -> str:
    """ "servers" for the tab of hosts, "virtual" for that of guests."""
    return "servers" if _lower(headers) & _HOST_ONLY else "virtual"


def type_word(kind: str, word: str | None) -> str | None:
    """Every host is a server, every guest a virtual machine: no column says it."""
    return "serveur" if kind == "servers" else "machine virtuelle"


def cell(expression: str) -> str:
    """SQL of one cleaned cell: a filler is empty, so that the service tag speaks when the serial number does not."""
    return f"CASE WHEN lower(trim({expression})) NOT IN {_NO_NUMBER} THEN nullif(trim({expression}), '') END"


def declines(understood: HeaderReading, headers: Sequence[str]) -> str:
    """The code that says why another tab is not counted, '' for hosts and guests."""
    ours = understood.profile.startswith(KEY) and _lower(headers) & (_HOST_ONLY | _GUEST_ONLY)
    return "" if ours else "inventory.rvtools_other_tab"


def _lower(headers: Sequence[str]) -> set[str]:
    return {header.strip().casefold() for header in headers}
