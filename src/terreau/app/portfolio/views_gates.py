"""One service as a whole, and the gate before each of its stages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from terreau.app.accounts import access
from terreau.app.accounts.models import Role
from terreau.app.evidence import door as evidence
from terreau.app.language import language
from terreau.app.portfolio import gates
from terreau.app.portfolio.models import DIMENSIONS, Decision, Gate, Service, Stage
from terreau.kernel.errors import TerreauError


class DecisionForm(forms.ModelForm):
    """The decision, who takes it, when it is looked at again."""

    class Meta:
        model = Gate
        fields = ["decision", "conditions", "decided_by", "decided_on", "review_on"]
        widgets = {
            "conditions": forms.Textarea(attrs={"rows": 2}),
            "decided_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "review_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, unanswered: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unanswered = unanswered

    def clean(self) -> dict[str, Any]:
        """A decision is somebody's, on a day, after the three questions; conditions are written."""
        found = super().clean() or {}
        decision = found.get("decision")
        if not decision:
            return found
        if self.unanswered:
            self.add_error("decision", _("Répondez d’abord aux questions : une décision s’appuie sur elles."))
        for name in ("decided_by", "decided_on"):
            if not found.get(name):
                self.add_error(name, _("Dites-le : une décision sans auteur ni date ne se relit pas."))
        if decision in (Decision.GO_IF, Decision.STOP, Decision.WAIT) and not found.get("conditions"):
            self.add_error("conditions", _("Écrivez les conditions ou les raisons."))
        if found.get("review_on") and found.get("decided_on") and found["review_on"] <= found["decided_on"]:
            self.add_error("review_on", _("La date de revue vient après la décision."))
        return found


@require_GET
def service(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """« Ce service vaut-il ce qu’il demande ? »"""
    from terreau.app.diagnosis import door as diagnosis

    organisation = access.organisation_readable_by(request.user, slug)
    found = get_object_or_404(Service, organisation=organisation, pk=pk)
    assessed = access.role_of(request.user, organisation) != Role.AUDITOR
    last = gates.latest(found)
    stages = [(stage, last.get(stage.value)) for stage in Stage]
    opened = evidence.opened_to(request.user, organisation)
    shown = {
        "service": found,
        "stages": stages,
        "assessments": diagnosis.assessments_of(organisation, service=found.pk) if assessed else (),
        "standing": gates.standing([found], timezone.localdate())[0],
        "evidence": evidence.panel(organisation, f"service:{found.pk}", opened),
        "family": Service.objects.filter(organisation=organisation, family=found.family)
        .exclude(pk=pk)
        .exclude(family=""),
    }
    return render(request, "portfolio/service.html", shown)


@require_http_methods(["GET", "POST"])
def gate(request: HttpRequest, slug: str, pk: int, stage: str) -> HttpResponse:
    """The three questions, the weighing and the decision before one stage."""
    organisation = access.organisation_contributable_by(request.user, slug)
    found = get_object_or_404(Service, organisation=organisation, pk=pk)
    if stage not in Stage.values:
        raise Http404
    edition, asked = gates.questions(stage)
    last = gates.latest(found).get(stage)
    given = request.POST if request.method == "POST" else None
    answers = {each.key: (given.get(f"q-{each.key}", "") if given else (last.answers if last else {}).get(each.key, "")).strip()[:2000]
               for each in asked}  # fmt: skip
    weighing = gates.weighed(given) if given else (last.weighing if last else {})
    form = DecisionForm(sum(not each for each in answers.values()), given, instance=Gate(**_decided(last)))
    if given is not None and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        values |= {"edition": edition, "answers": answers, "weighing": weighing}
        told = given.get("seen", "")
        seen = int(told) if told.isascii() and told.isdigit() and len(told) <= 18 else None
        try:
            gates.weigh(found, request.user, stage, values, seen=seen)
        except TerreauError as refused:
            form.add_error(None, str(refused.words(language())))
        else:
            messages.success(request, _("Passage enregistré."))
            return redirect("portfolio:service", slug, pk)
    seen_now = given.get("seen", "") if given is not None and not form.non_field_errors() else (last.pk if last else "")
    shown = {
        "service": found, "stage": Stage(stage), "form": form, "seen": seen_now, "last": last,
        "questions": [(each, answers[each.key]) for each in asked],
        "weighing": [(key, gates.SAID[key], weighing.get(key, {})) for key in DIMENSIONS],
    }  # fmt: skip
    return render(request, "portfolio/gate.html", shown)


@require_GET
def history(request: HttpRequest, slug: str, pk: int, stage: str) -> HttpResponse:
    """What was weighed and decided at this stage, the latest first."""
    organisation = access.organisation_readable_by(request.user, slug)
    found = get_object_or_404(Service, organisation=organisation, pk=pk)
    if stage not in Stage.values:
        raise Http404
    _edition, asked = gates.questions(stage)
    rows = [
        (each, [(one.question, each.answers.get(one.key, "")) for one in asked],
         [(gates.SAID[key], each.weighing[key]) for key in DIMENSIONS if key in each.weighing])
        for each in found.gates.filter(stage=stage).select_related("made_by")[:12]
    ]  # fmt: skip
    return render(request, "portfolio/history.html", {"service": found, "stage": Stage(stage), "rows": rows})


def _decided(last: Gate | None) -> dict[str, Any]:
    names = DecisionForm.Meta.fields
    return {name: getattr(last, name) for name in names} if last else {}
