"""What a reconciliation says (rapprochement), as frozen records: plain values, ready for a page or for JSON.

A *key* names a line from one import to the next, source included (see ``handles``): it is what a decision quotes, and
it is opaque to whoever shows it. A key is '' when nothing identifies the line: no decision can then quote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from terreau.inventory.counting import Overlap
from terreau.inventory.reconciliation.comparing import Compared
from terreau.inventory.reconciliation.placing import RoomConflict
from terreau.inventory.reconciliation.seen import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCount:
    """One source: rows, virtual machines among them, devices it knows, and those it is alone to know [count].

    family: as in ``sources`` ; a source made only of virtual machines knows no device, and is listed all the same
    """

    name: str
    kind: str
    family: str
    rows: int
    devices: int
    alone: int
    virtual: int = 0

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """Plain values."""
        return {"name": self.name, "kind": self.kind, "family": self.family, "rows": self.rows,
                "devices": self.devices, "alone": self.alone, "virtual": self.virtual}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDevice:
    """One device of a list, with the values chosen for it.

    device: its number in the relation of the fleet ; key: names its line in a decision
    label: name, else inventory number, else serial ('' for a personal device without number)
    sources: which sources know it, in order ; lines: "file:line" of each of its rows, the one that counts first
    """

    device: int
    key: str
    label: str
    category: str
    model: str
    serial: str
    entity: str
    site: str
    quantity: Decimal
    fate: str
    last_seen_on: date | None
    sources: tuple[str, ...]
    lines: tuple[str, ...]

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """Plain values."""
        return {name: _plain(getattr(self, name)) for name in self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of devices: how many rows [count] and devices [count], the first rows, and the relation that holds all.

    relation: in the engine that made it; ``listing_rows`` reads it whole ; by_category: devices per category [count]
    """

    key: str
    count: int
    quantity: Decimal
    first: tuple[ListedDevice, ...]
    by_category: tuple[tuple[str, int], ...]
    relation: str

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """Plain values; only the first rows."""
        return {"key": self.key, "count": self.count, "quantity": _plain(self.quantity),
                "by_category": dict(self.by_category), "first": [one.as_json(language) for one in self.first]}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One field of one device of which sources say different things.

    said: (source, what it says) in the order of the sources ; chosen: what the fleet keeps ; key: of the line kept
    lesser: two ways of writing one thing (a machine-type code and the model it stands for, a maker's long name)
    """

    device: int
    key: str
    label: str
    field: str
    said: tuple[tuple[str, str], ...]
    chosen: str
    lesser: bool

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """Plain values."""
        return {"device": self.device, "key": self.key, "label": self.label, "field": self.field,
                "said": [{"source": source, "value": value} for source, value in self.said],
                "chosen": self.chosen, "lesser": self.lesser}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDisagreements:
    """Devices of which sources say different things in one field [count], lesser ones apart; a few examples of each."""

    field: str
    count: int
    lesser: int
    examples: tuple[Disagreement, ...]

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """Plain values."""
        return {"field": self.field, "count": self.count, "lesser": self.lesser,
                "examples": [one.as_json(language) for one in self.examples]}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two devices about which a person may decide: ``Decisions.with_same(*keys)`` or ``.with_apart(*keys)``.

    why: "name_and_site" or "name" (the same name, one of them without site: joined only if a person says so),
    "other_maker" (one serial, two makers or two kinds of device: kept apart unless a person says otherwise)
    value: what they share ; weight: order of magnitude that ranks the questions, no unit, never a figure
    """

    why: str
    value: str
    keys: tuple[str, str]
    first: ListedDevice
    second: ListedDevice
    weight: float

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """Plain values."""
        return {"why": self.why, "value": self.value, "keys": list(self.keys), "weight": self.weight,
                "first": self.first.as_json(language), "second": self.second.as_json(language)}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One of the few decisions that matter most.

    kind: "same" (a pair to join), "apart" (a pair kept apart), "gone_but_seen" (left according to the inventory, seen
    since), "personal_but_listed" (in the inventory, somebody's own to the tool that sees it: the key of its disagreement is
    what ``Decisions.with_owner`` quotes), "category" (sources make two
    kinds of device of it) ; pair for the first two, disagreement for the others
    """

    kind: str
    weight: float
    pair: Pair | None = None
    disagreement: Disagreement | None = None

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """Plain values."""
        return {"kind": self.kind, "weight": self.weight,
                "pair": self.pair.as_json(language) if self.pair else None,
                "disagreement": self.disagreement.as_json(language) if self.disagreement else None}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Several sources as one fleet.

    rows: lines of all sources [count]; devices: rows that are not merged into another nor virtual [count];
      rows == devices + merged + virtual == the rows of all ``sources`` ; fates: devices per fate [count]
    shared: number of sources -> devices known by that many [count] ; overlaps: per pair of sheets, and by which key
    disagreements: per field, the most frequent first ; pairs: to confirm or to mend, the heaviest first (``all_pairs``
      of them in all [count]) ; unknown_to_inventory: seen by a tool, in no inventory (personal ones and those that a
      question may join apart: ``unknown_personal``, ``unknown_in_question``) ; not_seen_90_days: counted, in an
      inventory, not seen since, or never by a tool that covers its category (``covered``) ; personal: set apart ;
      personal_in_question: those of them that are in the inventory, and nobody said whose they are
    rooms: machine rooms described twice otherwise ; rooms_unknown: named by devices, described nowhere ; seen: where the engine keeps it all (``listing_rows``, ``lineage``)
    compared: where it keeps what the sources say of each device (``disagreement_rows``), None when no device has two rows
    """

    at: date
    sources: tuple[SourceCount, ...]
    rows: int
    devices: int
    merged: int
    virtual: int
    fates: dict[str, int]
    shared: dict[int, int]
    overlaps: tuple[Overlap, ...]
    disagreements: tuple[FieldDisagreements, ...]
    pairs: tuple[Pair, ...]
    all_pairs: int
    unknown_to_inventory: Listing
    unknown_personal: Listing
    unknown_in_question: Listing
    not_seen_90_days: Listing
    personal: Listing
    personal_in_question: Listing
    covered: tuple[str, ...]
    to_decide: tuple[Question, ...]
    rooms: tuple[RoomConflict, ...]
    rooms_unknown: tuple[str, ...]
    seen: Seen
    compared: Compared | None

    @property
    def listings(self) -> tuple[Listing, ...]:
        """Every list of devices."""
        return (self.unknown_to_inventory, self.unknown_personal, self.unknown_in_question, self.not_seen_90_days,
                self.personal, self.personal_in_question)  # fmt: skip

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """The public shape of ``terreau inventory reconcile --json``."""
        return {
            "at": self.at.isoformat(), "sources": [one.as_json(language) for one in self.sources],
            "rows": self.rows, "devices": self.devices, "merged": self.merged, "virtual": self.virtual,
            "fates": self.fates, "shared": {str(number): count for number, count in self.shared.items()},
            "overlaps": [one.as_json() for one in self.overlaps],
            "disagreements": [one.as_json(language) for one in self.disagreements],
            "pairs": [one.as_json(language) for one in self.pairs], "all_pairs": self.all_pairs,
            **{one.key: one.as_json(language) for one in self.listings},
            "covered": list(self.covered), "to_decide": [one.as_json(language) for one in self.to_decide],
            "rooms": [one.as_json(language) for one in self.rooms], "rooms_unknown": list(self.rooms_unknown),
        }  # fmt: skip


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
