"""What people settled once for the organisation (décisions): this model is a laptop, this line is twelve tablets.

Decisions are stored apart from snapshots, survive re-imports and enter the run: two runs with other decisions have
other names.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from terreau.kernel.text import normal

Settled = tuple[str, str | None]
"""A public category key and a size class (None: the category's usual size)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """Everything settled by hand.

    models: ``model_name(maker, model)`` -> category and size
    types: normal form of a type word -> category and size, for lines whose model says nothing
    quantities: ``line_key`` of a line (see inventory.keys) -> number of devices [count]
    """

    models: Mapping[str, Settled] = field(default_factory=dict)
    types: Mapping[str, Settled] = field(default_factory=dict)
    quantities: Mapping[str, Decimal] = field(default_factory=dict)

    def with_model(self, maker: str, model: str, category: str, size_class: str | None = None) -> Decisions:
        """These decisions, and that ``model`` is a ``category``."""
        return Decisions(
            models={**self.models, model_name(maker, model): (category, size_class)},
            types=self.types,
            quantities=self.quantities,
        )

    def with_type(self, word: str, category: str, size_class: str | None = None) -> Decisions:
        """These decisions, and that the type word ``word`` means ``category``."""
        return Decisions(
            models=self.models,
            types={**self.types, normal(word): (category, size_class)},
            quantities=self.quantities,
        )

    def with_quantity(self, line_key: str, quantity: Decimal | int) -> Decisions:
        """These decisions, and that the line ``line_key`` is ``quantity`` devices [count]."""
        return Decisions(
            models=self.models,
            types=self.types,
            quantities={**self.quantities, line_key: Decimal(quantity)},
        )

    def as_json(self) -> dict[str, object]:
        """Plain values in a stable order; ``Decisions.from_json`` reads them back."""
        return {
            "models": {key: list(self.models[key]) for key in sorted(self.models)},
            "types": {key: list(self.types[key]) for key in sorted(self.types)},
            "quantities": {key: str(self.quantities[key]) for key in sorted(self.quantities)},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Mapping[str, object]]) -> Decisions:
        """The decisions kept as JSON."""
        return cls(
            models={key: _settled(value) for key, value in data.get("models", {}).items()},
            types={key: _settled(value) for key, value in data.get("types", {}).items()},
            quantities={key: Decimal(str(value)) for key, value in data.get("quantities", {}).items()},
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
