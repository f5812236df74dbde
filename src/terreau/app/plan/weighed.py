"""The footprints last weighed, and their years to come, kept in the memory of the process: another plan does not weigh again."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from terreau.app.footprint.door import Weighable
    from terreau.footprint import Footprint
    from terreau.plan.trajectory import Outlook

MOST = 3
_kept: OrderedDict[str, Footprint] = OrderedDict()
_outlooks: OrderedDict[Any, Outlook] = OrderedDict()
_lock = Lock()


def weighed(ready: Weighable) -> Footprint:
    """The footprint of ``ready``, by the digest of all that decides it; long the first time."""
    with _lock:
        if ready.digest in _kept:
            _kept.move_to_end(ready.digest)
            return _kept[ready.digest]
    made = ready.weigh()
    with _lock:
        _kept[ready.digest] = made
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def kept_outlook(footprint: Footprint, years: int, growth: dict[str, float], backlog: float | None) -> Outlook:
    """The years to come of a footprint as things go: the reference is then computed once for any number of plans."""
    from terreau.plan.trajectory import Outlook

    name = footprint.run, years, tuple(sorted(growth.items())), backlog
    with _lock:
        found = _outlooks.get(name)
        if found is not None and found.footprint is footprint:
            _outlooks.move_to_end(name)
            return found
    made = Outlook(footprint=footprint, years=years, growth=growth, backlog=backlog)
    with _lock:
        _outlooks[name] = made
        while len(_outlooks) > MOST:
            _outlooks.popitem(last=False)
    return made
