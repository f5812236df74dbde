"""What the journal says of one commitment, the latest first."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from terreau.app.journal import door as journal
from terreau.app.plan.models import Commitment


def events(row: Commitment, most: int) -> list[tuple[Any, str, str]]:
    """When, what, who: the last entries about this commitment, whose name its own page does not repeat."""
    named = _("Engagement « %(statement)s »") % {"statement": row.statement[:160]}
    found = journal.about(row.organisation, "commitment", str(row.pk), most)
    return [(one.at, _short(one.sentence, named), one.who) for one in found]


def _short(sentence: str, named: str) -> str:
    told = sentence.removeprefix(named).lstrip(" :\N{NO-BREAK SPACE}") if sentence.startswith(named) else sentence
    return told[:1].upper() + told[1:]
