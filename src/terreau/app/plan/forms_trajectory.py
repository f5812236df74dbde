"""Forms of the target and of the hypotheses: numbers as people write them, everything wrong said at once with its remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from terreau.app.language import language
from terreau.app.plain_forms import DayField, Plain
from terreau.app.plan.fields import NumberField, text_area
from terreau.app.plan.models_scenarios import TrajectoryTarget
from terreau.app.plan.trajectory_asking import MOST_YEARS
from terreau.kernel.errors import TerreauError
from terreau.plan.target import Target
from terreau.publishing import numbers

LATEST = 2100
Rule = TrajectoryTarget.Rule


class TargetForm(Plain, forms.Form):
    """Where to be, for one criterion. today: its footprint [unit of the criterion]; at: the day of it; scale: unit it is typed in."""

    rule = forms.ChoiceField(label=_lazy("Quelle règle ?"), widget=forms.RadioSelect, choices=())
    amount = NumberField(label=_lazy("Combien ?"))
    year = forms.IntegerField(label=_lazy("En quelle année ?"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6, "class": "n", "autocomplete": "off"}))  # fmt: skip
    baseline = NumberField(label=_lazy("Valeur de départ"), help_text=_lazy("Vide : l’empreinte d’aujourd’hui."))
    baseline_on = DayField(label=_lazy("Mesurée le"), required=False)
    why = forms.CharField(label=_lazy("Pourquoi cette cible ?"), required=False, max_length=400, widget=text_area(2),
                          help_text=_lazy("Une loi, un plan climat, une décision du comité : ce qui permettra de s’en souvenir."))  # fmt: skip

    def __init__(self, *args: Any, today: float, at: date, scale: numbers.Scale, standing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.at, self.scale = today, at, scale
        kept = [(value, label) for value, label in Rule.choices if standing or value != Rule.NONE]
        unit = {"unit": scale.unit}
        words = {Rule.SHARE: _("Une baisse à une date, en % du départ"), Rule.VALUE: _("Une valeur à ne pas dépasser à une date, en %(unit)s") % unit,
                 Rule.YEARLY: _("Une baisse chaque année, en %"), Rule.NONE: _("Plus de cible pour ce critère")}  # fmt: skip
        self.fields["rule"].choices = [(value, words[Rule(value)]) for value, _label in kept]  # type: ignore[attr-defined]
        self.fields["baseline"].label = _("Valeur de départ, en %(unit)s") % unit

    def clean(self) -> dict[str, Any]:
        """``row``: what is kept, in the unit of the criterion."""
        told = super().clean() or {}
        rule = told.get("rule")
        if rule is None:
            return told
        if rule == Rule.NONE:
            return told | {
                "row": {"rule": rule, "amount": 0.0, "year": None, "baseline_value": 0.0, "baseline_on": self.at}
            }
        self._complete(told, rule)
        if self.errors:
            return told
        row = self._row(told, rule)
        if not self.errors:
            self._judge(row)
        return told | {"row": row}

    def _complete(self, told: Mapping[str, Any], rule: str) -> None:
        if told.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Donnez un nombre : de combien baisser, ou à combien arriver."))
        if rule != Rule.YEARLY and told.get("year") is None and "year" not in self.errors:
            self.add_error("year", _("Donnez l’année de la cible, par exemple %(year)s.") % {"year": self.at.year + 4})
        if rule != Rule.YEARLY and told.get("year") is not None and not self.at.year < told["year"] <= LATEST:
            words = _("La cible doit venir après l’empreinte, qui est de %(year)s.")
            self.add_error("year", words % {"year": self.at.year})
        if not {"baseline", "baseline_on"} & set(self.errors) and (told.get("baseline") is None) != (
            told.get("baseline_on") is None
        ):
            missing = "baseline" if told.get("baseline") is None else "baseline_on"
            self.add_error(missing, _("Une valeur de départ va avec son jour : donnez les deux, ou aucun."))
        if told.get("baseline_on") and told["baseline_on"] > self.at:
            words = _("Le départ ne peut pas venir après l’inventaire, du %(on)s.")
            self.add_error("baseline_on", words % {"on": numbers.day(self.at, language())})

    def _row(self, told: Mapping[str, Any], rule: str) -> dict[str, Any]:
        amount = told["amount"] * self.scale.divisor if rule == Rule.VALUE else told["amount"] / 100
        if rule != Rule.VALUE and not 0 < amount <= 1:
            words = _("Une baisse s’écrit comme un nombre entre 0 et 100, sans signe : 40 pour 40 % de moins.")
            self.add_error("amount", words)
        own = told.get("baseline") is not None
        return {"rule": rule, "amount": amount, "year": None if rule == Rule.YEARLY else told["year"],
                "baseline_value": told["baseline"] * self.scale.divisor if own else self.today,
                "baseline_on": told["baseline_on"] if own else self.at, "own_baseline": own}  # fmt: skip

    def _judge(self, row: Mapping[str, Any]) -> None:
        """What the engine would refuse is refused here, in its words."""
        told = {row["rule"]: row["amount"], "baseline": row["baseline_value"]}
        if row["year"]:
            told["year"] = row["year"] - self.at.year
        try:
            Target(criterion="", **told).curve(row["baseline_value"], 1)
        except TerreauError as refused:
            words = refused.words(language())
            if refused.code == "plan.target_not_below":
                start = row["baseline_value"]
                aimed = row["amount"] if row["rule"] == Rule.VALUE else start * (1 - row["amount"])
                facts = {"aimed": self._told(aimed), "start": self._told(start)}
                self.add_error(
                    "amount",
                    _("%(aimed)s n’est pas moins que %(start)s, le départ : une cible est une baisse.") % facts,
                )
            else:
                self.add_error("amount", f"{words.what} {words.remedy}")

    def _told(self, value: float) -> str:
        return f"{numbers.number(self.scale.of(value), language(), 3)}{numbers.NBSP}{self.scale.unit}"


class HypothesesForm(Plain, forms.Form):
    """What the years to come are held to be. categories: those of the fleet, as a trajectory tells them."""

    years = forms.IntegerField(label=_lazy("Combien d’années montrer ?"), min_value=1, max_value=MOST_YEARS, widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4, "class": "n"}))  # fmt: skip
    backlog = NumberField(label=_lazy("En combien d’années renouveler ce qui a dépassé sa durée de vie ?"),
                          help_text=_lazy("Vide : sur une durée de vie, les plus vieux d’abord."))  # fmt: skip
    growth_all = NumberField(label=_lazy("Croissance du nombre d’appareils, en % par an"),
                             help_text=_lazy("Une baisse s’écrit avec un signe moins : −2."))  # fmt: skip
    why = forms.CharField(
        label=_lazy("D’où viennent ces hypothèses ?"), required=False, max_length=400, widget=text_area(2)
    )

    def __init__(self, *args: Any, categories: Sequence[Mapping[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [one["key"] for one in categories]
        for one in categories:
            self.fields[f"growth_{one['key']}"] = NumberField(label=one[language()], unit=_("% par an"))

    @property
    def each(self) -> list[Any]:
        """The fields of the categories."""
        return [self[f"growth_{key}"] for key in self.keys]

    def clean(self) -> dict[str, Any]:
        """``growth``: % a year by category, ``*`` for the others."""
        told = super().clean() or {}
        growth = {}
        for name, key in (("growth_all", "*"), *((f"growth_{key}", key) for key in self.keys)):
            value = told.get(name)
            if value is None:
                continue
            if not -50 <= value <= 100:
                self.add_error(name, _("Une croissance va de −50 à 100 % par an."))
            elif value or key != "*":
                growth[key] = float(value)
        if told.get("backlog") is not None and not 1 / 12 <= told["backlog"] <= 30:
            self.add_error("backlog", _("De 0,1 à 30 ans, ou rien."))
        return told | {"growth": growth}
