"""What people settled once for the organisation (décisions): this model is a laptop, this line is twelve tablets.

Decisions are stored apart from snapshots, survive re-imports and enter the run: two runs with other decisions have
other names.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, cast

from terreau.kernel.text import normal

Settled = tuple[str, str | None]
"""A public category key and a size class (None: the category's usual size)."""

Pair = tuple[str, str]
"""Two line keys, in alphabetical order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """Everything settled by hand.

    models: ``model_name(maker, model)`` -> category and size
    types: normal form of a type word -> category and size, for lines whose model says nothing
    quantities: ``line_key`` of a line (see inventory.keys) -> number of devices [count]
    same, apart: pairs of line keys (see inventory.reconciliation.handles) that are one device, that are not
    owners: line key (as those of pairs) -> whose the device is, "org" or "personal", whatever its sources say
    sources: names of sources, the one to believe first first
    """

    models: Mapping[str, Settled] = field(default_factory=dict)
    types: Mapping[str, Settled] = field(default_factory=dict)
    quantities: Mapping[str, Decimal] = field(default_factory=dict)
    same: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    owners: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()

    def with_model(self, maker: str, model: str, category: str, size_class: str | None = None) -> Decisions:
        """These decisions, and that ``model`` is a ``category``."""
        return replace(self, models={**self.models, model_name(maker, model): (category, size_class)})

    def with_type(self, word: str, category: str, size_class: str | None = None) -> Decisions:
        """These decisions, and that the type word ``word`` means ``category``."""
        return replace(self, types={**self.types, normal(word): (category, size_class)})

    def with_quantity(self, line_key: str, quantity: Decimal | int) -> Decisions:
        """These decisions, and that the line ``line_key`` is ``quantity`` devices [count]."""
        return replace(self, quantities={**self.quantities, line_key: Decimal(quantity)})

    def with_same(self, first: str, second: str) -> Decisions:
        """These decisions, and that two line keys are one device; the opposite is forgotten."""
        pair = _pair(first, second)
        return replace(self, same=self.same | {pair}, apart=self.apart - {pair})

    def with_apart(self, first: str, second: str) -> Decisions:
        """These decisions, and that two line keys are two devices; the opposite is forgotten."""
        pair = _pair(first, second)
        return replace(self, apart=self.apart | {pair}, same=self.same - {pair})

    def with_owner(self, line_key: str, owner: str) -> Decisions:
        """These decisions, and that the device of ``line_key`` is the organisation's ("org") or a person's ("personal")."""
        return replace(self, owners={**self.owners, line_key: owner})

    def with_sources(self, *names: str) -> Decisions:
        """These decisions, and the order in which sources are believed; those not named come after."""
        return replace(self, sources=tuple(dict.fromkeys(names)))

    def as_json(self) -> dict[str, object]:
        """Plain values in a stable order; ``Decisions.from_json`` reads them back.

        What nobody decided about sources or owners is left out, so that older decisions keep their name.
        """
        told: dict[str, object] = {
            "models": {key: list(self.models[key]) for key in sorted(self.models)},
            "types": {key: list(self.types[key]) for key in sorted(self.types)},
            "quantities": {key: str(self.quantities[key]) for key in sorted(self.quantities)},
        }
        pairs = {"same": self.same, "apart": self.apart}
        told |= {name: [list(pair) for pair in sorted(some)] for name, some in pairs.items() if some}
        if self.owners:
            told["owners"] = {key: self.owners[key] for key in sorted(self.owners)}
        return told | ({"sources": list(self.sources)} if self.sources else {})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Decisions:
        """The decisions kept as JSON."""
        return cls(
            models={key: _settled(value) for key, value in data.get("models", {}).items()},
            types={key: _settled(value) for key, value in data.get("types", {}).items()},
            quantities={key: Decimal(str(value)) for key, value in data.get("quantities", {}).items()},
            same=frozenset(_pair(*pair) for pair in data.get("same", ())),
            apart=frozenset(_pair(*pair) for pair in data.get("apart", ())),
            owners={str(key): str(owner) for key, owner in data.get("owners", {}).items()},
            sources=tuple(data.get("sources", ())),
        )

    @property
    def digest(self) -> str:
        """Names these decisions: it enters the name of the run."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()


NONE = Decisions()


def model_name(maker: str | None, model: str | None) -> str:
    """The name under which a model is settled: ``dell latitude 5540``."""
    return normal(f"{maker or ''} {model or ''}")


def _settled(value: object) -> Settled:
    category, size_class = cast("tuple[str, str | None]", value)
    return category, size_class


def _pair(first: str, second: str) -> Pair:
    return (first, second) if first <= second else (second, first)
