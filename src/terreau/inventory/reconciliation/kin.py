"""Kinds of device that people and tools confuse (parentés): a tower that is a server, a two-in-one that is a tablet."""

from functools import cache

KIN = (
    {"desktop", "mini_pc", "all_in_one", "workstation", "thin_client", "tower_server", "rack_server"},
    {"laptop", "chromebook", "tablet", "workstation", "thin_client"},
    {"rack_server", "tower_server", "blade_server", "gpu_server", "hypervisor_host", "nas", "disk_array"},
    {"monitor", "digital_signage", "interactive_display", "television", "video_projector"},
    {"laser_printer", "inkjet_printer", "multifunction_copier", "large_format_printer"},
    {"smartphone", "feature_phone", "tablet"},
    {"landline_phone", "ip_phone", "conference_unit"},
    {"network_switch", "router", "firewall", "wifi_access_point", "internet_box"},
    {"dock", "webcam", "headset", "keyboard", "mouse"},
)


@cache
def kin(one: str, other: str) -> bool:
    """True when one device could honestly be called either."""
    return one == other or any({one, other} <= family for family in KIN)


@cache
def family(category: str) -> str:
    """The first in alphabetical order of all that can be reached from kin to kin: every computer, every screen…"""
    reached: set[str] = {category}
    found: set[str] = set()
    while reached - found:
        found |= reached
        reached = reached.union(*(family for family in KIN if family & reached))
    return min(found)


def akin(one: str, other: str) -> bool:
    """True when two kinds are of one large family: a list that says both speaks of one device, badly described."""
    return family(one) == family(other)


WEIGHTS = {
    "rack_server": 12, "tower_server": 12, "blade_server": 12, "gpu_server": 40, "hypervisor_host": 15, "disk_array": 15,
    "nas": 6, "desktop": 4, "workstation": 6, "all_in_one": 4, "laptop": 3, "mini_pc": 3, "multifunction_copier": 6,
    "monitor": 3, "television": 4, "interactive_display": 6, "network_switch": 3, "tablet": 1, "smartphone": 1,
    "ip_phone": 0.5, "feature_phone": 0.5,
}  # fmt: skip
"""Order of magnitude of one device of a category beside a phone, to rank questions by what they may change.

Ours, rounded by hand, never in a figure; 2 for the others and for an unknown category."""


def weight(category: str, quantity: float) -> float:
    """What ``quantity`` devices of a category may weigh beside a phone [no unit]."""
    return quantity * WEIGHTS.get(category, 2)
