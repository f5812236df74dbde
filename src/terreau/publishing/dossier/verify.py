"""Is this dossier still what was made? Every file, every link from criterion to file, every table against the others.

Verifying finds what was changed, lost or added after the making. Who made it is another question: compare the digest of the
manifest, or of the freeze, with the one you were given by another way.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from terreau.diagnosis.records import AssessmentRecord
from terreau.kernel import canonical
from terreau.kernel.errors import TerreauError, Words, words_of
from terreau.publishing.dossier import manifest, names
from terreau.publishing.dossier.reading import Received, digest_of, received, text_of

Tell = Callable[[str, int, int], object]
UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not as it was made. path: of the file, '' for the whole."""

    code: str
    path: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    def words(self, language: str = "fr") -> Words:
        """What, why and remedy."""
        return words_of(f"publishing.{self.code}", {"path": self.path, **self.facts}, language)


def verify(path: Path, tell: Tell | None = None) -> tuple[Difference, ...]:
    """Every difference of the dossier at ``path`` (folder or zip), none when it is whole.

    TerreauError publishing.no_dossier when there is no dossier there at all.
    """
    with received(path) as found:
        if manifest.MANIFEST not in found.sizes():
            raise TerreauError("publishing.no_dossier", path=str(path), reason=manifest.MANIFEST)
        return tuple(_differences(found, tell or (lambda *_: None)))


def contents(path: Path) -> tuple[str, dict[str, Any]]:
    """SHA-256 of the manifest of the dossier at ``path``, the number to compare with the one quoted, and what it says."""
    with received(path) as found:
        if manifest.MANIFEST not in found.sizes():
            raise TerreauError("publishing.no_dossier", path=str(path), reason=manifest.MANIFEST)
        try:
            content = text_of(found, manifest.MANIFEST)
            return hashlib.sha256(content).hexdigest(), _manifest(content)
        except (*UNREADABLE, ValueError, KeyError, TypeError, RecursionError) as trouble:
            raise TerreauError("publishing.no_dossier", path=str(path), reason=str(trouble)[:200]) from trouble


def _differences(found: Received, tell: Tell) -> Iterator[Difference]:
    for path, sort in found.strange:
        yield Difference(code="strange_entry", path=path, facts={"sort": sort})
    try:
        told = _manifest(text_of(found, manifest.MANIFEST))
    except (*UNREADABLE, ValueError, KeyError, TypeError, RecursionError) as trouble:
        yield Difference(code="manifest_unreadable", path=manifest.MANIFEST, facts={"reason": str(trouble)[:200]})
        return
    yield from _sealed(found, told)
    yield from _files(found, told, tell)
    yield from _tables(found, told)
    yield from _frozen(found, told)


def _manifest(content: bytes) -> dict[str, Any]:
    told = json.loads(content)
    if not isinstance(told, dict) or told.get("layout") != manifest.LAYOUT:
        raise ValueError("layout")
    for one in (*told["files"], *told["aside"], *told["links"]):
        if not isinstance(one, dict):
            raise ValueError("files")
    for one in told["files"]:
        if not (
            isinstance(one["path"], str)
            and isinstance(one["sha256"], str)
            and type(one["size"]) is int
            and one["size"] >= 0
        ):
            raise ValueError("files")
    if not isinstance(told["freeze"], dict) or not isinstance(told["criteria"], list):
        raise ValueError("freeze")
    return told


def _sealed(found: Received, told: dict[str, Any]) -> Iterator[Difference]:
    """The manifest has the digest written beside it; dossiers made before there was a seal name none."""
    if manifest.SEAL not in found.sizes():
        if "seal" in told:
            yield Difference(code="file_missing", path=manifest.SEAL)
        return
    made = hashlib.sha256(text_of(found, manifest.MANIFEST)).hexdigest()
    try:
        sealed = text_of(found, manifest.SEAL)
    except (*UNREADABLE, ValueError) as trouble:
        yield Difference(code="file_unreadable", path=manifest.SEAL, facts={"reason": str(trouble)[:200]})
        return
    if sealed != manifest.seal(made):
        expected = sealed[:16].decode("ascii", "replace")
        yield Difference(code="file_changed", path=manifest.MANIFEST, facts={"expected": expected, "found": made[:16]})


def _files(found: Received, told: dict[str, Any], tell: Tell) -> Iterator[Difference]:
    sizes, listed = found.sizes(), set()
    for done, one in enumerate(told["files"]):
        tell("verify", done, len(told["files"]))
        path = one["path"]
        if path in listed or not names.lawful(path):
            yield Difference(code="path_unlawful", path=path[:300])
            continue
        listed.add(path)
        if path not in sizes:
            yield Difference(code="file_missing", path=path)
            continue
        yield from _bytes(found, path, one)
    for path in sorted(set(sizes) - listed - {manifest.MANIFEST, manifest.SEAL}):
        yield Difference(code="file_added", path=path)


def _bytes(found: Received, path: str, one: Mapping[str, Any]) -> Iterator[Difference]:
    try:
        sha256, size = digest_of(found, path, one["size"])
    except UNREADABLE as trouble:
        yield Difference(code="file_unreadable", path=path, facts={"reason": str(trouble)[:200]})
        return
    if sha256 != one["sha256"] or size != one["size"]:
        yield Difference(code="file_changed", path=path, facts={"expected": one["sha256"][:16], "found": sha256[:16]})


def _tables(found: Received, told: dict[str, Any]) -> Iterator[Difference]:
    """The tables say what the manifest says: one cannot be rewritten without the other."""
    before = {**told, "files": [one for one in told["files"] if one["path"] != manifest.TABLE]}
    for path, content in ((manifest.TABLE, before), (manifest.LINKS, told)):
        if path not in found.sizes():
            continue
        try:
            expected = manifest.table(content) if path == manifest.TABLE else manifest.links(content)
            same = expected == text_of(found, path)
        except (*UNREADABLE, ValueError, KeyError, TypeError, AttributeError, IndexError):
            same = False
        if not same:
            yield Difference(code="table_disagrees", path=path)


def _frozen(found: Received, told: dict[str, Any]) -> Iterator[Difference]:
    if manifest.FROZEN not in found.sizes():
        return
    try:
        record = AssessmentRecord.from_json(json.loads(text_of(found, manifest.FROZEN)))
    except (*UNREADABLE, ValueError, TypeError, AttributeError, RecursionError, TerreauError) as trouble:
        yield Difference(code="frozen_unreadable", path=manifest.FROZEN, facts={"reason": str(trouble)[:200]})
        return
    freeze = told["freeze"]
    expected = freeze.get("told_sha256") if freeze.get("shorn") else freeze.get("sha256")
    if record.digest != expected:
        yield Difference(
            code="frozen_changed",
            path=manifest.FROZEN,
            facts={"expected": str(expected)[:16], "found": record.digest[:16]},
        )
    elif freeze.get("digest") and not freeze.get("shorn") and manifest.EDITION in found.sizes():
        yield from _freeze(found, str(freeze["digest"]))
    yield from _links(record, told)


def _freeze(found: Received, expected: str) -> Iterator[Difference]:
    """The digest of the freeze is over the record and its edition, each preceded by its length in characters."""
    try:
        held, edition = (text_of(found, path).decode() for path in (manifest.FROZEN, manifest.EDITION))
    except (*UNREADABLE, ValueError) as trouble:
        yield Difference(code="frozen_unreadable", path=manifest.EDITION, facts={"reason": str(trouble)[:200]})
        return
    made = canonical.digest_of(held, edition)
    if made != expected:
        yield Difference(
            code="frozen_changed", path=manifest.EDITION, facts={"expected": expected[:16], "found": made[:16]}
        )


Place = tuple[str, str, str, str]  # evidence, criterion, facet, locator


def _links(record: AssessmentRecord, told: dict[str, Any]) -> Iterator[Difference]:
    """From each criterion to its pieces and back."""
    try:
        listed = {
            _place(one)
            for each in (*told["files"], *told["aside"])
            for one in each.get("serves", [])
            if one["criterion"]
        }
        held = {one["key"] for each in (*told["files"], *told["aside"]) for one in each.get("evidence", [])}
        kept = {one["key"]: each["sha256"] for each in told["files"] for one in each.get("evidence", [])}
    except (KeyError, TypeError, AttributeError):
        yield Difference(code="manifest_unreadable", path=manifest.MANIFEST, facts={"reason": "serves"})
        return
    asked = {(link.evidence, key, link.facet, link.locator) for key, one in record.answers.items() for link in one.links
             if link.evidence in record.evidence}  # fmt: skip
    # An answer to what this variant does not ask has no sheet: its links are in the frozen record alone.
    sheets = frozenset(str(one) for one in told["criteria"])
    for evidence, criterion, _, _ in sorted(listed - asked):
        yield Difference(code="link_added", facts={"evidence": evidence, "criterion": criterion})
    for evidence, criterion, _, _ in sorted(asked - listed):
        if criterion in sheets:
            yield Difference(code="link_lost", facts={"evidence": evidence, "criterion": criterion})
    for key in sorted(set(record.evidence) ^ held):
        yield Difference(code="evidence_unplaced", facts={"evidence": key})
    for key, sha256 in sorted(kept.items()):
        if key in record.evidence and record.evidence[key].sha256 != sha256:
            yield Difference(code="evidence_replaced", facts={"evidence": record.evidence[key].title, "criterion": key})


def _place(one: Mapping[str, Any]) -> Place:
    return (str(one["evidence"]), str(one["criterion"]), str(one["facet"]), str(one["locator"]))
