"""What is asked to make a dossier: of what, for whom, in which language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terreau.app.publishing.models import Audience
from terreau.app.publishing.packing import Source
from terreau.publishing import numbers

LANGUAGES = (("fr", "Français"), ("en", "English"))


class DossierForm(forms.Form):
    """A freeze or the work as it stands, and who receives it."""

    source = forms.ChoiceField(
        label=_("À partir de"),
        help_text=_(
            "Un gel donne toujours les mêmes octets ; le travail en cours donne un brouillon, marqué comme tel."
        ),
    )
    audience = forms.ChoiceField(
        label=_("Pour qui"), choices=Audience.choices,
        help_text=_("Une pièce que cette personne ne peut pas ouvrir n’est pas jointe : elle est citée, avec la raison. Ce que l’équipe garde pour elle ne sort jamais."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Langue"), choices=LANGUAGES)

    def __init__(self, sources: Sequence[Source], language: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["source"].choices = [(one.key, label(one, language)) for one in sources]  # type: ignore[attr-defined]


def label(source: Source, language: str) -> str:
    """A source in words."""
    if source.on:
        return str(_("%(title)s, gel du %(day)s")) % {"title": source.title, "day": numbers.day(source.on, language)}
    return str(_("%(title)s, travail en cours (brouillon)")) % {"title": source.title}
