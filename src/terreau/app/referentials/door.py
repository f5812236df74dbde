"""What the other rooms ask of this one: editions, shipped or of one organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from terreau.referentials.edition import Edition, Head


def edition_for(organisation: Any, key: str, version: str | None = None) -> Edition:
    """The edition ``key`` as this organisation may read it; TerreauError referentials.* when there is none."""
    from terreau.referentials import library

    return library.edition(key, version)


def heads_for(organisation: Any) -> tuple[Head, ...]:
    """What this organisation may assess itself against, shipped editions first."""
    from terreau.referentials import library

    return library.editions()
