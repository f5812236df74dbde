"""What a person corrected while reading a file (choix): kept as JSON, applied again at the next import.

Columns are named by their heading in its normal form, so that a correction survives columns that move. When several
columns bear one heading, the second is ``heading#2``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from terreau.kernel.text import normal

DATE_ORDERS = ("dmy", "mdy", "ymd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The corrections of one source; empty by default, which means "as understood".

    fields: heading -> field of the vocabulary, or "ignore"
    date_orders: heading -> "dmy", "mdy" or "ymd"
    fill_down: heading -> whether blank cells repeat the cell above (entity and site only)
    type_word: what every line without a type or model is ("écran"), '' when not said
    decimal, separator, encoding: '' lets the file speak
    header_line: line of the headings, 0 lets the file speak
    left_out: names of sheets not to read ("Feuil3", or "parc.xlsx › Feuil3")
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    date_orders: Mapping[str, str] = field(default_factory=dict)
    fill_down: Mapping[str, bool] = field(default_factory=dict)
    type_word: str = ""
    decimal: str = ""
    separator: str = ""
    encoding: str = ""
    header_line: int = 0
    left_out: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Only what was chosen, in a stable order; ``Choices.from_json`` reads it back."""
        chosen: dict[str, object] = {}
        for name in self.__slots__:
            value = getattr(self, name)
            if value:
                chosen[name] = dict(sorted(value.items())) if isinstance(value, Mapping) else value
        if self.left_out:
            chosen["left_out"] = sorted(self.left_out)
        return chosen

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Choices:
        """The choices kept as JSON; keys of another version are left aside."""
        known = {name: value for name, value in data.items() if name in cls.__slots__}
        if "left_out" in known:
            known["left_out"] = tuple(known["left_out"])  # type: ignore[arg-type]
        return cls(**known)  # type: ignore[arg-type]

    @property
    def digest(self) -> str:
        """Names these choices among all others."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()


AS_UNDERSTOOD = Choices()


def heading_keys(headers: Sequence[str]) -> tuple[str, ...]:
    """The key of each heading: its normal form, numbered from the second time it appears."""
    seen: dict[str, int] = {}
    keys = []
    for header in headers:
        base = normal(header)
        seen[base] = seen.get(base, 0) + 1
        keys.append(base if seen[base] == 1 else f"{base}#{seen[base]}")
    return tuple(keys)
