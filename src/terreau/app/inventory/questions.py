"""What the files leave open (à régler): models nobody recognised, lines that may be lots; counted once and kept.

What people settle since is taken off without counting again, so that one answer leads at once to the next question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from terreau import __version__
from terreau.app.inventory import arrivals, deciding, portraits
from terreau.app.inventory.lots import Lot, Lots, read_as_lots
from terreau.app.inventory.models import Snapshot
from terreau.app.results import kept_json
from terreau.app.tasks.door import digest_of
from terreau.inventory import vocabulary
from terreau.inventory.decisions import Decisions, model_name
from terreau.inventory.unsettled_lines import UnsettledModel
from terreau.kernel.period import Period
from terreau.kernel.text import normal

KIND = "inventory.questions"
SHAPE = 1  # counts up when more is kept, so that older ones are made again


def of(organisation: Any, snapshots: Sequence[Snapshot]) -> tuple[list[UnsettledModel], Lots]:
    """The models without category, the most numerous first, and the lots nobody confirmed."""
    decisions = deciding.decisions_of(organisation)
    # What is settled about models only shortens the list: it does not decide it.
    deciding_it, at = replace(decisions, models={}, types={}), portraits.last_day(snapshots)
    name = digest_of(__version__, SHAPE, vocabulary.version(), at, deciding_it.digest,
                     sorted((one.source.name, one.sha256) for one in snapshots))  # fmt: skip
    told = kept_json(organisation, f"questions-{name}", lambda: _made(snapshots, deciding_it), kind=KIND, inputs={})
    asked = (UnsettledModel(**{**one, "quantity": Decimal(one["quantity"])}) for one in told["models"])
    lots = (Lot(**{**one, "quantity": Decimal(one["quantity"])}) for one in told["lots"])
    return [one for one in asked if not _settled(one, decisions)], Lots(
        to_confirm=tuple(one for one in lots if one.line_key not in decisions.quantities), nameless=told["nameless"]
    )


def _settled(one: UnsettledModel, decisions: Decisions) -> bool:
    return model_name(one.maker, one.model) in decisions.models or normal(one.type_word) in decisions.types


def _made(snapshots: Sequence[Snapshot], decisions: Decisions) -> dict[str, Any]:
    from terreau.inventory.fates import settle_fates
    from terreau.inventory.fleet import gather
    from terreau.inventory.unsettled_lines import unsettled
    from terreau.tables.engine import engine

    period = Period.twelve_months_ending(portraits.last_day(snapshots))
    with engine() as con:
        lines = gather(con, arrivals.sources_of(snapshots))
        models = unsettled(con, settle_fates(con, lines, period=period, decisions=decisions))
        lots = read_as_lots(con, lines)
    return {
        "models": [{"maker": one.maker, "model": one.model, "type_word": one.type_word, "lines": one.lines,
                    "quantity": str(one.quantity)} for one in models],
        "lots": [{"line_key": one.line_key, "label": one.label, "said": one.said, "quantity": str(one.quantity)}
                 for one in lots.to_confirm],
        "nameless": lots.nameless,
    }  # fmt: skip
