"""What is asked about a piece: few questions, in plain words, all but one optional."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from terreau.app.evidence.door import Citable
from terreau.app.evidence.gathering import DESCRIBED as DESCRIBED
from terreau.app.evidence.models import Confidentiality, Evidence, EvidenceLink, Kind, Opinion
from terreau.app.files.kinds import STARTS

DATES = ("effective_on", "period_start", "period_end", "valid_until")


class Day(forms.DateInput):
    """A date chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DescriptionForm(forms.ModelForm):
    """What is said of a piece already there."""

    class Meta:
        model = Evidence
        fields = ["title", "kind", "effective_on", "period_start", "period_end", "valid_until", "scope_percent",
                  "confidentiality", "owner"]  # fmt: skip
        widgets = {name: Day() for name in DATES}
        help_texts = {
            "effective_on": _("Le jour dont parle le document, ou de sa signature ; pas celui du dépôt."),
            "valid_until": _("Après ce jour, la preuve ne compte plus : laissez vide s’il n’y en a pas."),
            "scope_percent": _("100 si elle parle de toute l’organisation ; 40 si elle parle de deux sites sur cinq."),
            "owner": _("La personne à qui demander la prochaine version."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["scope_percent"].widget.attrs |= {"min": 1, "max": 100}

    def clean_scope_percent(self) -> int | None:
        """A share between 1 and 100."""
        share = self.cleaned_data["scope_percent"]
        if share is not None and not 1 <= share <= 100:
            raise forms.ValidationError(_("Donnez une part entre 1 et 100."))
        return share

    def clean(self) -> dict[str, Any]:
        """A period starts before it ends."""
        found = super().clean() or {}
        start, end = found.get("period_start"), found.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", _("La période finit avant d’avoir commencé."))
        return found


class PieceForm(DescriptionForm):
    """One more piece: a file, a link, a figure, or what somebody said."""

    upload = forms.FileField(label=_("Fichier"), required=False,
                             help_text=format_lazy("{}{}", _("Sans macro. Types acceptés : "), ", ".join(sorted(STARTS))))  # fmt: skip
    url = forms.CharField(label=_("Ou un lien"), max_length=1000, required=False,
                          widget=forms.URLInput(attrs={"placeholder": "https://"}))  # fmt: skip
    figure = forms.ChoiceField(label=_("Ou un chiffre de Terreau"), required=False)
    field_order = ("upload", "url", "figure", "title", "kind", "confidentiality", "effective_on", "period_start",
                   "period_end", "valid_until", "scope_percent", "owner")  # fmt: skip

    def __init__(self, figures: tuple[Citable, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.figures = {each.key: each for each in figures}
        choices = [("", "–")] + [(each.key, f"{each.label} : {each.text}") for each in figures]
        self.fields["figure"].choices = choices  # type: ignore[attr-defined]
        if not figures:
            del self.fields["figure"]
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """One thing to open, or a statement that says so."""
        found = super().clean()
        given = [name for name in ("upload", "url", "figure") if found.get(name)]
        if len(given) > 1:
            self.add_error(given[1], _("Une preuve à la fois : un fichier, un lien ou un chiffre."))
        if not given and not self.errors and (found.get("kind") != Kind.STATEMENT or not found.get("title")):
            self.add_error(
                "upload", _("Déposez un fichier, collez un lien, ou décrivez une déclaration par son titre.")
            )
        return found

    def cited(self) -> tuple[str, str] | None:
        """The figure chosen: its key, and how it reads."""
        chosen = self.figures.get(self.cleaned_data.get("figure") or "")
        return (chosen.key, f"{chosen.label} : {chosen.text}") if chosen else None


class TieForm(forms.ModelForm):
    """Where to look in the piece, and what it shows there."""

    facet = forms.ChoiceField(label=_("Facette"))

    class Meta:
        model = EvidenceLink
        fields = ["facet", "locator", "proves", "strength"]

    def __init__(self, facets: tuple[tuple[str, str], ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facet"].choices = facets  # type: ignore[attr-defined]
        if len(facets) == 1:
            self.fields["facet"].initial = facets[0][0]
            self.fields["facet"].widget = forms.HiddenInput()


class OpinionForm(forms.ModelForm):
    """What the reviewer thinks of the piece, there."""

    class Meta:
        model = EvidenceLink
        fields = ["opinion", "opinion_text"]

    def clean(self) -> dict[str, Any]:
        """Anything but an acceptance says why."""
        found = super().clean() or {}
        if found.get("opinion") in (Opinion.QUESTIONED, Opinion.REFUSED) and not found.get("opinion_text", "").strip():
            self.add_error("opinion_text", _("Dites pourquoi, en quelques mots."))
        return found


class WithdrawForm(forms.Form):
    """Why a piece is taken away."""

    why = forms.CharField(label=_("Pourquoi la retirer ?"), max_length=400)


def first_values() -> dict[str, Any]:
    """What a new piece starts with: made for the auditor."""
    return {"confidentiality": Confidentiality.AUDITOR, "kind": Kind.DOCUMENT}
