"""What a person may send in this room; a whole commitment becomes the record that is checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from terreau.app.language import language
from terreau.app.plain_forms import DayField, Plain
from terreau.app.plan import acting, knowing, packs, serving, wording
from terreau.app.plan.fields import AmountField, IndicatorField, LeversField, NumberField, text_area
from terreau.app.plan.models import Commitment as Row
from terreau.app.plan.models import LinkedAction, Review
from terreau.indicators.definition import Indicator
from terreau.plan.aims import DOWN, NONE, UP, Aim, Baseline
from terreau.plan.checking import errors
from terreau.plan.commitments import AIMS, MEANS, RESULT, Commitment, Origin
from terreau.plan.faults import Fault
from terreau.plan.milestones import Milestone
from terreau.publishing import numbers

MILESTONES = 5
"""Milestones that the form of a new commitment asks for; more are set on its page."""
# Which field a fault of the record is about: the summary of errors leads there.
BLAMED = {
    "plan.no_statement": "statement",
    "plan.due_before_start": "due",
    "plan.said_done_later": "adopted_on",
    "plan.negative_budget": "budget",
    "plan.negative_person_days": "person_days",
}
BLAMED_AIM = {
    "plan.target_without_baseline": "baseline",
    "plan.baseline_after_target": "baseline_on",
    "plan.unit_differs": "indicator",
    "plan.indicator_unknown": "indicator",
}


class Aiming(Plain, forms.Form):
    """Where one indicator starts from and where it must arrive; ``which`` names its five fields."""

    def __init__(self, known: Mapping[str, Indicator], kinds: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.kinds = known, tuple(kinds)
        for which in self.kinds:
            named = _("Indicateur de résultat") if which == RESULT else _("Indicateur de moyens")
            self.fields[f"{which}_indicator"] = IndicatorField(known, label=named)
            self.fields[f"{which}_baseline"] = NumberField(label=_("Valeur de départ"))
            self.fields[f"{which}_baseline_on"] = DayField(label=_("Mesurée le"), required=False)
            self.fields[f"{which}_baseline_method"] = forms.CharField(
                label=_("Comment"), required=False, max_length=160
            )
            self.fields[f"{which}_target"] = NumberField(label=_("Cible"))
            for name in ("baseline", "baseline_on", "baseline_method", "target"):
                field = self.fields[f"{which}_{name}"]
                field.summed = f"{named}, {field.label}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A figure without its indicator says nothing; a baseline without its day cannot be compared."""
        given = super().clean() or {}
        for which in self.kinds:
            figures = [given.get(f"{which}_{name}") for name in ("baseline", "target")]
            if any(one is not None for one in figures) and given.get(f"{which}_indicator") is None:
                self._say(f"{which}_indicator", _("Choisissez l’indicateur que ces chiffres mesurent, ou effacez-les."))
            if figures[0] is not None and given.get(f"{which}_baseline_on") is None:
                self._say(f"{which}_baseline_on", _("Donnez le jour de cette mesure : sans date, rien ne s’y compare."))
        return given

    def _say(self, name: str, words: str) -> None:
        if name not in self.errors:
            self.add_error(name, words)

    def aim(self, which: str) -> Aim | None:
        """The aim that was written; None when no indicator was chosen."""
        given = self.cleaned_data
        found = given.get(f"{which}_indicator")
        if found is None:
            return None
        start, target = given.get(f"{which}_baseline"), given.get(f"{which}_target")
        on = given.get(f"{which}_baseline_on")
        baseline = (
            Baseline(value=start, on=on, method=given.get(f"{which}_baseline_method", ""))
            if start is not None and on
            else None
        )
        direction = found.direction
        if direction == NONE and baseline and target is not None and target != baseline.value:
            direction = UP if target > baseline.value else DOWN  # a target says what is wished
        return Aim(indicator=found.key, unit=found.unit, direction=direction, baseline=baseline, target=target)

    def blame(self, faults: Iterable[Fault]) -> None:
        """Each fault beside the field it is about."""
        for fault in faults:
            name = self.blamed(fault)
            if name in self.errors:  # what cannot be read is said once
                continue
            which = str(fault.facts.get("aim", ""))
            aim = self.aim(which) if which in self.kinds else None
            self.add_error(name if name in self.fields else None, wording.line(fault, aim, self.known))

    def blamed(self, fault: Fault) -> str | None:
        """The field a fault is about, None for the whole."""
        which = str(fault.facts.get("aim", ""))
        if which:
            return f"{which}_{BLAMED_AIM.get(fault.code, 'target')}"
        return BLAMED.get(fault.code)

    def unit_of(self, which: str) -> str:
        """The unit of the indicator that is written there, in words; '' when none is."""
        told = str(self[f"{which}_indicator"].value() or "")
        try:
            found = self.fields[f"{which}_indicator"].clean(told)
        except forms.ValidationError:
            return ""
        return knowing.unit_words(found.unit) if found else ""


class CommitmentForm(Aiming):
    """A whole commitment, on one page: the promise, its days, what it aims at, what it takes."""

    statement = forms.CharField(
        label=_lazy("Engagement"), max_length=300, widget=text_area(2),
        help_text=_lazy("Une phrase que chacun comprend : ce que vous ferez, et ce que cela changera."),
    )  # fmt: skip
    theme = forms.ChoiceField(label=_lazy("Thème"), required=False)
    owner = forms.CharField(
        label=_lazy("Qui le porte"), max_length=160, required=False,
        help_text=_lazy("Une fonction plutôt qu’un nom : « responsable du parc »."),
    )  # fmt: skip
    start = DayField(label=_lazy("Début"))
    due = DayField(label=_lazy("Échéance"))
    adopted_on = DayField(
        label=_lazy("Pris le"), required=False,
        help_text=_lazy("Aujourd’hui, ou le jour passé où il a été décidé."),
    )  # fmt: skip
    next_review = DayField(label=_lazy("Prochaine revue"), required=False)
    budget = AmountField(label=_lazy("Budget, en euros"))
    person_days = AmountField(label=_lazy("Jours de travail"), most=1e6)
    levers = LeversField(label=_lazy("Leviers qu’il met en œuvre"))
    origin = forms.ChoiceField(label=_lazy("Vient de"), required=False)
    origin_reference = forms.CharField(label=_lazy("Laquelle, lequel"), required=False, max_length=300)
    criteria = forms.CharField(label=_lazy("Critères servis"), required=False, max_length=600)

    def __init__(self, organisation: Any, known: Mapping[str, Indicator], *args: Any, **kwargs: Any) -> None:
        super().__init__(known, (RESULT, MEANS), *args, **kwargs)
        self.organisation = organisation
        self.fields["levers"].more = packs.own_levers(organisation)  # type: ignore[attr-defined]
        self.fields["theme"].choices = [("", _("À choisir")), *knowing.themes()]  # type: ignore[attr-defined]
        self.fields["origin"].choices = [("", "–"), *Row.Origin.choices]  # type: ignore[attr-defined]
        for place in range(MILESTONES):
            title, due = _("Jalon %(n)s") % {"n": place + 1}, _("Jour du jalon %(n)s") % {"n": place + 1}
            self.fields[f"milestone_{place}"] = forms.CharField(
                label=title, required=False, max_length=200, widget=forms.TextInput(attrs={"aria-label": title, "class": "long"})
            )  # fmt: skip
            self.fields[f"milestone_{place}_due"] = DayField(label=due, required=False)
            self.fields[f"milestone_{place}_due"].widget.attrs["aria-label"] = due

    def clean_criteria(self) -> list[str]:
        """Keys or names, apart by semicolons; one that nothing is called is named."""
        found = []
        for told in filter(None, (one.strip() for one in self.cleaned_data["criteria"].split(";"))):
            key = serving.understood(self.organisation, told)
            if key is None:
                words = _(
                    "Aucun critère ne s’appelle « %(told)s ». Écrivez par exemple « climat » ou « nr-terreau:3.2.2 »."
                )
                raise forms.ValidationError(words % {"told": told})
            found.append(key)
        return list(dict.fromkeys(found))

    def clean(self) -> dict[str, Any]:
        """A milestone has a title and a day; then the whole is checked as a promise."""
        given = super().clean()
        for place in range(MILESTONES):
            title, due = given.get(f"milestone_{place}"), given.get(f"milestone_{place}_due")
            if title and not due:
                self._say(f"milestone_{place}_due", _("Donnez un jour à ce jalon, ou effacez-le."))
            if due and not title:
                self._say(f"milestone_{place}", _("Dites en quelques mots ce qui sera fait ce jour-là."))
        return given

    def judge(self, on: date) -> None:
        """Whatever keeps it from being taken on a day, beside what could not be read: all at once."""
        given = self.cleaned_data
        if given.get("start") and given.get("due"):
            self.blame(errors(replace(self.record(), adopted_on=given.get("adopted_on") or on), on=on))

    def blamed(self, fault: Fault) -> str | None:
        """A milestone out of bounds is named beside its day."""
        if fault.code == "plan.milestone_outside":
            for place in range(MILESTONES):
                if self.cleaned_data.get(f"milestone_{place}") == fault.facts.get("milestone"):
                    return f"milestone_{place}_due"
        return super().blamed(fault)

    def record(self, key: str = "") -> Commitment:
        """The commitment as written, not taken yet."""
        given = self.cleaned_data
        origin = (
            Origin(kind=given["origin"], reference=given.get("origin_reference", "").strip())
            if given.get("origin")
            else None
        )
        rows = ((given.get(f"milestone_{place}"), given.get(f"milestone_{place}_due")) for place in range(MILESTONES))
        return Commitment(
            key=key, statement=" ".join(given.get("statement", "").split()), theme=given.get("theme", ""), criteria=tuple(given.get("criteria", ())),
            owner=given.get("owner", "").strip(), start=given["start"], due=given["due"], budget=given.get("budget"),
            person_days=given.get("person_days"), means=self.aim(MEANS), result=self.aim(RESULT),
            levers=tuple(given.get("levers", ())), origin=origin, next_review=given.get("next_review"),
            milestones=tuple(Milestone(key=acting.new_key(), title=title.strip(), due=due) for title, due in rows if title and due),
        )  # fmt: skip


def written(told: Commitment) -> dict[str, Any]:
    """The first values of the form for a commitment already written."""
    found: dict[str, Any] = {
        "statement": told.statement, "theme": told.theme, "owner": told.owner, "start": told.start, "due": told.due,
        "budget": told.budget, "person_days": told.person_days, "levers": told.levers, "next_review": told.next_review,
        "criteria": " ; ".join(told.criteria), "origin": told.origin.kind if told.origin else "",
        "origin_reference": told.origin.reference if told.origin else "",
    }  # fmt: skip
    for place, one in enumerate(told.milestones[:MILESTONES]):
        found |= {f"milestone_{place}": one.title, f"milestone_{place}_due": one.due}
    for which in AIMS:
        found |= aimed(which, told.aim(which))
    return found


def aimed(which: str, aim: Aim | None) -> dict[str, Any]:
    """The first values of the fields of one aim."""
    if aim is None:
        return {}
    start = aim.baseline
    return {f"{which}_indicator": aim.indicator, f"{which}_target": aim.target,
            f"{which}_baseline": start.value if start else None, f"{which}_baseline_on": start.on if start else None,
            f"{which}_baseline_method": start.method if start else ""}  # fmt: skip


class AimForm(Aiming):
    """Another aim for a commitment already taken, and why."""

    why = forms.CharField(label=_lazy("Pourquoi changer d’objectif"), max_length=400, widget=text_area(2))


class FrameForm(Plain, forms.Form):
    """What may change once it is taken: who, which theme, which means."""

    owner = forms.CharField(label=_lazy("Qui le porte"), max_length=160, required=False)
    theme = forms.ChoiceField(label=_lazy("Thème"), required=False)
    budget = AmountField(label=_lazy("Budget, en euros"))
    person_days = AmountField(label=_lazy("Jours de travail"), most=1e6)
    levers = LeversField(
        label=_lazy("Leviers qu’il met en œuvre"),
        help_text=_lazy("Par exemple LV01=6 ; la trajectoire en calcule l’effet."),
    )
    next_review = DayField(label=_lazy("Prochaine revue"), required=False)

    def __init__(self, organisation: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["levers"].more = packs.own_levers(organisation)  # type: ignore[attr-defined]
        self.fields["theme"].choices = [("", _("À choisir")), *knowing.themes()]  # type: ignore[attr-defined]


class MoveForm(Plain, forms.Form):
    """Another day, and why."""

    due = DayField(label=_lazy("Nouvelle date"))
    why = forms.CharField(
        label=_lazy("Pourquoi"),
        max_length=400,
        widget=text_area(2),
        help_text=_lazy("L’ancienne date reste visible, avec cette raison."),
    )


class DoneForm(Plain, forms.Form):
    """The day a milestone was done."""

    done_on = DayField(label=_lazy("Fait le"))

    def clean_done_on(self) -> date:
        """What is done was done already."""
        day: date = self.cleaned_data["done_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ce jour n’est pas encore venu : donnez le jour où c’est fait."))
        return day


class MilestoneForm(Plain, forms.Form):
    """One more milestone, perhaps in answer to one that was missed."""

    title = forms.CharField(label=_lazy("Ce qui sera fait"), max_length=200)
    due = DayField(label=_lazy("Pour le"))
    answers = forms.ChoiceField(label=_lazy("Répond à un jalon manqué"), required=False)

    def __init__(self, missed: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(missed)
        if offered:
            self.fields["answers"].choices = [("", _("Non")), *offered]  # type: ignore[attr-defined]
        else:
            del self.fields["answers"]


class ReviewForm(Plain, forms.Form):
    """What was seen, what is decided, by whom, and when it is looked at again."""

    on = DayField(label=_lazy("Revue du"))
    decision = forms.ChoiceField(label=_lazy("Décision"), choices=Review.Decision.choices, widget=forms.RadioSelect)
    comment = forms.CharField(
        label=_lazy("Ce qui a été vu, et pourquoi cette décision"), max_length=2000, widget=text_area(4)
    )
    by = forms.CharField(
        label=_lazy("Par"),
        max_length=200,
        required=False,
        help_text=_lazy("L’instance ou la personne : « comité NR »."),
    )
    milestones = forms.MultipleChoiceField(
        label=_lazy("Jalons manqués auxquels cette revue répond"), required=False, widget=forms.CheckboxSelectMultiple
    )
    next_review = DayField(label=_lazy("Prochaine revue"), required=False)

    def __init__(self, missed: Iterable[tuple[str, str]], taken_on: date | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken_on = taken_on
        offered = list(missed)
        if offered:
            self.fields["milestones"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["milestones"]

    def clean_on(self) -> date:
        """A review was held already, of something promised already."""
        day: date = self.cleaned_data["on"]
        if self.taken_on and day < self.taken_on:
            words = _("L’engagement a été pris le %(day)s : une revue vient ensuite.")
            raise forms.ValidationError(words % {"day": numbers.day(self.taken_on, language())})
        if day > timezone.localdate():
            raise forms.ValidationError(_("Cette revue n’a pas encore eu lieu : donnez le jour où elle s’est tenue."))
        return day

    def clean(self) -> dict[str, Any]:
        """The next one comes after this one."""
        given = super().clean() or {}
        if given.get("next_review") and given.get("on") and given["next_review"] <= given["on"]:
            self.add_error("next_review", _("La prochaine revue vient après celle-ci."))
        return given


class LinkForm(Plain, forms.ModelForm):
    """An action of another team."""

    url = forms.URLField(label=_lazy("Lien"), max_length=500, required=False, assume_scheme="https")

    class Meta:
        model = LinkedAction
        fields = ["title", "owner", "url"]
