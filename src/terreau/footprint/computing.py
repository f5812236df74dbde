"""From files to a footprint: each file becomes a snapshot, the fleet is weighed once, then measured (calcul)."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from terreau.factors.catalogue import FactorSet, factor_set
from terreau.footprint.detail import write_detail
from terreau.footprint.measuring import measure
from terreau.footprint.numecoeval import detail as numecoeval_detail
from terreau.footprint.numecoeval import weighing as numecoeval_weighing
from terreau.footprint.parameters import Parameters
from terreau.footprint.result import Footprint
from terreau.footprint.rules import Rules, rule_set
from terreau.footprint.weighing import weigh
from terreau.footprint.weights import Origin, Weights
from terreau.inventory.arrival import Arrival, keep, take_in
from terreau.inventory.decisions import NONE, Decisions
from terreau.inventory.fleet import fleet
from terreau.inventory.keptlines import kept_lines
from terreau.inventory.reconciliation.sources import NamedSource
from terreau.inventory.vocabulary import version
from terreau.kernel.errors import TerreauError
from terreau.tables.engine import Engine, engine
from terreau.tables.snapshot import digest_of, is_snapshot

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

Progress = Callable[[str], None]


def compute(
    files: Sequence[Path | str | NamedSource],
    *,
    rules: str,
    factors: FactorSet | Path | str | None,
    zone: str,
    people: float | None,
    at: date | None,
    lifespans: Mapping[str, float],
    pue: float | None,
    decisions: Decisions | None,
    detail: Path | None,
    progress: Progress | None,
    lifespan_mode: str | None = None,
    floor_years: float | None = None,
) -> Footprint:
    """See ``terreau.footprint.footprint``."""
    chosen = rule_set(rules)
    known = factors if isinstance(factors, FactorSet) else factor_set(factors)
    country = known.zone_of(zone)
    if country is None:
        raise TerreauError("footprint.zone_unknown", zone=zone)
    for option, value in (("lifespan_mode", lifespan_mode), ("floor_years", floor_years)):
        if value is not None and chosen.conventions is None:
            raise TerreauError("footprint.other_rules", option="--" + option.replace("_", "-"), rules=rules)
    parameters = Parameters(
        at=at or date.today(), zone=country, people=people, lifespans=dict(lifespans), pue=pue,
        lifespan_mode=lifespan_mode, floor_years=floor_years,
    )  # fmt: skip
    with opened_engine() as (con, folder):
        relation, weights = weighed(con, folder, files, chosen, [known], parameters.at, decisions, progress)
        _say(progress, "measure")
        result = measure(weights, known, chosen, parameters)
        if detail is not None:
            _say(progress, "detail")
            told = write_detail if chosen.conventions is None else numecoeval_detail.write_detail
            told(con, relation, result, detail)
    return result


def weigh_files(
    files: Sequence[Path | str | NamedSource],
    *,
    rules: str,
    factor_sets: Sequence[FactorSet],
    at: date | None,
    decisions: Decisions | None,
) -> Weights:
    """See ``terreau.footprint.weigh_files``."""
    with opened_engine() as (con, folder):
        return weighed(con, folder, files, rule_set(rules), factor_sets, at or date.today(), decisions, None)[1]


def weighed(
    con: Engine,
    folder: Path,
    files: Sequence[Path | str | NamedSource],
    rules: Rules,
    factor_sets: Sequence[FactorSet],
    at: date,
    decisions: Decisions | None,
    progress: Progress | None,
) -> tuple[str, Weights]:
    """The relation of the fleet, and its weights with the papers of where they come from."""
    if not files:
        raise TerreauError("footprint.no_lines")
    settled = decisions or NONE
    period = rules.period(at)
    _say(progress, "read")
    snapshots, lines = _snapshots(con, folder, [_source(file) for file in files], at)
    relation = fleet(con, [one for _, one in snapshots], period=period, decisions=settled)
    _say(progress, "weigh")
    weighing = weigh if rules.conventions is None else numecoeval_weighing.weigh
    weights = weighing(con, relation, period=period, rules=rules, factor_sets=factor_sets, site=True)
    origin = Origin(
        snapshots=tuple(digest for digest, _ in snapshots),
        decisions=_decided(settled, snapshots),
        vocabulary=version(),
        lines={**lines, **_doubtful(con, [one.path for _, one in snapshots])},
    )
    return relation, replace(weights, origin=origin)


def _snapshots(
    con: Engine, folder: Path, files: Sequence[NamedSource], at: date
) -> tuple[list[tuple[str, NamedSource]], dict[str, int | None]]:
    """Digest and source of each file's snapshot, sorted by digest: the order of files changes nothing.

    The lines rejected are known of files only; a snapshot never had them (None).
    """
    found: dict[str, NamedSource] = {}
    rejected: int | None = 0
    for one in files:
        if is_snapshot(one.path):
            found[digest_of(one.path)] = one
            rejected = None
            continue
        arrival = take_in(con, [one.path], at=at)
        record = keep(con, arrival, folder)
        rejected = None if rejected is None else rejected + _rejected(con, arrival, record.lines)
        found[record.sha256] = replace(one, path=record.path)
    return sorted(found.items(), key=lambda one: one[0]), {"rejected": rejected}


def _source(file: Path | str | NamedSource) -> NamedSource:
    """A file or snapshot whose source nobody named speaks under the names of its files."""
    return file if isinstance(file, NamedSource) else NamedSource(path=Path(file), name="")


def _decided(settled: Decisions, snapshots: Sequence[tuple[str, NamedSource]]) -> str:
    """Names what was settled; decisions about sources mean nothing without the names of the sources."""
    if not (settled.same or settled.apart or settled.sources):
        return settled.digest
    names = [(digest, one.name) for digest, one in snapshots]
    return hashlib.sha256(json.dumps([settled.digest, names]).encode()).hexdigest()


def _rejected(con: Engine, arrival: Arrival, kept: int) -> int:
    """Lines of devices read, less those kept: counting them costs nothing, judging them again 0.3 s per million."""
    rooms = (con.execute(f"SELECT count(*) FROM {arrival.places}").fetchone() or (0,))[0]
    devices = [sheet.raw.relation for sheet in arrival.sheets if sheet.holds_devices]
    read = sum((con.execute(f"SELECT count(*) FROM {relation}").fetchone() or (0,))[0] for relation in devices)
    return int(read - (kept - rooms))


def _doubtful(con: Engine, snapshots: Sequence[Path]) -> dict[str, int | None]:
    """Lines of devices accepted and doubtful, as their snapshots say."""
    found = {"accepted": 0, "doubtful": 0}
    for path in snapshots:
        accepted, doubtful = con.execute(f"""SELECT count(*) FILTER (NOT doubtful), count(*) FILTER (doubtful)
            FROM {kept_lines(con, path)} WHERE record IS NULL""").fetchone() or (0, 0)
        found = {"accepted": found["accepted"] + accepted, "doubtful": found["doubtful"] + doubtful}
    return dict(found)


def _say(progress: Progress | None, step: str) -> None:
    if progress:
        progress(step)


def opened_engine() -> AbstractContextManager[tuple[Engine, Path]]:
    """An engine, and a folder for snapshots, both gone at the end."""
    from contextlib import contextmanager

    @contextmanager
    def opened():  # type: ignore[no-untyped-def]
        with tempfile.TemporaryDirectory(prefix="terreau-") as folder, engine() as con:
            yield con, Path(folder)

    return opened()
