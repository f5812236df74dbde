"""What a person may send about an arbitration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from terreau.app.plain_forms import DayField, Plain
from terreau.app.plan.models_arbitration import Arbitration
from terreau.plan.arbitration import Decision

MOST_OPTIONS, MOST_OWN = 6, 2
TITLE = 160


def tension_names() -> dict[str, str]:
    """The objectives that usually pull apart."""
    return {
        "use": _("Usage et qualité du service"),
        "cost": _("Coût"),
        "people": _("Personnes : conditions de travail, accès, équité"),
        "environment": _("Environnement"),
        "security": _("Sécurité et continuité"),
    }


def called(criterion: str) -> str:
    """A criterion in a word: what follows its colon explains it in forms only."""
    return criterion.partition(":")[0].strip()


class _Lines(forms.CharField):
    """One thing a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> Any:
        """The lines that say something, each once."""
        told = super().clean(value)
        return list(dict.fromkeys(line.strip()[:TITLE] for line in (told or "").splitlines() if line.strip()))

    def prepare_value(self, value: Any) -> Any:
        """Lines again."""
        return "\n".join(value) if isinstance(value, list | tuple) else value


class PoseForm(Plain, forms.Form):
    """The question, what pulls apart, the options, who takes part. ``before``: the options already there."""

    question = forms.CharField(label=_lazy("Quelle question faut-il trancher ?"), max_length=300, widget=forms.TextInput(attrs={"class": "long"}),
                               help_text=_lazy("Par exemple : remplacer tous les écrans au déménagement, ou garder ceux qui marchent ?"))  # fmt: skip
    tensions = forms.MultipleChoiceField(label=_lazy("Quels objectifs s’opposent ?"), widget=forms.CheckboxSelectMultiple,
                                         required=False, help_text=_lazy("Deux au moins : c’est ce qui en fait un arbitrage."))  # fmt: skip
    new_options = _Lines(label=_lazy("Quelles options ?"), required=False, max_length=2000,
                         help_text=_lazy("Une par ligne. « Ne rien changer » en est une."))  # fmt: skip
    took_part = _Lines(label=_lazy("Qui y prend part ?"), required=False, max_length=2000,
                       help_text=_lazy("Un rôle par ligne : achats, représentants du personnel, informatique…"))  # fmt: skip

    def __init__(
        self, *args: Any, before: Decision | None = None, commitments: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tensions"].choices = list(tension_names().items())  # type: ignore[attr-defined]
        self.before = before
        if commitments:
            self.fields["commitments"] = forms.MultipleChoiceField(
                label=_("Quels engagements l’appliquent ?"),
                choices=commitments,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        if before:
            for n, one in enumerate(before.options, 1):
                self.fields[f"option_{one.key}"] = forms.CharField(label=_("Option %(n)s") % {"n": n}, max_length=TITLE, initial=one.title, required=False,
                                                                   help_text=_("Vide : l’option est retirée."))  # fmt: skip
            self.fields["new_options"].label = _("D’autres options")
            self.fields["new_options"].required = False
            self.order_fields(
                ["question", "tensions", *(f"option_{one.key}" for one in before.options), "new_options", "took_part"]
            )

    def clean(self) -> dict[str, Any]:
        """``titles``: (key, title) of each option, those already there first."""
        given = super().clean() or {}
        old = [
            (one.key, (given.get(f"option_{one.key}") or "").strip())
            for one in (self.before.options if self.before else ())
        ]
        titles = [(key, title) for key, title in old if title] + [
            ("", title) for title in given.get("new_options") or ()
        ]
        if len(titles) > MOST_OPTIONS:
            self.add_error(
                "new_options",
                _("%(n)s options au plus : au-delà, rassemblez celles qui se ressemblent.") % {"n": MOST_OPTIONS},
            )
        said = [title.casefold() for _key, title in titles]
        if len(set(said)) < len(said):
            self.add_error("new_options", _("Deux options portent le même nom."))
        return given | {"titles": titles}


class WeighForm(Plain, forms.Form):
    """What one option brings and costs for each objective, and two criteria of one's own."""

    def __init__(self, decision: Decision, key: str, rules: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        option = decision.option(key)
        told = {one.criterion: one for one in option.effects} if option else {}
        names = tension_names()
        own = [one for one in told if one not in names]
        self.rows: list[tuple[str, str]] = [
            (one, names.get(one, one))
            for one in dict.fromkeys([*decision.tensions, *(one for one in told if one in names)])
        ]
        for criterion, _name in self.rows:
            self._pair(criterion, told.get(criterion))
        for n in range(max(MOST_OWN, len(own))):
            mine = own[n] if n < len(own) else ""
            self.fields[f"own_{n}"] = forms.CharField(
                label=_("Un autre critère"), max_length=80, required=False, initial=mine
            )
            self._pair(f"own{n}", told.get(mine))
        self.own = max(MOST_OWN, len(own))
        self.fields["rules"] = forms.MultipleChoiceField(label=_("Quelles règles la concernent ?"), choices=rules, required=False,
                                                         initial=option.rules if option else (), widget=forms.CheckboxSelectMultiple)  # fmt: skip

    def _pair(self, name: str, effect: Any) -> None:
        for side, label in (("brings", _("Ce qu’elle apporte")), ("costs", _("Ce qu’elle coûte"))):
            self.fields[f"{name}_{side}"] = forms.CharField(
                label=label,
                max_length=600,
                required=False,
                initial=getattr(effect, side, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def groups(self) -> list[dict[str, Any]]:
        """One fieldset per criterion."""
        told = [{"legend": name, "fields": [self[f"{key}_brings"], self[f"{key}_costs"]]} for key, name in self.rows]
        more = [
            {
                "legend": _("Un autre critère"),
                "fields": [self[f"own_{n}"], self[f"own{n}_brings"], self[f"own{n}_costs"]],
            }
            for n in range(self.own)
        ]
        return told + more

    @property
    def effects(self) -> list[dict[str, str]]:
        """The criteria of which something is said."""
        given = self.cleaned_data
        named = [(key, key) for key, _name in self.rows] + [
            (f"own{n}", given[f"own_{n}"].strip()) for n in range(self.own)
        ]
        told = [
            {"criterion": criterion, "brings": given[f"{name}_brings"].strip(), "costs": given[f"{name}_costs"].strip()}
            for name, criterion in named
        ]
        return [one for one in told if one["criterion"] and (one["brings"] or one["costs"])]

    def clean(self) -> dict[str, Any]:
        """What is said is said of something, once: of two criteria of one name, one would hide the other."""
        given = super().clean() or {}
        seen = {word.casefold() for key, name in self.rows for word in (key, called(name))}
        for n in range(self.own):
            name = (given.get(f"own_{n}") or "").strip().casefold()
            if name and name in seen:
                self.add_error(f"own_{n}", _("Ce critère est déjà sur la page : complétez ce qui en est dit."))
            seen.add(name)
            if not (given.get(f"own_{n}") or "").strip() and (
                given.get(f"own{n}_brings") or given.get(f"own{n}_costs")
            ):
                self.add_error(f"own_{n}", _("Nommez ce critère."))
        return given


class DecideForm(Plain, forms.Form):
    """What was decided, why, by whom, until when."""

    decided = forms.ChoiceField(label=_lazy("Quelle option est retenue ?"), widget=forms.RadioSelect)
    why = forms.CharField(label=_lazy("Pourquoi ?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
                          help_text=_lazy("Ce qui l’emporte, et ce que l’on accepte de perdre."))  # fmt: skip
    took_part = _Lines(
        label=_lazy("Qui y a pris part ?"), required=False, max_length=2000, help_text=_lazy("Un rôle par ligne.")
    )
    decided_on = DayField(label=_lazy("Décidé le"))
    review_on = DayField(label=_lazy("À revoir le"), required=False,
                                help_text=_lazy("Une décision se revoit : les raisons changent."))  # fmt: skip

    def __init__(self, decision: Decision, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided"].choices = [(one.key, one.title) for one in decision.options]  # type: ignore[attr-defined]

    def clean_decided_on(self) -> date:
        """A decision that was taken bears a day already come."""
        day: date = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Une décision prise porte une date passée, ou celle d’aujourd’hui."))
        return day

    def clean(self) -> dict[str, Any]:
        """It is looked at again after it was taken."""
        given = super().clean() or {}
        start, again = given.get("decided_on"), given.get("review_on")
        if start and again and again <= start:
            self.add_error("review_on", _("La revue vient après la décision."))
        return given


class ReviewForm(Plain, forms.Form):
    """A decision looked at again."""

    on = DayField(label=_lazy("Revue du"))
    kept = forms.ChoiceField(label=_lazy("La décision tient-elle ?"), widget=forms.RadioSelect,
                             choices=[("oui", _lazy("oui, on la garde")), ("non", _lazy("non, elle est à reprendre"))])  # fmt: skip
    comment = forms.CharField(
        label=_lazy("Qu’a-t-on vu, et pourquoi ?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    by = forms.CharField(label=_lazy("Par qui ?"), max_length=200, required=False)
    next_on = DayField(label=_lazy("Prochaine revue"), required=False)

    def __init__(self, row: Arbitration, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def clean(self) -> dict[str, Any]:
        """After the decision, not tomorrow; the next one later still."""
        given = super().clean() or {}
        on, after = given.get("on"), given.get("next_on")
        if on and self.row.decided_on and on < self.row.decided_on:
            self.add_error("on", _("Une revue vient après la décision."))
        if on and on > timezone.localdate():
            self.add_error("on", _("Une revue faite porte une date passée, ou celle d’aujourd’hui."))
        if on and after and after <= on:
            self.add_error("next_on", _("La prochaine revue vient après celle-ci."))
        return given | {"kept": given.get("kept") == "oui"}
