"""One commitment: what it promises, where it stands, and each thing that may be added to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.evidence import door as evidence
from terreau.app.language import language
from terreau.app.plan import acting, knowing, originating, serving, showing, telling, wording
from terreau.app.plan.entering import commitment_for, revision_sent
from terreau.app.plan.forms import (
    AimForm,
    DoneForm,
    FrameForm,
    LinkForm,
    MilestoneForm,
    MoveForm,
    ReviewForm,
    aimed,
)
from terreau.app.plan.models import Commitment
from terreau.app.plan.recording import record_of, subject
from terreau.kernel.errors import TerreauError
from terreau.plan.checking import check
from terreau.plan.commitments import AIMS, Review
from terreau.plan.standing import Standing

EVENTS, FAULTS = 8, 6


@require_GET
def commitment(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """What is promised, whether it is kept, and what shows it."""
    row = commitment_for(request, slug, pk, access.organisation_examinable_by)
    one, organisation = _standing(row), row.organisation
    told, known = one.commitment, knowing.definitions(organisation)
    faults = check(told, knowing.units(organisation), timezone.localdate())
    role = access.role_of(request.user, organisation)
    shown = {
        "row": row, "told": told, "criteria": [serving.label(organisation, key) for key in told.criteria], "status": showing.status_chip(one.status), "theme": knowing.theme_name(told.theme) if told.theme else "",
        "reasons": showing.reasons(one, known), "steps": showing.steps_told(one), "aims": showing.aims_told(one, known, organisation),
        "former": [(each, showing.aim_told(each.aim, each.which, known)) for each in told.former],
        "reviews": row.held("reviews"), "evidence": evidence.panel(organisation, subject(row), evidence.opened_to(request.user, organisation)),
        "linked": row.held("linked"), "origin": originating.told(row), "levers": originating.levers(told.levers, organisation),
        "due": one.due, "moves": told.moves, "missed": one.missed, "faults": showing.faults_told(faults[:FAULTS], told, known),
        "more_faults": max(len(faults) - FAULTS, 0), "budget": showing.money(told.budget), "days": showing.days(told.person_days), "subject": subject(row),
        "events": telling.events(row, EVENTS), "journal": role in ("owner", "auditor"),
        "ended": one.status in ("kept", "missed_answered", "stopped") and told.ended_by(one.on) is not None,
    }  # fmt: skip
    return render(request, "plan/commitment.html", shown)


@require_http_methods(["GET", "POST"])
def frame(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Who carries it, with which means."""
    row = commitment_for(request, slug, pk, access.organisation_editable_by)
    initial = {name: getattr(row, name) for name in FrameForm.base_fields}
    form = FrameForm(row.organisation, request.POST or None, initial=initial)
    return _act(request, row, form, lambda given, seen: acting.reframe(row, request.user, given, seen=seen),
                title=_("Changer la fiche"), said=_("Fiche enregistrée."),
                lead=_("Ce qui a été promis ne change pas ici : la phrase, les dates et les objectifs ont leurs propres pages."))  # fmt: skip


@require_http_methods(["GET", "POST"])
def put_off(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Another due day; the one promised stays."""
    row = _taken(request, slug, pk)
    form = MoveForm(request.POST or None, initial={"due": _standing(row).due})
    return _act(request, row, form, lambda given, seen: acting.put_off(row, request.user, given["due"], given["why"], seen=seen),
                title=_("Déplacer l’échéance"), said=_("Échéance déplacée ; l’ancienne reste écrite."), lead=row.statement)  # fmt: skip


@require_http_methods(["GET", "POST"])
def aim(request: HttpRequest, slug: str, pk: Any, which: str) -> HttpResponse:
    """Another aim; the one it had stays."""
    if which not in AIMS:
        raise Http404
    row = _taken(request, slug, pk)
    known = knowing.definitions(row.organisation)
    form = AimForm(known, (which,), request.POST or None, initial=aimed(which, record_of(row).aim(which)))

    def act(_given: Any, seen: int | None) -> None:
        acting.aim_again(row, request.user, which, form.aim(which), form.cleaned_data["why"], seen=seen)

    title = _("Changer l’objectif de résultat") if which == "result" else _("Changer l’objectif de moyens")
    return _act(request, row, form, act, title=title, said=_("Objectif changé ; l’ancien reste écrit."), lead=row.statement,
                offered=[knowing.named(one) for one in known.values()], blame=form.blame)  # fmt: skip


@require_http_methods(["GET", "POST"])
def new_milestone(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """One more milestone, perhaps in answer to a missed one."""
    row = _taken(request, slug, pk)
    form = MilestoneForm(
        showing.missed_of(_standing(row)), request.POST or None, initial={"answers": request.GET.get("repond", "")}
    )

    def act(given: Mapping[str, Any], seen: int | None) -> None:
        acting.set_milestone(row, request.user, given["title"], given["due"], given.get("answers", ""), seen=seen)

    return _act(request, row, form, act, title=_("Fixer un jalon"), said=_("Jalon fixé."), lead=row.statement)


@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, slug: str, pk: Any, key: str) -> HttpResponse:
    """A milestone is done."""
    row = _taken(request, slug, pk, access.organisation_contributable_by)
    form = DoneForm(request.POST or None, initial={"done_on": timezone.localdate()})
    return _act(request, row, form, lambda given, seen: acting.finish(row, request.user, key, given["done_on"], seen=seen),
                title=_("Dire qu’un jalon est fait"), said=_("Jalon fait."), lead=_milestone_named(row, key))  # fmt: skip


@require_http_methods(["GET", "POST"])
def put_milestone_off(request: HttpRequest, slug: str, pk: Any, key: str) -> HttpResponse:
    """Another day for a milestone; the one promised stays."""
    row = _taken(request, slug, pk)
    form = MoveForm(request.POST or None)

    def act(given: Mapping[str, Any], seen: int | None) -> None:
        acting.put_milestone_off(row, request.user, key, given["due"], given["why"], seen=seen)

    return _act(request, row, form, act, title=_("Déplacer un jalon"), said=_("Jalon déplacé ; l’ancienne date reste écrite."),
                lead=_milestone_named(row, key))  # fmt: skip


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """The commitment is looked at again."""
    row = _taken(request, slug, pk)
    initial = {"on": timezone.localdate()}
    form = ReviewForm(showing.missed_of(_standing(row)), row.adopted_on, request.POST or None, initial=initial)

    def act(given: Mapping[str, Any], seen: int | None) -> None:
        told = Review(on=given["on"], decision=given["decision"], comment=given["comment"].strip(), by=given["by"].strip(),
                      milestones=tuple(given.get("milestones", ())))  # fmt: skip
        acting.review(row, request.user, told, given["next_review"], seen=seen)

    return _act(
        request,
        row,
        form,
        act,
        title=_("Passer l’engagement en revue"),
        said=_("Revue enregistrée."),
        lead=row.statement,
    )


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """An action of another team that helps; it stays theirs."""
    row = commitment_for(request, slug, pk, access.organisation_contributable_by)
    form = LinkForm(request.POST or None)
    return _act(request, row, form, lambda given, _seen: acting.link(row, request.user, given), title=_("Lier une action d’une autre équipe"),
                said=_("Action liée."), lead=_("Elle reste la leur : ses dates et ses moyens ne comptent pas dans le plan."))  # fmt: skip


@require_POST
def unlink(request: HttpRequest, slug: str, pk: Any, action: int) -> HttpResponse:
    """That action helps no more."""
    row = commitment_for(request, slug, pk, access.organisation_editable_by)
    acting.unlink(row, request.user, action)
    return redirect("plan:commitment", slug, pk)


def _act(request: HttpRequest, row: Commitment, form: forms.BaseForm, act: Callable[[Mapping[str, Any], int | None], None], *,
         title: str, said: str, lead: str, offered: Any = (), blame: Any = None) -> HttpResponse:  # fmt: skip
    """One small form: done, or shown again with what is wrong and how to mend it."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data, revision_sent(request))
        except acting.FaultyError as refused:
            if blame:
                blame(refused.faults)
            else:
                for fault in refused.faults:
                    form.add_error("due" if "due" in form.fields else None, wording.line(fault))
        except TerreauError as refused:
            form.add_error(None, str(refused.words(language())))
        else:
            messages.success(request, said)
            return redirect("plan:commitment", row.organisation.slug, row.pk)
    shown = {
        "row": row,
        "form": form,
        "title": title,
        "lead": lead,
        "offered": offered,
        "revision": _revision_shown(request, row),
    }
    return render(request, "plan/act.html", shown)


def _revision_shown(request: HttpRequest, row: Commitment) -> Any:
    """What the person had before them, as long as what they wrote is on the page."""
    return request.POST.get("revision", row.revision) if request.method == "POST" else row.revision


def _taken(request: HttpRequest, slug: str, pk: Any, may: Any = access.organisation_editable_by) -> Commitment:
    row = commitment_for(request, slug, pk, may)
    if row.adopted_on is None:
        raise TerreauError("app.commitment_is_draft")
    return row


def _standing(row: Commitment) -> Standing:
    return showing.judged([record_of(row)], row.organisation, timezone.localdate())[0]


def _milestone_named(row: Commitment, key: str) -> str:
    found = next((one for one in row.held("milestones") if one.key == key), None)
    if found is None:
        raise Http404
    return found.title
