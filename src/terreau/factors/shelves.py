"""The shelves of a factor set: every row of every pack, put where it will be asked for (rayonnages)."""

from __future__ import annotations

from terreau.factors.categories import category_name
from terreau.factors.items import Item
from terreau.factors.pack import Pack
from terreau.factors.records import Boundary
from terreau.factors.rows import Row
from terreau.kernel.errors import TerreauError
from terreau.kernel.text import normal

Placed = tuple[Pack, Row]


class Shelves:
    """Rows by what they answer; for one question, the first pack that speaks keeps the shelf."""

    def __init__(self, packs: tuple[Pack, ...]) -> None:
        self.items: dict[str, Item] = {}
        self.defaults: dict[str, str] = {}
        for pack in packs:
            for item in pack.items:
                self.items.setdefault(item.key, item)
                if item.default:
                    self.defaults.setdefault(item.category, item.key)
        self._names = self._item_names()
        self.impacts: dict[tuple[str, str], tuple[Placed, ...]] = {}
        self.mixes: dict[tuple[str, str], Placed] = {}
        self.plain: dict[tuple[str, str], Placed] = {}
        self.ranges: dict[str, Placed] = {}
        self._boundaries: dict[tuple[str, str], Placed] = {}
        self.model_names: dict[str, str] = {}
        for pack in packs:
            self._shelve(pack)

    def _shelve(self, pack: Pack) -> None:
        figures: dict[tuple[str, str], list[Placed]] = {}
        for row in pack.rows:
            placed = (pack, row)
            if row.kind == "impact":
                figures.setdefault((self.place(row.subject), row.criterion), []).append(placed)
            elif row.kind == "electricity":
                self.mixes.setdefault((row.subject, row.criterion), placed)
            elif row.kind == "range":
                self.ranges.setdefault(self.place(row.subject), placed)
            elif row.kind in ("boundary", "boundary_world", "population"):
                self._boundaries.setdefault((row.kind, row.criterion), placed)
            else:
                subject = row.subject if row.kind == "pue" else self.place(row.subject)
                self.plain.setdefault((row.kind, subject), placed)
        for question, answers in figures.items():
            _of_one_subject(pack, question[0], answers)
            self.impacts.setdefault(question, tuple(answers))

    def place(self, subject: str) -> str:
        """Where a subject belongs: a reference, an item by key or name, else a model by its exact name."""
        if "#" in subject or subject in self.items:
            return subject
        name = normal(subject)
        if name in self._names:
            return self._names[name]
        self.model_names.setdefault(name, subject)
        return f"model:{name}"

    def item_of(self, category: str | None, size_class: str | None, size_known: bool) -> tuple[str | None, str]:
        """The item of a category and size class, and how it was found (size, category, fallback, missing)."""
        if not category or category not in self.defaults:
            return None, "missing"
        wanted = f"{category}/{size_class}"
        if size_class and wanted in self.items:
            return wanted, "size" if size_known else "category"
        return self.defaults[category], "fallback" if size_class and size_known else "category"

    def label(self, category_or_item: str, language: str) -> str:
        """The name of an item, of a category, or of its usual item; the key itself when unknown."""
        wider = category_name(category_or_item, language)
        if wider:
            return wider
        item = self.items.get(self.defaults.get(category_or_item, category_or_item))
        return category_or_item if item is None else item.en if language == "en" else item.fr

    def boundary(self, criterion_key: str) -> Boundary | None:
        """The boundary of a criterion, with the world figure and the population it comes from."""
        share = self._boundaries.get(("boundary", criterion_key))
        world = self._boundaries.get(("boundary_world", criterion_key))
        people = self._boundaries.get(("population", ""))
        if not share or not world or not people:
            return None
        return Boundary(
            criterion=criterion_key, per_person=share[1].value.central, unit=share[1].unit,
            world=world[1].value.central, population=people[1].value.central, set_key="SALA2020",
            source_key=share[1].sources[0],
        )  # fmt: skip

    def _item_names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for key, item in self.items.items():
            for name in (item.fr, item.en):
                names.setdefault(normal(name), key)
        for category, key in self.defaults.items():
            for wider in (category, category_name(category, "fr"), category_name(category, "en")):
                names.setdefault(normal(wider or category), key)
        return names


def _of_one_subject(pack: Pack, place: str, answers: list[Placed]) -> None:
    """Two names of one item in one pack ("Laptop", "Ordinateur portable") would be added to each other."""
    subjects = sorted({row.subject for _, row in answers})
    if len(subjects) > 1:
        raise TerreauError("factors.two_names", pack=pack.key, first=subjects[0], second=subjects[1], item=place)
