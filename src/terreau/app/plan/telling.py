"""What the journal says of one commitment, the latest first."""

from __future__ import annotations

from typing import Any

from terreau.app.journal import door as journal


def events(organisation: Any, pk: Any, most: int) -> list[tuple[Any, str, str]]:
    """When, what, who: the last entries about this commitment."""
    return [(one.at, one.sentence, one.who) for one in journal.about(organisation, "commitment", str(pk), most)]
