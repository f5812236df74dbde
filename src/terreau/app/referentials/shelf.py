"""The editions within reach of an organisation: shipped with Terreau, or its own; another's do not exist."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404

from terreau.app.referentials.models import OfficialTexts, PrivateReferential
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.referentials.edition import Edition, Head
    from terreau.referentials.official import OfficialEntry

PRIVATE = "org:"
_READY: OrderedDict[tuple[UUID, str], Edition] = OrderedDict()
MOST_READY = 32


def edition_for(organisation: Any, key: str, version: str | None = None) -> Edition:
    """The edition ``key`` as this organisation may read it; 404 for another's, TerreauError when there is none."""
    if not key.startswith(PRIVATE):
        from terreau.referentials import library

        return library.edition(key, version)
    wanted, _at, pinned = key.partition("@")
    return edition_of(row_of(organisation, wanted, version or pinned))


def row_of(organisation: Any, key: str, version: str = "") -> PrivateReferential:
    """The row of a private edition, the newest that was not withdrawn when no version is asked."""
    if not key.startswith(f"{PRIVATE}{organisation.pk}/"):
        raise Http404
    found = PrivateReferential.objects.of(organisation).filter(name=key.partition("/")[2])
    found = found.filter(version=version) if version else found.filter(withdrawn_on=None)
    row: PrivateReferential | None = found.order_by("-kept_on").first()
    if row is None:
        raise TerreauError("referentials.unknown", key=f"{key}@{version}" if version else key, known="–")
    return row


def edition_of(row: PrivateReferential) -> Edition:
    """The edition of a row, kept ready."""
    from terreau.referentials.loading import edition_from

    name = (row.pk, row.digest)
    found = _READY.get(name)
    if found is None:
        found = _READY[name] = edition_from(row.document, row.title, key=row.key)
        while len(_READY) > MOST_READY:
            _READY.popitem(last=False)
    return found


def heads_for(organisation: Any) -> tuple[Head, ...]:
    """What this organisation may assess itself against: shipped first, then its own, the newest of each."""
    from terreau.referentials import library

    own: dict[str, Head] = {}
    for row in PrivateReferential.objects.of(organisation).filter(withdrawn_on=None).order_by("kept_on"):
        own[row.key] = head_of(row)
    return (*library.editions(), *sorted(own.values(), key=lambda head: head.title.fr))


def head_of(row: PrivateReferential) -> Head:
    """The head of a private edition, its criteria unread."""
    from terreau.referentials.loading import head_from

    head = head_from({name: value for name, value in row.document.items() if name != "themes"}, row.title)
    return replace(head, key=row.key)


def official_entry(organisation: Any, criterion: str) -> OfficialEntry | None:
    """The official words on a criterion (full key), once the organisation imported them."""
    referential, _colon, number = criterion.rpartition(":")
    text = official_text(organisation, referential)
    entry = text.entries.get(number) if text else None
    if entry is None:
        return None
    from terreau.referentials.official import OfficialEntry

    return OfficialEntry(**entry)


def official_text(organisation: Any, referential: str) -> OfficialTexts | None:
    """The official criteria an organisation imported for a shipped referential."""
    found: OfficialTexts | None = (
        OfficialTexts.objects.of(organisation).filter(referential=referential, part="criteria").first()
    )
    return found


def found(organisation: Any, ref: str) -> tuple[Edition, PrivateReferential | None]:
    """The edition an address names, by key or by the identifier of its row; 404 when there is none."""
    try:
        pk = UUID(ref)
    except ValueError:
        try:
            return edition_for(organisation, ref), None
        except TerreauError as unknown:
            raise Http404 from unknown
    row = PrivateReferential.objects.of(organisation).filter(pk=pk).first()
    if row is None:
        raise Http404
    return edition_of(row), row


def ref_of(organisation: Any, key: str, version: str = "") -> str:
    """What the address of an edition holds: its key, or the identifier of its row when it is private."""
    return str(row_of(organisation, key, version).pk) if key.startswith(PRIVATE) else key
