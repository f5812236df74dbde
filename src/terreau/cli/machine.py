"""What the machine, or the database, refused to a command: told in words, not as our own fault."""

from __future__ import annotations

import sys

from terreau.kernel.errors import TerreauError


def refusal_of(trouble: BaseException) -> TerreauError | None:
    """The refusal to print for ``trouble``; None when it is a fault of ours."""
    from terreau.tables import trouble as machine

    if "django.db" in sys.modules:  # only commands that opened the database can meet its troubles
        from terreau.app.security.machine import refusal_of_the_database

        if refusal := refusal_of_the_database(trouble):
            return refusal
    return machine.refusal_of(trouble)
