"""Which documents the unabridged WSG cites under each of its criteria: identifiers only, never a sentence.

Labels read: ``GPF … 4.10 …`` (the RGESN 2024 in English), ``GR491 - 7-3047 - …``, ``AFNOR Spec 5.1.1 & 5.1.2``,
``United Nations SDGS - Goal 12 - …``. A whole chapter ("9.1-7 … (Complete Chapter)") is expanded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from terreau.kernel.errors import TerreauError
from terreau.referentials.crosswalk import INTERSECT, TO_CONFIRM, Pair
from terreau.referentials.official import Careful, official_from, wsg_guidelines, wsg_keys
from terreau.referentials.official_json import plain, read_json

_GPF = re.compile(r"GPF - .*? - (\d{1,2})\.(\d{1,2})(?:-(\d{1,2}))? - ")
_GR491 = re.compile(r"GR491 - (\d{1,2}-\d{1,5}) - ")
_GR491_PAGE = re.compile(r"https://gr491\.isit-europe\.org/[a-z]{2}/crit\.php\?id=(\d{1,2}-\d{1,5})-")
_SPEC = re.compile(r"AFNOR Spec ((?:\d+\.\d+\.\d+(?: (?:&|and) )?)+)")
_SDG = re.compile(r"United Nations SDGS - Goal (\d{1,2}) - ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One WSG criterion and the identifiers cited under it, in order ("rgesn-2024:4.10", "gr491:7-3047")."""

    criterion: str
    identifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """What one WSG file cites; ``links`` gives the address of each identifier that has one of its own."""

    version: str
    cited: tuple[Cited, ...]
    links: dict[str, str]

    def identifiers(self, referential: str) -> tuple[str, ...]:
        """The distinct identifiers of one referential, in natural order."""
        found = {name for cited in self.cited for name in cited.identifiers if name.startswith(f"{referential}:")}
        return tuple(sorted(found, key=natural))


def read_wsg_citations(path: Path) -> Citations:
    """The citations of an unabridged WSG file; TerreauError when it is another file or cites nothing."""
    value = read_json(path)
    if official_from(value, path.name).referential != "wsg":
        raise TerreauError("referentials.official_unknown", where=path.name)
    cited, links = [], dict[str, str]()
    for _, guideline, slug in wsg_guidelines(Careful(path.name), value):
        keys = wsg_keys(slug, [plain(item["title"]) for item in guideline["criteria"]])
        for key, item in zip(keys, guideline["criteria"], strict=True):
            names: dict[str, None] = {}
            for label, address in _labels(item.get("resources")):
                found = tuple(identifiers_in(label, address))
                names.update(dict.fromkeys(found))
                if found and _GR491_PAGE.match(address):
                    links[found[0]] = address
            cited.append(Cited(criterion=f"wsg:{key}", identifiers=tuple(sorted(names, key=natural))))
    if not any(one.identifiers for one in cited):
        raise TerreauError("referentials.no_citation", where=path.name)
    return Citations(version=str(value["lastModified"])[:10], cited=tuple(cited), links=links)


def identifiers_in(label: str, address: str = "") -> Iterator[str]:
    """The identifiers a label of the WSG names; none for an ordinary link.

    The page of a GR491 criterion carries its number: where the label says another one, the page is right.
    """
    if found := _GPF.match(label):
        chapter, first, last = found.group(1), int(found.group(2)), int(found.group(3) or found.group(2))
        yield from (f"rgesn-2024:{chapter}.{number}" for number in range(first, last + 1))
    elif found := _GR491.match(label):
        page = _GR491_PAGE.match(address)
        yield f"gr491:{(page or found).group(1)}"
    elif found := _SDG.match(label):
        yield f"sdg:{found.group(1)}"
    elif found := _SPEC.match(label):
        yield from (f"afnor-spec-2201:{clause}" for clause in re.findall(r"\d+\.\d+\.\d+", found.group(1)))


def pairs_of(citations: Citations) -> tuple[Pair, ...]:
    """Pairs to confirm: a WSG criterion with what it cites, and identifiers of two documents cited together.

    ``times`` counts the WSG criteria that bring the pair. Two criteria of one document are no crosswalk.
    """
    counted: Counter[tuple[str, str]] = Counter()
    for one in citations.cited:
        for a, b in combinations(sorted((one.criterion, *one.identifiers), key=_rank), 2):
            if family(a) != family(b):
                counted[a, b] += 1
    return tuple(
        Pair(a=a, b=b, relation=INTERSECT, origin=f"wsg-{citations.version}", status=TO_CONFIRM, times=times)
        for (a, b), times in sorted(counted.items(), key=lambda item: (_rank(item[0][0]), _rank(item[0][1])))
    )


def family(identifier: str) -> str:
    """The document of an identifier: "gr491" of "gr491:7-3047"."""
    return identifier.rpartition(":")[0]


def natural(identifier: str) -> list[tuple[int, str]]:
    """Sorts 4.9 before 4.10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", identifier)]


_ORDER = ("rgesn-2024", "gr491", "afnor-spec-2201", "sdg", "wsg")


def _rank(identifier: str) -> tuple[int, list[tuple[int, str]]]:
    return _ORDER.index(family(identifier)), natural(identifier)


def _labels(resources: Any) -> Iterable[tuple[str, str]]:
    for group in resources if isinstance(resources, list) else ():
        for label, address in group.items() if isinstance(group, dict) else ():
            yield str(label), str(address)
