"""What a person may send to begin or frame an assessment, to note an interview, a practice, or to entrust criteria."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terreau.app.diagnosis import inheriting, paths
from terreau.app.diagnosis.editions import said
from terreau.app.diagnosis.models import Assessment, Interview, OffGrid

if TYPE_CHECKING:
    from terreau.referentials.edition import Edition

MOST_AT_ONCE = 10
"""Profile questions asked one under the other; a longer profile is folded."""
UNKNOWN, YES, NO = "", "yes", "no"


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A date, typed or picked."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class FrameForm(forms.Form):
    """Title, period, target: what frames an assessment."""

    title = forms.CharField(label=_("Titre"), max_length=160)
    period_start = day_field(_("Début de la période regardée"))
    period_end = day_field(_("Fin de la période regardée"))
    target_on = day_field(
        _("Prêt pour le"), required=False, help_text=_("Le jour de l'audit ou de la revue, s'il est connu.")
    )
    target_level = forms.ChoiceField(label=_("Niveau visé"), required=False)

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        levels = [(one.key, said(one.title)) for one in edition.levels]
        if levels:
            self.fields["target_level"].choices = [("", _("Aucun pour l'instant")), *levels]  # type: ignore[attr-defined]
        else:
            del self.fields["target_level"]

    def clean(self) -> dict[str, Any]:
        """A period ends after it starts."""
        answers = super().clean() or {}
        start, end = answers.get("period_start"), answers.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", _("La période finit avant de commencer."))
        return answers


class StartForm(FrameForm):
    """A new assessment: of what, for whom, and a few yes or no questions."""

    def __init__(
        self, edition: Edition, services: Iterable[Any], others: Iterable[Assessment], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(edition, *args, **kwargs)
        self.services = {str(one.pk): one for one in services}
        self.others = {str(one.pk): one for one in others}
        subjects = [(key, one.name) for key, one in self.services.items()] if "service" in edition.concerns else []
        if "organisation" in edition.concerns or not subjects:
            subjects = [("", _("L'organisation")), *subjects]
        self.fields["subject"] = forms.ChoiceField(label=_("Qu'évalue-t-on ?"), choices=subjects, required=False)
        if edition.variants:
            self._radios(
                "variant",
                _("Vous êtes plutôt"),
                [("", _("Une autre organisation")), *((one.key, said(one.title)) for one in edition.variants)],
            )
        answers = [(YES, _("Oui")), (NO, _("Non")), (UNKNOWN, _("Je ne sais pas"))]
        self.long = len(edition.profile) > MOST_AT_ONCE
        for one in edition.profile:
            if self.long:
                self.fields[f"profile-{one.key}"] = forms.ChoiceField(
                    label=said(one.question), choices=answers[::-1], required=False
                )
            else:
                self._radios(f"profile-{one.key}", said(one.question), answers)
        offered = paths.of(edition)
        if offered:
            self._radios(
                "path",
                _("Par où commencer ?"),
                [*((one.key, one.choice) for one in offered), ("", _("Dans l'ordre de la grille"))],
            )
        if self.others:
            offered_by = inheriting.choices(self.service_asked(), self.services, list(self.others.values()))
            self.fields["inherits"] = forms.ChoiceField(label=_("Reprendre les réponses d'une autre évaluation ?"), choices=offered_by, required=False,
                help_text=_("Utile pour des services d'une même famille : ce que vous répondrez ici remplacera, le reste suivra l'autre."))  # fmt: skip
        self.order_fields(["title", "subject", "variant", *(f"profile-{one.key}" for one in edition.profile), "path", "inherits",
                           "period_start", "period_end", "target_on", "target_level"])  # fmt: skip

    def _radios(self, name: str, label: Any, choices: list[Any]) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label, choices=choices, required=False, widget=forms.RadioSelect, initial=""
        )

    def service_asked(self) -> Any:
        """The service that was chosen, or that the page was opened for; None for the organisation."""
        return self.services.get(
            str(self.data.get("subject", "") if self.is_bound else self.initial.get("subject", ""))
        )

    def relatives(self) -> list[Assessment]:
        """What the family of that service already answers to this referential."""
        return inheriting.relatives(self.service_asked(), self.services, self.others.values())

    def asked(self) -> list[Any]:
        """The fields that are one question with radio buttons: each in its own fieldset."""
        return [field for field in self if isinstance(field.field.widget, forms.RadioSelect)]

    def plain(self) -> list[Any]:
        """The other fields."""
        aside = self.aside()
        return [field for field in self if not isinstance(field.field.widget, forms.RadioSelect) and field not in aside]

    def aside(self) -> list[Any]:
        """The questions of a long profile, folded: one may begin without them."""
        return [field for field in self if self.long and field.name.startswith("profile-")]

    def given(self) -> dict[str, Any]:
        """What ``starting.begin`` takes; the variant answers what was left unknown."""
        answers = self.cleaned_data
        variant = answers.get("variant", "")
        family = self.others.get(answers.get("inherits", ""))
        profile = dict(self.edition.variant(variant).profile) if variant else dict(family.profile) if family else {}
        for one in self.edition.profile:
            said_here = answers.get(f"profile-{one.key}", "")
            if said_here:
                profile[one.key] = said_here == YES
        return {
            **{name: answers.get(name) for name in ("title", "period_start", "period_end", "target_on")},
            "target_level": answers.get("target_level", ""), "variant": variant, "profile": profile,
            "path": answers.get("path", ""), "service": self.services.get(answers.get("subject", "")),
            "inherits": family,
        }  # fmt: skip


class InterviewForm(forms.ModelForm):
    """A conversation: with which role, when, what was said."""

    on = day_field(_("Date"))

    class Meta:
        model = Interview
        fields = ["role", "on", "profession", "notes"]

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((key, said(words)) for key, words in edition.professions.items())]
        self.fields["profession"] = forms.ChoiceField(
            label=_("Métier, pour la liste des questions"), choices=choices, required=False
        )
        self.fields["role"].help_text = _(
            "« Responsable des achats » suffit : le nom d'une personne n'est pas nécessaire."
        )
        self.fields["criteria_text"] = forms.CharField(
            label=_("Critères abordés"), required=False, help_text=_("Leurs numéros, séparés par des espaces : 1.1.1 2.1.2"),
            initial=" ".join(key.rpartition(":")[2] for key in self.instance.criteria))  # fmt: skip
        self.edition = edition

    def clean_criteria_text(self) -> list[str]:
        """Full keys of the criteria named."""
        found, unknown = [], []
        for short in self.cleaned_data["criteria_text"].replace(",", " ").replace(";", " ").split():
            try:
                found.append(self.edition.criterion(short).key)
            except KeyError:
                unknown.append(short)
        if unknown:
            raise forms.ValidationError(
                _("La grille n'a pas de critère %(which)s."), params={"which": ", ".join(unknown[:5])}
            )
        return list(dict.fromkeys(found))


class OffGridForm(forms.ModelForm):
    """A practice the grid does not ask for."""

    class Meta:
        model = OffGrid
        fields = ["title", "theme", "text", "owner_text", "existing_action"]

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes = [said(one.title) for one in edition.themes]
        self.fields["existing_action"].help_text = _(
            "Son nom, puis l'adresse de sa page s'il y en a une : elle devient un lien. L'équipe qui la mène en reste responsable."
        )


class DelegationForm(forms.Form):
    """To whom some criteria are entrusted: a member, or whoever receives a link."""

    to = forms.ChoiceField(label=_("À un membre"), required=False)
    name = forms.CharField(
        label=_("Ou à une personne sans compte, par un lien : nom ou rôle"), max_length=160, required=False
    )
    email = forms.EmailField(label=_("Son adresse e-mail"), required=False)
    due = day_field(_("Pour le"), required=False)
    message = forms.CharField(label=_("Un mot pour cette personne"), required=False, max_length=2000,
                              widget=forms.Textarea(attrs={"rows": 3}))  # fmt: skip

    def __init__(self, members: Iterable[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(one.user_id): one.user for one in members}
        self.fields["to"].choices = [("", "–"), *((key, str(user)) for key, user in self.members.items())]  # type: ignore[attr-defined]

    def clean_due(self) -> date | None:
        """A day to come, not in ten years."""
        day: date | None = self.cleaned_data["due"]
        today = timezone.localdate()
        if day and not today <= day <= today + timedelta(days=3 * 366):
            raise forms.ValidationError(_("Donnez un jour à venir."))
        return day

    def clean(self) -> dict[str, Any]:
        """Someone, and only one."""
        answers = super().clean() or {}
        if not answers.get("to") and not answers.get("name", "").strip():
            self.add_error("name", _("Choisissez un membre, ou nommez la personne qui recevra le lien."))
        if answers.get("to") and answers.get("name", "").strip():
            self.add_error("name", _("L'un ou l'autre : un membre n'a pas besoin de lien."))
        return answers
