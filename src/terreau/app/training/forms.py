"""What a person may send in this room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from terreau.app.training.models import Batch, Course, Profession

MOST_PEOPLE = 500


class CourseForm(forms.ModelForm):
    """A course: its title, whom it concerns, whether it welcomes those who arrive."""

    professions = forms.MultipleChoiceField(
        label=_lazy("Métiers concernés"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_lazy("Aucune case : la formation concerne tout le monde."),
    )  # fmt: skip

    hours = forms.DecimalField(label=_lazy("Durée, en heures"), required=False, min_value=0, max_value=500, decimal_places=2, localize=True,
                               widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6}))  # fmt: skip

    class Meta:
        model = Course
        fields = ["title", "professions", "onboarding", "hours"]
        help_texts = {"onboarding": _lazy("Elle compte alors dans le taux à l’arrivée.")}

    def __init__(self, names: Mapping[str, str], told: Callable[[str], str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.professions if self.instance.pk else []
        choices = dict(names) | {key: told(key) for key in kept if key not in names}
        self.fields["professions"].choices = list(choices.items())  # type: ignore[attr-defined]


class ProfessionForm(forms.ModelForm):
    """One more profession."""

    class Meta:
        model = Profession
        fields = ["name"]


class HeadcountsForm(forms.Form):
    """How many people each profession has; the days an arrival leaves."""

    def __init__(self, professions: list[Profession], days: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in professions:
            self.fields[f"p{one.pk}"] = forms.IntegerField(
                label=one.name,
                required=False,
                initial=one.headcount,
                validators=[MinValueValidator(0), MaxValueValidator(9_999_999)],
            )
        self.fields["days"] = forms.IntegerField(
            label=_("Jours pour former une personne qui arrive"), initial=days, validators=[MinValueValidator(1), MaxValueValidator(730)],
            help_text=_("90 est notre proposition : changez-la si votre règle est autre."),
        )  # fmt: skip

    def counts(self) -> dict[int, int | None]:
        """Profession -> people."""
        return {int(name[1:]): count for name, count in self.cleaned_data.items() if name != "days"}


class SessionForm(forms.Form):
    """Who followed a course one day: names are read, made into identifiers, and let go."""

    course = forms.ModelChoiceField(label=_lazy("Formation"), queryset=Course.objects.none(), empty_label=None)
    followed_on = forms.DateField(
        label=_lazy("Suivie le"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    profession = forms.ChoiceField(label=_lazy("Métier de ces personnes"), required=False,
                                   help_text=_lazy("Inutile si la liste des effectifs le dit déjà."))  # fmt: skip
    people = forms.CharField(
        label=_lazy("Personnes"), max_length=60_000, widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        help_text=_lazy("Une par ligne : nom et prénom, ou matricule. Aucun nom n’est gardé."),
    )  # fmt: skip

    def __init__(self, organisation: Any, names: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = Course.objects.filter(organisation=organisation)  # type: ignore[attr-defined]
        self.fields["profession"].choices = [("", _("Plusieurs, ou non dit")), *names.items()]  # type: ignore[attr-defined]

    def clean_followed_on(self) -> date:
        """A session followed is past."""
        day: date = self.cleaned_data["followed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Cette séance n’a pas encore eu lieu : notez-la quand elle sera passée."))
        if day.year < 1990:
            raise forms.ValidationError(_("Vérifiez l’année."))
        return day

    def clean_people(self) -> list[str]:
        """One person a line."""
        told = [line.strip() for line in self.cleaned_data["people"].splitlines() if line.strip()]
        if len(told) > MOST_PEOPLE:
            raise forms.ValidationError(
                _("Au-delà de %(most)s personnes, passez par un fichier.") % {"most": MOST_PEOPLE}
            )
        return told


class ImportForm(forms.Form):
    """A file of attendances, or the list of staff."""

    kind = forms.ChoiceField(
        label=_lazy("Que contient ce fichier ?"), widget=forms.RadioSelect,
        choices=[
            (Batch.Kind.ATTENDANCES, _lazy("Qui a suivi quoi : une ligne par personne et par formation")),
            (Batch.Kind.STAFF, _lazy("Les effectifs : une ligne par personne, avec son métier et son arrivée")),
        ],
    )  # fmt: skip
    file = forms.FileField(label=_lazy("Le fichier"), allow_empty_file=True,
                           help_text=_lazy("CSV, XLSX ou ODS. Il est lu, puis effacé : ni lui ni aucun nom ne sont gardés."))  # fmt: skip


class PersonForm(forms.Form):
    """Whom is asked about: read, made into identifiers, let go."""

    person = forms.CharField(label=_lazy("Nom et prénom, ou adresse électronique"), max_length=200, required=False,
                             widget=forms.TextInput(attrs={"autocomplete": "off"}))  # fmt: skip
    number = forms.CharField(label=_lazy("Matricule"), max_length=80, required=False,
                             widget=forms.TextInput(attrs={"autocomplete": "off"}))  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two is enough."""
        given = super().clean() or {}
        if not (given.get("person") or given.get("number")):
            raise forms.ValidationError(_("Écrivez un nom ou un matricule."))
        return given
