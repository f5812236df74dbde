"""Models that have factors of their own, in an organisation's pack (modèles exacts)."""

from __future__ import annotations

from terreau.factors.records import Factor
from terreau.factors.shelves import Shelves
from terreau.kernel.text import normal


class Models:
    """Exact models of a factor set, found by their normal name, or by the same name without its maker."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        subjects = {subject for subject, _ in shelves.impacts} | {subject for _, subject in shelves.plain}
        self.names = frozenset(subject.removeprefix("model:") for subject in subjects if subject.startswith("model:"))
        self._compact: dict[str, str | None] = {}
        for name in sorted(self.names):
            for form in {_bare(name), _bare(name.partition(" ")[2])} - {""}:
                self._compact[form] = None if form in self._compact else name

    def find(self, model_key: str) -> tuple[str | None, str]:
        """The model of this name and its level: exact, alias (spelling or maker differ), or ``(None, "")``."""
        name = normal(model_key)
        if not name or not self.names:
            return None, ""
        if name in self.names:
            return name, "exact"
        for form in (_bare(name), _bare(name.partition(" ")[2])):
            # Four characters at least and one digit: "pro" or "x1" would name too many things.
            if len(form) >= 4 and any(c.isdigit() for c in form) and self._compact.get(form):
                return self._compact[form], "alias"
        return None, ""

    def factors(self, item: str, criterion_key: str, family: str) -> tuple[Factor, ...]:
        """The model's own stage factors; empty when its pack says nothing of the criterion."""
        name = item.partition("@")[0]
        return tuple(
            Factor(
                key=f"{name}:{criterion_key}", item_or_zone=item, criterion=criterion_key, stage=row.stage,
                unit=row.unit, value=row.value, own_range=row.own_range, family=family, method=row.method,
                source_key=row.sources[0], sources=row.sources, pack=pack.key, masked=row.masked,
                note=";".join(row.flags),
            )
            for pack, row in self._shelves.impacts.get((name, criterion_key), ())
        )  # fmt: skip

    def label(self, item: str) -> str:
        """The model's name as its pack writes it."""
        name = item.partition("@")[0].removeprefix("model:")
        return self._shelves.model_names.get(name, name)


def _bare(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
