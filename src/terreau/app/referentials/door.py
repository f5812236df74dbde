"""What the other rooms ask of this one: editions, shipped or of one organisation; official words; what stands beside."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from terreau.app.referentials.crossing import Neighbour
    from terreau.diagnosis.records import AssessmentRecord
    from terreau.referentials.edition import Edition, Head
    from terreau.referentials.migrating import Step
    from terreau.referentials.official import OfficialEntry

# Models are imported late: other rooms read this door before Django is ready.


def edition_for(organisation: Any, key: str, version: str | None = None) -> Edition:
    """The edition ``key`` as this organisation may read it; TerreauError referentials.* when there is none.

    A private edition of another organisation does not exist here: Http404.
    """
    if not key.startswith("org:"):
        from terreau.referentials import library

        return library.edition(key, version)
    from terreau.app.referentials import shelf

    return shelf.edition_for(organisation, key, version)


def heads_for(organisation: Any) -> tuple[Head, ...]:
    """What this organisation may assess itself against, shipped editions first."""
    from terreau.app.referentials import shelf

    return shelf.heads_for(organisation)


def official_entry(organisation: Any, criterion: str) -> OfficialEntry | None:
    """The official words on a criterion (full key), once imported; None otherwise."""
    from terreau.app.referentials import shelf

    return shelf.official_entry(organisation, criterion)


def neighbours(organisation: Any, criterion: str) -> tuple[Neighbour, ...]:
    """Criteria one piece of evidence might answer too: ``label``, ``url`` and ``confirmed`` of each."""
    from terreau.app.referentials import crossing

    return crossing.neighbours(organisation, criterion)


def filled_workbook(organisation: Any, record: AssessmentRecord) -> bytes:
    """The received workbook of the edition of ``record``, filled; TerreauError when there is none or it cannot be."""
    from terreau.app.referentials import returning

    return returning.filled(organisation, record).content


def has_workbook(organisation: Any, key: str, version: str) -> bool:
    """True when this edition came from a workbook that can be filled and handed back."""
    return bool(workbook_suffix(organisation, key, version))


def workbook_suffix(organisation: Any, key: str, version: str) -> str:
    """ ".xlsx", ".ods", ".csv" or ".tsv": the form of the received workbook; '' without one."""
    from terreau.app.referentials import returning, shelf

    if not key.startswith(f"org:{organisation.pk}/"):
        return ""
    row = shelf.row_of(organisation, key, version)
    return returning.suffix_of(row) if row.grid and row.file else ""


def newer(organisation: Any, key: str, version: str) -> list[tuple[str, str]]:
    """Key and version of the editions within reach that supersede this one, the latest last."""
    from terreau.app.referentials import moving

    return moving.newer(organisation, key, version)


def steps(organisation: Any, old: Edition, new: Edition) -> list[tuple[Step, Any]]:
    """Every passage proposed from one edition to the next, with what a person said of it (``accepted``, ``by_label``) or None."""
    from terreau.app.referentials import moving

    return moving.steps(organisation, old, new)


def say_steps(
    organisation: Any, actor: Any, old: Edition, new: Edition, chosen: Iterable[Step], *, accepted: bool
) -> int:
    """A person accepts, or sets aside, some passages; returns how many."""
    from terreau.app.referentials import moving

    return moving.say(organisation, actor, old, new, chosen, accepted=accepted)


def accepted_steps(organisation: Any, old: Edition, new: Edition) -> tuple[Step, ...]:
    """The passages from one edition to the next that a person accepted."""
    from terreau.app.referentials import moving

    return moving.accepted(organisation, old, new)


def keep(organisation: Any, path: Path, actor: Any = None) -> str:
    """Keep a YAML edition or an official JSON; the key of what is kept. A received grid goes through its screen.

    An official text that stands beside our wording gives the key of that referential.
    """
    from terreau.app.referentials import storing
    from terreau.app.referentials.models import PrivateReferential

    kept = storing.keep_file(organisation, path, path.name, actor)
    return kept.key if isinstance(kept, PrivateReferential) else kept.referential


def keep_grid(organisation: Any, path: Path, language: str = "fr") -> str:
    """Keep a received grid read as proposed; its key. TerreauError app.grid_unsure, the draft kept, when it is doubtful."""
    from terreau.app.referentials import receiving

    return receiving.keep_unseen(organisation, path, language).key
