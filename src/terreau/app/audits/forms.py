"""What a person may send in this room."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from terreau.app.audits.models import Audit, CommitteeRemark, Finding, PaperReport


def day_input() -> forms.DateInput:
    """A date, typed or picked."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def text_area(rows: int = 3) -> forms.Textarea:
    """A few lines."""
    return forms.Textarea(attrs={"rows": rows})


class FrameForm(forms.ModelForm):
    """Who audits, at which level, in which window."""

    class Meta:
        model = Audit
        fields = ["title", "body", "auditor", "level", "window_from", "window_until"]
        widgets = {"window_from": day_input(), "window_until": day_input()}
        help_texts = {
            "window_until": _lazy("L’accès de l’auditeur finit ce jour-là."),
            "level": _lazy("Celui que vous demandez à l’organisme."),
        }

    def __init__(self, levels: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if levels:
            choices = [("", _("Aucun pour l’instant")), *levels]
            self.fields["level"] = forms.ChoiceField(label=_("Niveau demandé"), choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        """A window ends after it starts."""
        given = super().clean() or {}
        start, end = given.get("window_from"), given.get("window_until")
        if start and end and end < start:
            self.add_error("window_until", _("La période d’examen finit avant de commencer."))
        return given


class InviteForm(forms.Form):
    """Whom the link is for."""

    email = forms.EmailField(label=_lazy("Adresse de l’auditeur"), required=False,
                             help_text=_lazy("Si vous la donnez, le lien ne sert qu’à cette adresse."))  # fmt: skip


class PaperForm(forms.ModelForm):
    """Which report came on paper, and why the organisation types it in."""

    class Meta:
        model = PaperReport
        fields = ["title", "dated_on", "why"]
        widgets = {"dated_on": day_input()}
        help_texts = {
            "title": _lazy("Comme il se nomme lui-même, avec son numéro s’il en a un."),
            "why": _lazy("Par exemple : l’organisme ne rend ses rapports que sur papier."),
        }

    def clean_dated_on(self) -> date:
        """A report received was written already."""
        day: date = self.cleaned_data["dated_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Un rapport reçu porte une date passée."))
        return day


class FindingForm(forms.ModelForm):
    """What the auditor saw."""

    class Meta:
        model = Finding
        fields = ["gravity", "text"]
        widgets = {"gravity": forms.RadioSelect, "text": text_area(4)}


class AnswerForm(forms.ModelForm):
    """What the organisation answers to a finding."""

    class Meta:
        model = Finding
        fields = ["answer", "cause", "action", "due"]
        widgets = {"answer": text_area(4), "cause": text_area(2), "due": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True


class RecheckForm(forms.ModelForm):
    """What somebody saw on looking again."""

    state = forms.ChoiceField(label=_lazy("Où en est ce constat"), widget=forms.RadioSelect,
                              choices=[one for one in Finding.State.choices if one[0] != "answered"])  # fmt: skip

    class Meta:
        model = Finding
        fields = ["state", "recheck"]
        widgets = {"recheck": text_area(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recheck"].required = True


class RemarkForm(forms.ModelForm):
    """What the committee asks."""

    class Meta:
        model = CommitteeRemark
        fields = ["text", "criterion", "said_on", "due"]
        widgets = {"text": text_area(2), "said_on": day_input(), "due": day_input()}
        help_texts = {"text": _lazy("Par exemple : « précisez les indicateurs ».")}

    def __init__(self, criteria: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = dict(criteria)
        field = forms.CharField(label=_("Numéro du critère"), required=False, max_length=40)
        self.fields["criterion"] = field

    def clean_criterion(self) -> str:
        """A number of the grid, as its full key."""
        number = self.cleaned_data["criterion"].strip()
        if number and number not in self.criteria:
            raise forms.ValidationError(_("Aucun critère ne porte ce numéro."))
        return self.criteria.get(number, "")


class FollowForm(forms.ModelForm):
    """What is done about a remark."""

    class Meta:
        model = CommitteeRemark
        fields = ["follow_up", "due", "done_on"]
        widgets = {"follow_up": text_area(3), "due": day_input(), "done_on": day_input()}

    def clean(self) -> dict[str, Any]:
        """What is done is told."""
        given = super().clean() or {}
        if given.get("done_on") and not (given.get("follow_up") or "").strip():
            self.add_error("follow_up", _("Dites ce qui en a été fait."))
        return given


class DecisionForm(forms.ModelForm):
    """What the committee decided."""

    class Meta:
        model = Audit
        fields = ["outcome", "decided_on", "decided_by", "decision_text", "valid_until"]
        widgets = {
            "outcome": forms.RadioSelect,
            "decided_on": day_input(),
            "decision_text": text_area(3),
            "valid_until": day_input(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision_text"].help_text = _("Nécessaires, sauf pour un accord sans condition.")
        for name in ("outcome", "decided_on", "decided_by"):
            self.fields[name].required = True
        self.fields["outcome"].choices = Audit.Outcome.choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Anything but a plain yes says why; it ends after it begins."""
        given = super().clean() or {}
        if (
            given.get("outcome") not in (None, "", Audit.Outcome.GRANTED)
            and not (given.get("decision_text") or "").strip()
        ):
            self.add_error("decision_text", _("Écrivez les motifs et ce qui est demandé."))
        start, end = given.get("decided_on"), given.get("valid_until")
        if start and end and end <= start:
            self.add_error("valid_until", _("La validité finit après la décision."))
        return given
