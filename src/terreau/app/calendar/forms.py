"""What a person may send in this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from terreau.app.calendar.models import Digest, Facts, HeldLabel, Nature

FIRST_YEAR = 1990  # no label of this field is older: an earlier year is a slip


def day_input() -> forms.DateInput:
    """A date, typed or picked."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FactsForm(forms.ModelForm):
    """What the organisation is before the law; what does not concern it is left empty."""

    class Meta:
        model = Facts
        fields = ["nature", "population", "debate_on", "mission_on", "permanent_staff", "checked_on", "waits_three_years", "accounts_closed_on"]  # fmt: skip
        widgets = {name: day_input() for name in ("debate_on", "mission_on", "checked_on", "accounts_closed_on")}
        help_texts = {
            "population": _lazy("Pour une commune, une métropole ou une communauté : au-dessus de 50 000, un bilan de la stratégie numérique responsable précède le débat sur le budget."),
            "debate_on": _lazy("La séance où l’assemblée débat des orientations du prochain budget."),
            "mission_on": _lazy("Au registre du commerce : la première vérification se compte depuis ce jour."),
            "permanent_staff": _lazy("En moyenne sur l’année : à moins de cinquante, les délais sont plus longs."),
            "waits_three_years": _lazy("Possible à moins de cinquante salariés, à la demande de l’entreprise."),
            "accounts_closed_on": _lazy("Le rapport annuel du comité de mission suit chaque clôture."),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What a duty cannot be computed without is asked; days that are over are not days to come."""
        given = super().clean() or {}
        today, mission = timezone.localdate(), given.get("mission_on")
        if given.get("nature") == Nature.AUTHORITY and "population" in given and given["population"] is None:
            self.add_error("population", _("Dites le nombre d’habitants : il décide des obligations."))
        if given.get("nature") == Nature.MISSION and "mission_on" in given and mission is None:
            self.add_error(
                "mission_on", _("Dites la date de publication : la première vérification se compte depuis elle.")
            )
        for name in ("mission_on", "checked_on", "accounts_closed_on"):
            if given.get(name) and given[name] > today:
                self.add_error(name, _("Ce jour n’est pas encore passé."))
        if mission and given.get("checked_on") and given["checked_on"] < mission:
            self.add_error("checked_on", _("La vérification ne précède pas la publication de la qualité."))
        return given


class LabelForm(forms.ModelForm):
    """One label held."""

    class Meta:
        model = HeldLabel
        fields = ["name", "granted_on", "years", "ends_on", "prepare_months"]
        widgets = {"granted_on": day_input(), "ends_on": day_input()}

    def clean(self) -> dict[str, Any]:
        """A label ends after it begins."""
        given = super().clean() or {}
        start, end = given.get("granted_on"), given.get("ends_on")
        for name in ("granted_on", "ends_on"):
            if given.get(name) and given[name].year < FIRST_YEAR:
                self.add_error(name, _("Cette date est trop ancienne : vérifiez l’année."))
        if start and end and end <= start:
            self.add_error("ends_on", _("Le label finit avant d’avoir commencé."))
        return given


class DigestForm(forms.Form):
    """The day of the weekly letter."""

    weekday = forms.TypedChoiceField(label=_lazy("Jour de la semaine"), choices=Digest.Weekday.choices, coerce=int)
