"""The footprints last weighed, kept in the memory of the process: a worker asked for another plan does not weigh again."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from terreau.app.footprint.door import Weighable
    from terreau.footprint import Footprint

MOST = 3
_kept: OrderedDict[str, Footprint] = OrderedDict()
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
