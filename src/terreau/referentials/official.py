"""The official texts as their publishers give them in JSON: read as they are, kept apart from our wording.

Layouts: RGESN 2024 and version 1 (DINUM), RGAA 4.1 criteria, methods and glossary (DINUM), WSG short and
unabridged (W3C). Each is recognised by its shape, never by its file name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from terreau.kernel.errors import TerreauError
from terreau.referentials.official_json import flat, plain, plain_html, read_json

CRITERIA, METHODS, GLOSSARY = "criteria", "methods", "glossary"
ETALAB, W3C = "Licence Ouverte 2.0 (Etalab)", "W3C Software and Document License"
_NUMBER = re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})?")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,119}")
MOST_ENTRIES = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialEntry:
    """The official words on one criterion (or test, or glossary term); an absent part is empty."""

    number: str
    question: str
    goal: str = ""
    how: str = ""
    check: str = ""
    extra: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialText:
    """One official file. ``part``: criteria, methods or glossary; ``language`` of its words; ``changed_on`` as it says."""

    referential: str
    part: str
    version: str
    title: str
    publisher: str
    licence: str
    language: str
    entries: dict[str, OfficialEntry] = field(hash=False)
    changed_on: str = ""

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON values; ``official_from_json`` reads it back."""
        return asdict(self)


def official_from_json(value: Mapping[str, Any]) -> OfficialText:
    """What ``OfficialText.as_json`` gave."""
    entries = {number: OfficialEntry(**entry) for number, entry in value["entries"].items()}
    return OfficialText(**{**value, "entries": entries})


def read_official(path: Path) -> OfficialText:
    """The official text a JSON file holds; TerreauError referentials.official_unknown or official_faulty."""
    return official_from(read_json(path), path.name)


def official_from(value: Any, where: str) -> OfficialText:
    """The official text of a JSON value, recognised by its shape."""
    for recognised, read in _LAYOUTS:
        if recognised(value):
            text = read(Careful(where), value)
            if not 0 < len(text.entries) <= MOST_ENTRIES:
                raise TerreauError(
                    "referentials.official_faulty", where=where, place="", reason=f"{len(text.entries)} entries"
                )
            return text
    raise TerreauError("referentials.official_unknown", where=where)


class Careful:
    """Takes fields of the expected kind, or says which entry lacks which field."""

    def __init__(self, where: str) -> None:
        self.where = where

    def refuse(self, place: object, reason: str) -> TerreauError:
        """The refusal of one place."""
        return TerreauError("referentials.official_faulty", where=self.where, place=str(place)[:80], reason=reason[:80])

    def text(self, holder: Any, name: str, place: object) -> str:
        """The text field ``name``."""
        value = holder.get(name) if isinstance(holder, dict) else None
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(place, name)
        return value

    def items(self, holder: Any, name: str, place: object) -> list[Any]:
        """The list field ``name``."""
        value = holder.get(name) if isinstance(holder, dict) else None
        if not isinstance(value, list) or not value:
            raise self.refuse(place, name)
        return value

    def number(self, value: Any, place: object, shape: re.Pattern[str] = _NUMBER) -> str:
        """A number such as 4.10, or a slug."""
        if not isinstance(value, str) or not shape.fullmatch(value):
            raise self.refuse(place, f"number {value!r}")
        return value

    def keep(self, entries: dict[str, OfficialEntry], entry: OfficialEntry) -> None:
        """Add an entry; the same number twice is a refusal."""
        if entry.number in entries:
            raise self.refuse(entry.number, "twice")
        entries[entry.number] = entry


_RGESN = ("numero", "thematique", "critere", "difficulte", "priorite", "cible", "metiers", "objectif",
          "miseEnOeuvre", "controle")  # fmt: skip


def _is_rgesn(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict) and {*_RGESN} <= {*value[0]}


def _rgesn(careful: Careful, value: list[Any]) -> OfficialText:
    entries: dict[str, OfficialEntry] = {}
    for rank, item in enumerate(value, 1):
        told = {name: plain(careful.text(item, name, f"entry {rank}")) for name in _RGESN}
        entry = OfficialEntry(
            number=careful.number(told["numero"], rank),
            question=told["critere"],
            goal=told["objectif"],
            how=told["miseEnOeuvre"],
            check=told["controle"],
            extra={name: told[name] for name in ("thematique", "difficulte", "priorite", "cible", "metiers")},
        )
        careful.keep(entries, entry)
    return OfficialText(
        referential="rgesn-2024",
        part=CRITERIA,
        version="2024",
        title="Référentiel général d’écoconception de services numériques",
        publisher="Arcep, Arcom, ADEME, DINUM, CNIL, Inria",
        licence=ETALAB,
        language="fr",
        entries=entries,
    )


def _is_rgesn_1(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("criteres"), list):
        return False
    return all(isinstance(item, dict) and {"id", "critere", "thematique"} <= {*item} for item in value["criteres"])


def _rgesn_1(careful: Careful, value: dict[str, Any]) -> OfficialText:
    entries: dict[str, OfficialEntry] = {}
    for rank, item in enumerate(careful.items(value, "criteres", ""), 1):
        link = item.get("url")
        careful.keep(
            entries,
            OfficialEntry(
                number=careful.number(item["id"], rank),
                question=plain(careful.text(item, "critere", rank)),
                extra={
                    "thematique": plain(careful.text(item, "thematique", rank)),
                    **({"url": link} if isinstance(link, str) and link.startswith("https://") else {}),
                },
            ),
        )
    return OfficialText(
        referential="rgesn-2022",
        part=CRITERIA,
        version="1",
        title=plain_html(careful.text(value, "title", "")),
        publisher="DINUM, MTE, ADEME, INR",
        licence=ETALAB,
        language="fr",
        entries=entries,
        changed_on=str(value.get("updated_at", ""))[:10],
    )


def _is_rgaa(value: Any) -> bool:
    return isinstance(value, dict) and {"wcag", "topics"} <= {*value}


def _rgaa(careful: Careful, value: dict[str, Any]) -> OfficialText:
    entries: dict[str, OfficialEntry] = {}
    for topic in careful.items(value, "topics", ""):
        theme = plain(careful.text(topic, "topic", "topics"))
        for holder in careful.items(topic, "criteria", theme):
            item = holder.get("criterium") if isinstance(holder, dict) else None
            if not isinstance(item, dict):
                raise careful.refuse(theme, "criterium")
            number = careful.number(f"{topic.get('number')}.{item.get('number')}", theme)
            careful.keep(entries, _rgaa_entry(careful, item, number, theme))
    return _rgaa_text(CRITERIA, entries)


def _rgaa_entry(careful: Careful, item: dict[str, Any], number: str, theme: str) -> OfficialEntry:
    tests = item.get("tests")
    if not isinstance(tests, dict) or not tests:
        raise careful.refuse(number, "tests")
    cited: dict[str, str] = {}
    for reference in careful.items(item, "references", number):
        for name, told in reference.items() if isinstance(reference, dict) else ():
            cited[str(name)] = ", ".join(flat(told))
    notes = {name: plain("\n".join(flat(item.get(name)))) for name in ("particularCases", "technicalNote")}
    return OfficialEntry(
        number=number,
        question=plain(careful.text(item, "title", number)),
        check="\n".join(f"{number}.{rank} {plain(chr(10).join(flat(told)))}" for rank, told in tests.items()),
        extra={"theme": theme, **cited, **{name: told for name, told in notes.items() if told}},
    )


def _is_methods(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(_NUMBER.fullmatch(str(name)) for name in value)


def _methods(careful: Careful, value: dict[str, Any]) -> OfficialText:
    entries: dict[str, OfficialEntry] = {}
    for number in value:
        told = plain(careful.text(value, number, number))
        careful.keep(entries, OfficialEntry(number=number, question=number, check=told))
    return _rgaa_text(METHODS, entries)


def _is_glossary(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("glossary"), list)


def _glossary(careful: Careful, value: dict[str, Any]) -> OfficialText:
    entries: dict[str, OfficialEntry] = {}
    for rank, item in enumerate(careful.items(value, "glossary", ""), 1):
        title = plain_html(careful.text(item, "title", rank))
        careful.keep(
            entries, OfficialEntry(number=title, question=title, goal=plain_html(careful.text(item, "body", title)))
        )
    return _rgaa_text(GLOSSARY, entries)


def _rgaa_text(part: str, entries: dict[str, OfficialEntry]) -> OfficialText:
    return OfficialText(
        referential="rgaa-4.1",
        part=part,
        version="4.1",
        title="Référentiel général d’amélioration de l’accessibilité",
        publisher="DINUM",
        licence=ETALAB,
        language="fr",
        entries=entries,
    )


def _is_wsg(value: Any) -> bool:
    """The guidelines file of the W3C, short or unabridged (the STAR techniques have another shape)."""
    if not isinstance(value, dict) or not isinstance(value.get("category"), list) or "lastModified" not in value:
        return False
    return any(isinstance(category, dict) and category.get("guidelines") for category in value["category"])


def _wsg(careful: Careful, value: dict[str, Any]) -> OfficialText:
    entries: dict[str, OfficialEntry] = {}
    for category, guideline, slug in wsg_guidelines(careful, value):
        items = careful.items(guideline, "criteria", slug)
        titles = [plain(careful.text(item, "title", slug)) for item in items]
        shared = {
            "category": plain(careful.text(category, "name", "category")),
            "guideline": plain(careful.text(guideline, "guideline", slug)),
            "id": slug,
            "tags": ", ".join(flat(guideline.get("tags"))),
        }
        for number, title, item in zip(wsg_keys(slug, titles), titles, items, strict=True):
            goal = plain(careful.text(guideline, "subheading", slug))
            how = plain(careful.text(item, "description", title))
            careful.keep(entries, OfficialEntry(number=number, question=title, goal=goal, how=how, extra=shared))
    changed = careful.text(value, "lastModified", "")[:10]
    return OfficialText(
        referential="wsg",
        part=CRITERIA,
        version=changed,
        title=f"{careful.text(value, 'title', '')} ({careful.text(value, 'edition', '')})",
        publisher="W3C Sustainable Web Interest Group",
        licence=W3C,
        language="en",
        entries=entries,
        changed_on=changed,
    )


def wsg_guidelines(careful: Careful, value: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any], str]]:
    """Each (category, guideline, slug) of a WSG file."""
    for category in careful.items(value, "category", ""):
        if not isinstance(category, dict) or "guidelines" not in category:
            continue  # the introduction has none
        for guideline in careful.items(category, "guidelines", category.get("name")):
            named = guideline.get("id") if isinstance(guideline, dict) else None
            yield category, guideline, careful.number(named, "category", _SLUG)


def wsg_keys(guideline: str, titles: Sequence[str]) -> list[str]:
    """Keys of the criteria of one guideline, from its slug and their titles: numbers have left the WSG."""
    keys: list[str] = []
    for title in titles:
        slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
        key = f"{guideline[:45].rstrip('-')}.{slug[:30].rstrip('-')}"
        again = sum(1 for known in keys if known == key or known.startswith(f"{key}-bis"))
        keys.append(f"{key}-bis{again}" if again else key)
    return keys


_LAYOUTS: tuple[tuple[Callable[[Any], bool], Callable[[Careful, Any], OfficialText]], ...] = (
    (_is_rgesn, _rgesn),
    (_is_rgesn_1, _rgesn_1),
    (_is_rgaa, _rgaa),
    (_is_wsg, _wsg),
    (_is_glossary, _glossary),
    (_is_methods, _methods),
)
