"""What a person may send in this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from terreau.app.reports.models import Passage, Report


def day_input() -> forms.DateInput:
    """A date, typed or picked."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ReportForm(forms.ModelForm):
    """What the report is, over which period."""

    class Meta:
        model = Report
        fields = ["kind", "title", "period_start", "period_end", "language"]
        widgets = {"period_start": day_input(), "period_end": day_input()}

    def clean(self) -> dict[str, Any]:
        """A period ends after it starts."""
        given = super().clean() or {}
        start, end = given.get("period_start"), given.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", _("La période finit avant de commencer."))
        return given


class PassageForm(forms.ModelForm):
    """The text of one part, or the part left out."""

    class Meta:
        model = Passage
        fields = ["text", "left_out"]
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}
        help_texts = {
            "text": _lazy(
                "Une ligne vide sépare deux paragraphes. Les tableaux de chiffres restent dessous, tels quels."
            )
        }
