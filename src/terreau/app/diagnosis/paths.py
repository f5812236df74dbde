"""The starter paths as pages show them: five criteria to begin with, and why each comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from terreau.app.diagnosis.editions import said

if TYPE_CHECKING:
    from terreau.referentials.edition import Criterion, Edition
    from terreau.referentials.paths import StarterPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """One path: where to begin, and why."""

    key: str
    title: str
    text: str
    steps: tuple[tuple[Criterion, str], ...]

    @property
    def choice(self) -> str:
        """Its title with the first sentence of what it is for: « Débutant : vous commencez, avec peu de temps ».

        Both languages end that sentence with a full stop followed by a space."""
        first = self.text.partition(". ")[0].rstrip(".")
        return (
            _("%(title)s : %(why)s") % {"title": self.title, "why": first[:1].lower() + first[1:]}
            if first
            else self.title
        )


def of(edition: Edition) -> tuple[Path, ...]:
    """The paths that this edition knows."""
    from terreau.referentials.paths import paths

    return tuple(shown for one in paths() if one.referential == edition.key and (shown := _shown(one, edition)).steps)


def chosen(edition: Edition, key: str) -> Path | None:
    """The path ``key`` for this edition; None when none was chosen."""
    return next((one for one in of(edition) if one.key == key), None) if key else None


def _shown(path: StarterPath, edition: Edition) -> Path:
    asked = {one.key: one for one in edition.criteria}
    steps = tuple((asked[one.criterion], said(one.why_first)) for one in path.steps if one.criterion in asked)
    return Path(key=path.key, title=said(path.title), text=said(path.intro), steps=steps)
