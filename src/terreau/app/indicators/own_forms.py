"""The steps of a definition: few questions at a time, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from terreau.app.plain_forms import Plain
from terreau.indicators import words
from terreau.indicators.catalogue import indicators
from terreau.indicators.meters import known_units
from terreau.indicators.units import UNITS

STEPS = ("question", "calcul", "lecture", "source")
TITLES = {
    "question": _lazy("La question"),
    "calcul": _lazy("Le calcul"),
    "lecture": _lazy("La lecture"),
    "source": _lazy("La source"),
}


def line(label: Any, help_text: Any = "", *, required: bool = True, most: int = 300) -> forms.CharField:
    """One line of words."""
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=most)


class Step(Plain, forms.Form):
    """One step; ``legends``: the question each field answers is its own fieldset on the page."""

    def __init__(self, document: Mapping[str, Any], language: str, *args: Any, **kwargs: Any) -> None:
        from terreau.app.indicators import own

        held = {name: own.said(document, name, language) for name in self.base_fields}
        meter = document.get("meter") or {}
        held |= {"meter": meter.get("key", ""), "groups": ", ".join(meter.get("groups", ()))}
        kwargs["initial"] = {name: value for name, value in held.items() if value} | dict(kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.language = language

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Offer these answers to one question."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Fields of the document that this step says."""
        return dict(self.cleaned_data)


class QuestionStep(Step):
    """What one wants to know."""

    name = line(_lazy("Comment s’appelle-t-il ?"), _lazy("Court : c’est ce que montrera le tableau."), most=120)
    question = line(
        _lazy("À quelle question répond-il ?"),
        _lazy("Écrivez la décision qui en dépend : « gardons-nous les portables assez longtemps ? »"),
    )
    theme = forms.ChoiceField(label=_lazy("De quoi parle-t-il ?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("theme", _said(words.THEMES, self.language))


class CalculationStep(Step):
    """Both terms and the unit."""

    numerator = line(_lazy("Que compte-t-on ?"), _lazy("En mots : « portables sortis du parc dans l’année »."))
    denominator = line(
        _lazy("Rapporté à quoi ?"),
        _lazy("« Personnes équipées », « services en ligne ». Vide pour un nombre brut, une médiane ou une note."),
        required=False,
    )
    formula = line(
        _lazy("La formule"), _lazy("Vide : nous écrivons le premier terme divisé par le second."), required=False
    )
    unit = forms.ChoiceField(label=_lazy("Dans quelle unité ?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("unit", [(key, one.name.in_(self.language)) for key, one in UNITS.items()])

    def given(self) -> dict[str, Any]:
        """The formula written from both terms when nothing else is said."""
        told = dict(self.cleaned_data)
        if not told["formula"]:
            told["formula"] = " ÷ ".join(term for term in (told["numerator"], told["denominator"]) if term)[:300]
        return told


class ReadingStep(Step):
    """How it is read, by whom, how often."""

    direction = forms.ChoiceField(label=_lazy("Dans quel sens doit-il aller ?"), widget=forms.RadioSelect)
    nature = forms.ChoiceField(label=_lazy("Que dit-il ?"), widget=forms.RadioSelect,
                               help_text=_lazy("Moyens : ce qu’on met en œuvre. Résultat : ce qu’on obtient. État : ce qui est, sans qu’on l’ait voulu."))  # fmt: skip
    audience = forms.ChoiceField(label=_lazy("Pour qui ?"), widget=forms.RadioSelect)
    frequency = forms.ChoiceField(
        label=_lazy("À quel rythme ?"), help_text=_lazy("Un rythme tenable : une fois par an suffit souvent.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, table in (
            ("direction", words.DIRECTIONS),
            ("nature", words.NATURES),
            ("audience", words.AUDIENCES),
            ("frequency", words.FREQUENCIES),
        ):
            self.choose(name, _said(table, self.language))


class SourceStep(Step):
    """Where the value comes from, and what it covers."""

    source = forms.ChoiceField(label=_lazy("D’où vient la valeur ?"), widget=forms.RadioSelect)
    meter = forms.ChoiceField(
        label=_lazy("Quel compteur ?"), required=False, help_text=_lazy("Seulement si Terreau le mesure.")
    )
    groups = line(
        _lazy("Quelle part du compteur ?"),
        _lazy("Par exemple « laptop » ; vide pour l’ensemble ; plusieurs séparées par des virgules."),
        required=False,
    )
    where = line(
        _lazy("Où trouver les chiffres ?"), _lazy("L’outil, l’export, et qui peut le refaire."), required=False
    )
    scope = line(_lazy("Que couvre-t-il, que laisse-t-il de côté ?"), required=False, most=600)
    pair = forms.ChoiceField(label=_lazy("Son double, brut ou relatif"), required=False,
                             help_text=_lazy("Un autre de vos indicateurs, qui dit la même chose dans l’autre forme."))  # fmt: skip

    def __init__(self, *args: Any, twins: list[tuple[str, str]] = [], **kwargs: Any) -> None:  # noqa: B006  never changed
        super().__init__(*args, **kwargs)
        self.choose("source", _said(words.SOURCES, self.language))
        self.choose("meter", [("", _("aucun")), *meter_names(self.language)])
        self.choose("pair", [("", _("aucun")), *twins])

    def clean(self) -> dict[str, Any]:
        """A meter when Terreau measures it, and only then."""
        told = super().clean() or {}
        if told.get("source") == "meter" and not told.get("meter"):
            self.add_error("meter", _("Choisissez le compteur, ou une autre source."))
        return told

    def given(self) -> dict[str, Any]:
        """The meter with its parts, as the document holds it."""
        told = dict(self.cleaned_data)
        parts = [part.strip() for part in told.pop("groups").split(",") if part.strip()]
        measured = told["source"] == "meter" and told["meter"]
        told["meter"] = {"key": told["meter"]} | ({"groups": parts} if parts else {}) if measured else None
        return told


FORMS: dict[str, type[Step]] = {
    "question": QuestionStep,
    "calcul": CalculationStep,
    "lecture": ReadingStep,
    "source": SourceStep,
}


def meter_names(language: str) -> list[tuple[str, str]]:
    """Every meter that may be named: in the words of its room, else in those of the indicator it feeds."""
    from terreau.kernel.meter import meters

    named = {one.key: one.label(language) for one in meters()}
    for one in indicators():
        if one.meter:
            named.setdefault(one.meter.key, one.name.in_(language))
    return sorted(((key, named.get(key, key)) for key in known_units()), key=lambda pair: pair[1].casefold())


def _said(table: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    return [(key, held.in_(language)) for key, held in table.items()]
