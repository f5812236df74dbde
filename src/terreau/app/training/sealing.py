"""The key that makes names into identifiers: one per organisation, drawn from a secret of the instance, never in a table.

Lost, it cannot be made again: the same person would become another. So the table keeps a mark of the key, and a key that
does not bear it is refused rather than used.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from terreau.app.home import secret
from terreau.app.training.models import Frame
from terreau.kernel.errors import TerreauError

KEPT_IN = "people.key"


def key_of(organisation: Any) -> bytes:
    """The key of one organisation; app.people_key_changed when it is not the one its identifiers were made with."""
    key = hmac.new(secret(KEPT_IN).encode("ascii"), str(organisation.pk).encode("ascii"), hashlib.sha256).digest()
    mark = hmac.new(key, b"terreau people", hashlib.sha256).hexdigest()[:32]
    frame = frame_of(organisation)
    if not frame.key_mark:
        frame.key_mark = mark
        frame.save(update_fields=["key_mark"])
    elif not hmac.compare_digest(frame.key_mark, mark):
        raise TerreauError("app.people_key_changed", name=KEPT_IN)
    return key


def frame_of(organisation: Any) -> Frame:
    """What the organisation settled, made at first need."""
    return Frame.objects.get_or_create(organisation=organisation)[0]
