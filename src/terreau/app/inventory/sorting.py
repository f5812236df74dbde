"""Files dropped together, sorted by tool (tri): each tool is a source of its own, new or already known.

Nothing is decided in silence: every source proposed here is shown, with its reason, before anything is kept.
"""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from terreau.app.home import organisation_folder
from terreau.app.inventory import arrivals, kinds
from terreau.app.inventory.models import Draft, Source
from terreau.app.journal import door as journal
from terreau.app.keeping.whole import new_folder
from terreau.kernel.text import normal

ANY = "spreadsheet"
# Exports recognised by their headings: the name their publishers give them.
TOOLS = {
    "glpi": "GLPI", "g4it": "G4IT", "g4it-datacentre": "G4IT (datacenter)",
    "g4it-virtuel": "G4IT (equipementVirtuel)", "intune": "Microsoft Intune", "jamf": "Jamf Pro", "lansweeper": "Lansweeper",
    "ocs": "OCS Inventory", "rvtools-vhost": "RVTools (vHost)", "rvtools-vinfo": "RVTools (vInfo)",
    "sccm": "Microsoft Configuration Manager", "snipeit": "Snipe-IT", "snipeit-importer": "Snipe-IT",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """The files of one drop that come from one tool. files: [{"name", "stored", "sha256"}]; source: the known one they continue."""

    profile: str
    kind: str
    files: tuple[Mapping[str, str], ...]
    source: Source | None

    @property
    def name(self) -> str:
        """What the source would be called: the tool and what its list holds, else the file."""
        if self.profile == ANY:
            return _stem(self.files[0]["name"]).replace("_", " ")[:110] or gettext("Inventaire")
        return ", ".join(filter(None, (tool_name(self.profile), _kind(self.kind))))


def tool_name(profile: str) -> str:
    """The tool an export comes from, as people call it; a connector without a name here gives its own."""
    from terreau.inventory.connectors import connectors

    known = connectors()
    return TOOLS.get(profile) or str(known.get(profile, known[ANY]).LABEL[kinds.language()])


def begin(organisation: Any, actor: Any, answers: Mapping[str, Any]) -> list[Draft]:
    """Store the files of ``answers``, recognise the tool of each, and open one import per tool; read none of them yet."""
    from terreau.app.inventory import confinement

    drop = uuid.uuid4()
    with new_folder(organisation_folder(organisation.pk, "files"), ".drop-") as waiting:
        files = [arrivals.store(waiting, rank, upload) for rank, upload in enumerate(answers["files"], start=1)]
        known = confinement.recognise(folder=waiting, files=[(one["stored"], one["name"]) for one in files])
        piles = _piles(organisation, ({**one, **tool} for one, tool in zip(files, known, strict=True)))
        with transaction.atomic():
            return [_open(organisation, actor, answers, pile, drop, waiting) for pile in piles]


def of_drop(organisation: Any, drop: Any) -> list[Draft]:
    """The imports of one drop still waiting, in the order of their sources."""
    waiting = Draft.objects.of(organisation).filter(drop=drop).select_related("source", "organisation")
    return sorted(waiting, key=lambda one: (one.source.name, str(one.pk)))


def place(draft: Draft, actor: Any, *, source: Source | None, name: str) -> bool:
    """Put this import in ``source``, or in a new source called ``name``; True when it must be read again.

    A new source whose name alone changes is renamed: what was read stays good.
    """
    before = draft.source
    fresh = not before.snapshots.exists()
    if (source is None and fresh and name in ("", before.name)) or (source is not None and source.pk == before.pk):
        return False
    if source is None and fresh and before.drafts.count() == 1:
        before.name = free_name(draft.organisation, name, but=before)
        before.save(update_fields=["name"])
        return False
    with transaction.atomic():
        draft.source = source or _new_source(draft.organisation, name or before.name)
        draft.choices = draft.source.choices
        draft.save(update_fields=["source", "choices"])
        facts = {"source": draft.source.name, "files": arrivals.names_of(draft)}
        journal.record(draft.organisation, actor, "inventory.draft_opened", facts)
        if not before.snapshots.exists() and not before.drafts.exists():
            before.delete()
    return True


def join(first: Draft, second: Draft) -> None:
    """Two imports of one drop that go to the same source become one; it must be read again."""
    here, there = arrivals.folder_of(second), arrivals.folder_of(first)
    for one in second.files:  # names of ours, never twice the same in one drop; copied: cut here, nothing is lost
        shutil.copyfile(here / one["stored"], there / one["stored"])
    with transaction.atomic():
        first.files = [*first.files, *second.files]
        first.save(update_fields=["files"])
        second.delete()
    shutil.rmtree(here, ignore_errors=True)


def known_sources(organisation: Any) -> list[Source]:
    """The sources from files that hold at least one snapshot: those a new file may continue."""
    return list(Source.objects.of(organisation).filter(kind=Source.FILE, snapshots__isnull=False).distinct())


def free_name(organisation: Any, name: str, but: Source | None = None) -> str:
    """``name``, numbered when another source of the organisation bears it."""
    taken = set(Source.objects.of(organisation).exclude(pk=but.pk if but else None).values_list("name", flat=True))
    return next(one for one in (name, *(f"{name} ({n})" for n in range(2, 1000))) if one not in taken)


def _piles(organisation: Any, files: Iterable[Mapping[str, str]]) -> list[Pile]:
    """Files of one tool and one kind go together; a spreadsheet of one's own is its own source."""
    sorted_out: dict[tuple[str, ...], list[Mapping[str, str]]] = {}
    for one in files:
        key = (one["profile"], one["kind"], one["stored"] if one["profile"] == ANY else "")
        sorted_out.setdefault(key, []).append({key: one[key] for key in ("name", "stored", "sha256")})
    free = known_sources(organisation)
    piles = []
    for (profile, kind, _), together in sorted_out.items():
        found = _continued(free, profile, kind, [one["name"] for one in together])
        free = [one for one in free if one != found]  # two piles never continue the same source
        piles.append(Pile(profile=profile, kind=kind, files=tuple(together), source=found))
    return piles


def _continued(sources: Sequence[Source], profile: str, kind: str, names: Sequence[str]) -> Source | None:
    """The source these files seem to continue: same tool and kind; of several, the one whose files were called alike.

    A spreadsheet tells no tool: only the name of its file can say where it belongs.
    """
    wanted = {_likeness(name) for name in names}
    alike, same_tool = [], []
    for source in sources:
        last = arrivals.current_of(source)
        summary = last.summary if last else {}
        if {"profile": profile, "kind": kind} not in summary.get("tools", []):
            continue
        same_tool.append(source)
        if wanted & {_likeness(name) for name in summary.get("files", [])}:
            alike.append(source)
    found = alike or ([] if profile == ANY else same_tool)
    return found[0] if len(found) == 1 else None


def _open(
    organisation: Any, actor: Any, answers: Mapping[str, Any], pile: Pile, drop: uuid.UUID, waiting: Path
) -> Draft:
    source = pile.source or _new_source(organisation, pile.name)
    draft = Draft.objects.create(
        organisation=organisation, source=source, by=actor, taken_on=answers["taken_on"], choices=source.choices,
        keep_original=answers["keep_original"], files=[dict(one) for one in pile.files], drop=drop,
    )  # fmt: skip
    folder = arrivals.folder_of(draft)
    folder.mkdir(parents=True, mode=0o700)
    for one in pile.files:
        (waiting / one["stored"]).replace(folder / one["stored"])
    facts = {"source": source.name, "files": arrivals.names_of(draft)}
    journal.record(organisation, actor, "inventory.draft_opened", facts)
    return draft


def _new_source(organisation: Any, name: str) -> Source:
    """A source of that name; a name used by an import never confirmed is free: the person is trying again."""
    given_up = Source.objects.of(organisation).filter(name=name, kind=Source.FILE, snapshots__isnull=True).first()
    if given_up is not None:
        return given_up
    return Source.objects.create(organisation=organisation, name=free_name(organisation, name), kind=Source.FILE)


def _kind(kind: str) -> str:
    words = {"computers": gettext("ordinateurs"), "monitors": gettext("écrans"), "phones": gettext("téléphones")}
    return words.get(kind, "")


def _likeness(name: str) -> str:
    """A file name without what changes from one export to the next: numbers, dates, copies."""
    return re.sub(r"[^a-z]+", " ", normal(_stem(name)).replace("copie", "").replace("copy", "")).strip()


def _stem(name: str) -> str:
    return name.rsplit("/", 1)[-1].rsplit(".", 1)[0].strip()
