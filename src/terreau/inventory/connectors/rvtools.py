"""RVTools tabs vHost (hypervisors: real servers) and vInfo (their guests, kept as virtual), long or database headings.

The cluster is not an entity, the boot not a sighting, the BIOS date not a purchase: none of the three is taken for one.
"""

from collections.abc import Iterable, Sequence

from terreau.inventory.headers import HeaderReading

KEY = "rvtools"
LABEL = {"fr": "Export RVTools (hôtes et machines virtuelles)", "en": "RVTools export (hosts and virtual machines)"}

_PROFILES = ("rvtools-vhost", "rvtools-vinfo")
_HOST_CLUES = ("vendor", "vhostvendor", "esx version", "vhostfullname", "# hbas", "vhostnumhbas")
_NO_NUMBER = "('n/a', 'na', 'none', 'unknown', 'not available', 'not specified', 'not applicable', '-')"


def recognises(understood: HeaderReading, headers: Sequence[str]) -> float:
    """The share of the headings that are those of one of the two tabs; else 0."""
    return understood.share if understood.profile in _PROFILES else 0.0


def kind(name: str, headers: Sequence[str], types: Iterable[str]) -> str:
    """ "servers" for the tab of hosts, "virtual" for that of guests."""
    return "servers" if {header.strip().casefold() for header in headers} & set(_HOST_CLUES) else "virtual"


def type_word(kind: str, word: str | None) -> str | None:
    """Every host is a server, every guest a virtual machine: no column says it."""
    return "serveur" if kind == "servers" else "machine virtuelle"


def cell(expression: str) -> str:
    """SQL of one cleaned cell: a filler is empty, so that the service tag speaks when the serial number does not."""
    return f"CASE WHEN lower(trim({expression})) NOT IN {_NO_NUMBER} THEN nullif(trim({expression}), '') END"
