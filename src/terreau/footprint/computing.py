"""From files to a footprint: the fleet is weighed once, files as they lie, then measured (calcul)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

from terreau.factors.catalogue import FactorSet, factor_set
from terreau.footprint.detail import form_of, write_detail
from terreau.footprint.measuring import measure
from terreau.footprint.numecoeval import detail as numecoeval_detail
from terreau.footprint.numecoeval import weighing as numecoeval_weighing
from terreau.footprint.parameters import Parameters
from terreau.footprint.result import Footprint
from terreau.footprint.rules import Rules, rule_set
from terreau.footprint.weighing import weigh
from terreau.footprint.weights import Origin, Weights
from terreau.inventory.decisions import NONE, Decisions
from terreau.inventory.fleet import Gathered, fleet_of, gather_all, in_order
from terreau.inventory.reconciliation.placing import room_conflicts, rooms_unknown
from terreau.inventory.reconciliation.sources import NamedSource
from terreau.inventory.vocabulary import version
from terreau.kernel.errors import TerreauError
from terreau.kernel.underway import step as said
from terreau.tables.engine import Engine, engine
from terreau.tables.reading import left_alone
from terreau.tables.snapshot import checked, digest_of, is_snapshot

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
    if detail is not None:
        form_of(detail)  # refused before any work
    with engine() as con:
        relation, weights = weighed(con, files, chosen, [known], parameters.at, decisions, progress)
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
    with engine() as con:
        return weighed(con, files, rule_set(rules), factor_sets, at or date.today(), decisions, None)[1]


def weighed(
    con: Engine,
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
    named, gathered = _gathered(con, in_order([_source(file) for file in files]), at)
    relation = fleet_of(con, gathered.lines, period=period, decisions=settled, places=gathered.places,
                        asked=gathered.asked, numbers=gathered.numbers)  # fmt: skip
    _say(progress, "weigh")
    weighing = weigh if rules.conventions is None else numecoeval_weighing.weigh
    weights = weighing(con, relation, period=period, rules=rules, factor_sets=factor_sets, site=True)
    origin = Origin(
        snapshots=tuple(named.values()),
        decisions=_decided(settled, [(digest, one.name) for one, digest in named.items()]),
        vocabulary=version(),
        lines=_lines(con, gathered, weights, snapshots=len(named) > len(gathered.arrivals)),
        rooms_twice=tuple((one.name, *one.kept) for one in room_conflicts(con, gathered.places)),
        rooms_unknown=rooms_unknown(con, gathered.lines, gathered.places),
    )
    return relation, replace(weights, origin=origin)


def _gathered(con: Engine, files: Sequence[NamedSource], at: date) -> tuple[dict[NamedSource, str], Gathered]:
    """The lines of every input, and its name among what decides the run: a snapshot's digest, ``file:`` and that of a file.

    A plain file is weighed as it lies: nothing is written. It must not change while it is read, nor before it is named; a
    snapshot, whose name is its digest, must still give it.
    """
    with ExitStack() as still:
        for one in files:
            if not is_snapshot(one.path):
                still.enter_context(left_alone(one.path, one.name or one.path.name))
        gathered = gather_all(con, files, at=at)
        read = [one for one, _ in gathered.arrivals]
        names = {one: checked(one.path).stem for one in files if is_snapshot(one.path)}
        names |= {one: f"file:{digest_of(one.path)}" for one in read}
    return dict(sorted(names.items(), key=lambda one: (one[1], one[0].name))), gathered


def _source(file: Path | str | NamedSource) -> NamedSource:
    """A file or snapshot whose source nobody named speaks under the names of its files."""
    return file if isinstance(file, NamedSource) else NamedSource(path=Path(file), name="")


def _decided(settled: Decisions, named: Sequence[tuple[str, str]]) -> str:
    """Names what was settled; decisions about sources mean nothing without the names of the sources."""
    if not (settled.same or settled.apart or settled.owners or settled.sources):
        return settled.digest
    return hashlib.sha256(json.dumps([settled.digest, named]).encode()).hexdigest()


def _lines(con: Engine, gathered: Gathered, weights: Weights, *, snapshots: bool) -> dict[str, int | None]:
    """Lines of devices accepted and doubtful, all told by the weighing; those rejected are the others of their file.

    A snapshot never had its rejected lines: with one among the inputs, they are not known (None).
    """
    kept = sum(int(one["lines"]) for one in weights.fates.values())
    doubtful = sum(int(one["doubtful"]) for one in weights.fates.values())
    told = {"accepted": kept - doubtful, "doubtful": doubtful}
    if snapshots:
        return {"rejected": None, **told}
    sheets = [sheet.raw.relation for _, one in gathered.arrivals for sheet in one.sheets if sheet.holds_devices]
    read = sum((con.execute(f"SELECT count(*) FROM {relation}").fetchone() or (0,))[0] for relation in sheets)
    return {"rejected": read - kept, **told}


def _say(progress: Progress | None, step: str) -> None:
    said(step)
    if progress:
        progress(step)
