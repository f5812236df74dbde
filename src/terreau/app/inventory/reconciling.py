"""The reconciliation of an organisation's sources, made once per state of its snapshots and decisions, and kept.

``results/reconciled-<digest>/`` holds what was said (``told.json``) and each list of devices whole, one device a line
(``<list>.jsonl``), so that a page of it is read without making it again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from terreau import __version__
from terreau.app.home import organisation_folder
from terreau.app.inventory import arrivals, deciding, lineage, portraits
from terreau.app.inventory.models import Snapshot
from terreau.app.keeping.whole import new_folder, sync
from terreau.app.tasks.door import digest_of
from terreau.app.tasks.needing import needed
from terreau.inventory import vocabulary
from terreau.inventory.decisions import Decisions
from terreau.kernel.period import Period
from terreau.kernel.underway import check, counted, step

AT_ONCE = 5_000  # lines reconciled while a page that only quotes the figures is drawn
KIND = "inventory.reconcile"  # the job that makes it when a page asks
SHAPE = 9  # counts up when a reconciliation says more, so that older ones are made again
DISAGREEMENTS = "disagreements.jsonl"
FIRST = 25  # pairs and examples told with the whole


def of(organisation: Any, snapshots: Sequence[Snapshot]) -> dict[str, Any]:
    """What the reconciliation says (``Reconciliation.as_json``), made now when it was not yet."""
    kept = _folder(organisation, snapshots)
    with contextlib.suppress(FileNotFoundError):
        try:
            return _read(kept)
        except ValueError:  # spoiled on the disk: made again
            shutil.rmtree(kept)
    needed(organisation, KIND, {"name": kept.name}, digest=digest_of(KIND, kept.name))
    make(kept, arrivals.sources_of(snapshots), portraits.last_day(snapshots), deciding.decisions_of(organisation))
    return _read(kept)


def quoted(organisation: Any, snapshots: Sequence[Snapshot]) -> dict[str, Any] | None:
    """What a page that only quotes it may say: made now for a small fleet, else None until its own page made it."""
    if len(snapshots) < 2:
        return None
    small = sum(one.summary.get("lines", {}).get("read", 0) for one in snapshots) <= AT_ONCE
    kept = _folder(organisation, snapshots)
    return of(organisation, snapshots) if small or (kept / "told.json").exists() else None


def devices(organisation: Any, snapshots: Sequence[Snapshot], key: str, start: int = 0,
            most: int | None = None) -> Iterator[dict[str, Any]]:  # fmt: skip
    """The devices of one list, from the ``start``-th; all of them without ``most``."""
    of(organisation, snapshots)
    with (_folder(organisation, snapshots) / f"{key}.jsonl").open(encoding="utf-8") as lines:
        for line in islice(lines, start, None if most is None else start + most):
            yield json.loads(line)


def disagreements(organisation: Any, snapshots: Sequence[Snapshot], field: str) -> Iterator[dict[str, Any]]:
    """Every device of which the sources say different things in one field, the plain disagreements first."""
    of(organisation, snapshots)
    with (_folder(organisation, snapshots) / DISAGREEMENTS).open(encoding="utf-8") as lines:
        for line in lines:
            if (one := json.loads(line))["field"] == field:
                yield one


def kept_rows(organisation: Any, snapshots: Sequence[Snapshot]) -> Path:
    """The folder that holds the rows of every device (see ``lineage``)."""
    of(organisation, snapshots)
    return _folder(organisation, snapshots)


def make(kept: Path, sources: Sequence[Any], at: date, decisions: Decisions) -> None:
    """Reconcile ``sources`` at ``at`` and leave what was said in ``kept``, whole or not at all."""
    from terreau.inventory.reconciliation.listing import listed
    from terreau.inventory.reconciliation.reconciling import disagreement_rows, reconcile
    from terreau.tables.engine import engine

    with new_folder(kept.parent, ".reconciled-") as apart, engine() as con:
        part = apart / kept.name
        part.mkdir()
        period = Period.twelve_months_ending(at)
        told = reconcile(con, sources, period=period, decisions=decisions, limit=FIRST)
        for done, listing in enumerate(told.listings):
            step("tell", done, len(told.listings))
            with (part / f"{listing.key}.jsonl").open("w", encoding="utf-8") as lines:
                for one in listed(con, told.seen, f"SELECT device FROM {listing.relation}"):
                    lines.write(json.dumps(one.as_json(), ensure_ascii=False) + "\n")
        with (part / DISAGREEMENTS).open("w", encoding="utf-8") as lines:
            for said in counted(disagreement_rows(con, told), "write"):
                lines.write(json.dumps(said.as_json(), ensure_ascii=False) + "\n")
        lineage.keep(con, told.seen, part, guests=told.virtual > 0)
        (part / "told.json").write_text(json.dumps(told.as_json(), ensure_ascii=False), encoding="utf-8")
        sync(part)
        check()  # of what was called off, nothing is kept
        _put(part, kept)


def _put(part: Path, kept: Path) -> None:
    try:
        part.replace(kept)
    except OSError:
        if not (kept / "told.json").exists():  # else another page made the same a moment ago
            raise


def _read(kept: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((kept / "told.json").read_text(encoding="utf-8"))
    return told


def _folder(organisation: Any, snapshots: Sequence[Snapshot]) -> Path:
    decisions = deciding.decisions_of(organisation)
    decided_by = [__version__, SHAPE, vocabulary.version(), str(portraits.last_day(snapshots)), decisions.digest,
                  sorted((one.source.name, one.sha256) for one in snapshots)]  # fmt: skip
    digest = hashlib.sha256(json.dumps(decided_by).encode()).hexdigest()
    return organisation_folder(organisation.pk, "results") / f"reconciled-{digest}"
