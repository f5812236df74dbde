"""What a person may send in this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from terreau.app.indicators import showing
from terreau.app.indicators.fields import Typed
from terreau.app.indicators.models import Audience, Following
from terreau.app.plain_forms import DayField, Plain
from terreau.indicators import words
from terreau.indicators.definition import Indicator
from terreau.indicators.followed import Baseline, Target
from terreau.indicators.progress import aim_faults

FAULTY = {"target_should_rise": "target_value", "target_should_fall": "target_value", "baseline_after_target": "target_due",
          "target_without_baseline": "baseline_value"}  # fmt: skip


class FollowForm(Plain, forms.ModelForm):
    """Where it stands on the board, who carries it, who reviews it."""

    class Meta:
        model = Following
        fields = ["role", "audience", "owner", "review_body"]
        widgets = {"role": forms.RadioSelect}
        help_texts = {
            "owner": _lazy("Une personne ou une fonction : qui répond quand la valeur dérape."),
            "review_body": _lazy("Une instance, pas une personne : comité de pilotage, direction, comité de mission."),
        }

    def __init__(self, one: Indicator, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = words.AUDIENCES[one.audience].in_(language).lower()
        kept = _("comme sa définition le dit (%(own)s)") % {"own": own}
        self.fields["audience"].choices = [("", kept), *Audience.choices]  # type: ignore[attr-defined]
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            ("followed", _("suivi, à côté")), ("flagship", _("phare, montré d’abord"))]  # fmt: skip


class AimForm(Plain, forms.Form):
    """From where, to where, by when."""

    baseline_value = Typed(label=_lazy("Valeur de départ"), required=False)
    baseline_on = DayField(label=_lazy("À quelle date"), required=False)
    baseline_method = forms.CharField(
        label=_lazy("Obtenue comment"), required=False, max_length=200,
        help_text=_lazy("Par exemple : inventaire GLPI du 31/12/2025, ordinateurs portables seulement."),
    )  # fmt: skip
    target_value = Typed(label=_lazy("Cible"), required=False)
    target_due = DayField(label=_lazy("À atteindre le"), required=False)
    why = forms.CharField(
        label=_lazy("Pourquoi ce changement"), required=False, max_length=400,
        help_text=_lazy("L’ancienne cible reste visible, avec cette raison."),
    )  # fmt: skip

    def __init__(self, one: Indicator, language: str, *args: Any, again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one, self.language = one, language
        unit = showing.unit_mark(one.unit)
        if unit:
            for name in ("baseline_value", "target_value"):
                self.fields[name].label = f"{self.fields[name].label} ({unit})"
        if again:
            self.fields["why"].required = True
        else:
            del self.fields["why"]

    def clean(self) -> dict[str, Any]:
        """Both halves of each, then what would make the target impossible to follow."""
        given = super().clean() or {}
        for value, day, named in (
            ("baseline_value", "baseline_on", _("le départ")),
            ("target_value", "target_due", _("la cible")),
        ):
            if (given.get(value) is None) != (given.get(day) is None) and not self.errors.keys() & {value, day}:
                missing = day if given.get(day) is None else value
                self.add_error(missing, _("Donnez la valeur et la date : sans l’une des deux, %(named)s ne veut rien dire.") % {"named": named})  # fmt: skip
        if given.get("baseline_on") and given["baseline_on"] > timezone.localdate():
            self.add_error("baseline_on", _("Un départ est une mesure : sa date est passée."))
        if not self.errors:
            self._faults(given)
            if given.get("baseline_value") is None and given.get("target_value") is None:
                self.add_error("baseline_value", _("Donnez au moins une valeur de départ."))
        return given

    def _faults(self, given: dict[str, Any]) -> None:
        base = (
            Baseline(value=given["baseline_value"], on=given["baseline_on"])
            if given.get("baseline_value") is not None
            else None
        )
        aim = (
            Target(value=given["target_value"], due=given["target_due"])
            if given.get("target_value") is not None
            else None
        )
        for fault in aim_faults(self.one, base, aim):
            told = showing.told(fault, self.one)
            self.add_error(FAULTY.get(fault.code.partition(".")[2]), f"{told.what} {told.remedy}")
