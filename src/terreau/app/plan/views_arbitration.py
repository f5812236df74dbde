"""« Qu’avons-nous arbitré, et pourquoi ? »: the register, one decision, what is decided and looked at again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.language import language
from terreau.app.plan import arbitrating, levers_exporting, packs
from terreau.app.plan import arbitration_showing as showing
from terreau.app.plan.acting import FaultyError
from terreau.app.plan.entering import SENT, May, key_sent, revision_sent
from terreau.app.plan.forms_arbitration import DecideForm, PoseForm, ReviewForm, WeighForm
from terreau.app.plan.models import Commitment
from terreau.app.plan.models_arbitration import Arbitration
from terreau.kernel.errors import TerreauError

ROWS = 20


@require_GET
def arbitrations(request: HttpRequest, slug: str) -> HttpResponse:
    """The register, what is to be decided or looked at again first."""
    organisation = access.organisation_examinable_by(request.user, slug)
    rows = list(Arbitration.objects.filter(organisation=organisation).whole())
    records = {str(row.pk): arbitrating.record_of(row) for row in rows}
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    shown = {
        "page": page, "lines": [showing.line(row, records[str(row.pk)], slug) for row in page],
        "overdue": showing.overdue(tuple(records.values())), "prepares": _role(request, organisation) in access.CONTRIBUTE,
    }  # fmt: skip
    return render(request, "plan/arbitrations.html", shown)


@require_GET
def arbitrations_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole register, one row per option."""
    organisation = access.organisation_examinable_by(request.user, slug)
    rows = list(Arbitration.objects.filter(organisation=organisation).whole())
    return levers_exporting.csv_answer(
        showing.HEADERS[language()], showing.csv_rows(rows), f"arbitrages-{organisation.slug}.csv"
    )


@require_GET
def arbitration(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """One decision: options side by side, what was decided and why, its reviews, its history."""
    row = _row(request, slug, pk, access.organisation_examinable_by)
    record, role = arbitrating.record_of(row), _role(request, row.organisation)
    rules = {one.key: one for one in _rules(row.organisation)}
    later = row.successors.exclude(decided="").first()
    shown = {
        "one": row, "line": showing.line(row, record, slug), "columns": showing.columns(record, rules, slug, row.pk), "record": record,
        "rows": showing.table(record), "faults": () if record.decided else showing.faults(row), "history": showing.history(row),
        "applied": Commitment.objects.filter(organisation=row.organisation, pk__in=record.commitments), "later": later,
        "chosen": record.option(record.decided), "prepares": not record.decided and role in access.CONTRIBUTE,
        "decides": not record.decided and role in access.EDIT, "reviews": bool(record.decided) and role in access.EDIT,
    }  # fmt: skip
    return render(request, "plan/arbitration.html", shown)


@require_http_methods(["GET", "POST"])
def pose(request: HttpRequest, slug: str) -> HttpResponse:
    """A question to decide; ``?remplace=`` takes up again a decision that no longer holds."""
    organisation = access.organisation_contributable_by(request.user, slug)
    former = None
    if request.GET.get("remplace"):
        former = _row(request, slug, _uuid(request.GET["remplace"]), access.organisation_contributable_by)
    before = arbitrating.record_of(former) if former else None
    initial = (
        {"question": before.question, "tensions": before.tensions, "took_part": before.took_part} if before else {}
    )
    form = PoseForm(request.POST or None, before=before, commitments=_commitments(organisation), initial=initial)
    key = key_sent(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            arbitrating.pose(organisation, request.user, given | {"id": UUID(key)}, former)
        except IntegrityError:
            if _sent_already(organisation, key, given):
                return redirect("plan:arbitration", organisation.slug, key)
            form.add_error(None, SENT)  # in other words, or under a stranger's name: nothing of this one is kept
            key = str(uuid4())
        else:
            messages.success(request, _("Question posée. Dites maintenant ce que chaque option apporte et coûte."))
            return redirect("plan:arbitration", slug, key)
    return render(request, "plan/arbitration_form.html", {"form": form, "former": former, "key": key})


@require_http_methods(["GET", "POST"])
def rework(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Other words or options, while nothing is decided."""
    row = _row(request, slug, pk, access.organisation_contributable_by)
    before = arbitrating.record_of(row)
    initial = {
        "question": row.question,
        "tensions": row.tensions,
        "took_part": row.took_part,
        "commitments": row.commitments,
    }
    form = PoseForm(request.POST or None, before=before, commitments=_commitments(row.organisation), initial=initial)
    if request.method == "POST" and form.is_valid():
        given, seen = form.cleaned_data, revision_sent(request)
        if _done(request, form, lambda: arbitrating.rework(row, request.user, given, seen=seen)):
            return redirect("plan:arbitration", slug, pk)
    return render(
        request, "plan/arbitration_form.html", {"form": form, "one": row, "revision": _revision(request, row)}
    )


@require_http_methods(["GET", "POST"])
def weigh(request: HttpRequest, slug: str, pk: Any, option: str) -> HttpResponse:
    """What one option brings and costs."""
    row = _row(request, slug, pk, access.organisation_contributable_by)
    record = arbitrating.record_of(row)
    found = record.option(option)
    if found is None:
        return redirect("plan:arbitration", slug, pk)
    rules = [(one.key, one.title.in_(language())) for one in _rules(row.organisation)]
    form = WeighForm(record, option, rules, request.POST or None)
    if request.method == "POST" and form.is_valid():
        effects, kept, seen = form.effects, form.cleaned_data["rules"], revision_sent(request)
        if _done(request, form, lambda: arbitrating.weigh(row, request.user, option, effects, kept, seen=seen)):
            return redirect("plan:arbitration", slug, pk)
    shown = {"form": form, "one": row, "option": found, "revision": _revision(request, row)}
    return render(request, "plan/arbitration_weigh.html", shown)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """What was decided; afterwards the page only adds."""
    row = _row(request, slug, pk, access.organisation_editable_by)
    record = arbitrating.record_of(row)
    initial = {"decided_on": timezone.localdate(), "review_on": _in_a_year(), "took_part": row.took_part}
    form = DecideForm(record, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given, seen = form.cleaned_data, revision_sent(request)
        if _done(request, form, lambda: arbitrating.decide(row, request.user, given, seen=seen)):
            messages.success(request, _("Décision écrite. Elle ne change plus : on la revoit, ou on la remplace."))
            return redirect("plan:arbitration", slug, pk)
    return render(
        request, "plan/arbitration_decide.html", {"form": form, "one": row, "revision": _revision(request, row)}
    )


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """A decision looked at again."""
    row = _row(request, slug, pk, access.organisation_editable_by)
    if not row.decided:
        return redirect("plan:arbitration", slug, pk)
    form = ReviewForm(
        row, request.POST or None, initial={"on": timezone.localdate(), "kept": "oui", "next_on": _in_a_year()}
    )
    if request.method == "POST" and form.is_valid():
        given, seen = form.cleaned_data, revision_sent(request)
        if _done(request, form, lambda: arbitrating.review(row, request.user, given, seen=seen)):
            return redirect("plan:arbitration", slug, pk)
    return render(
        request, "plan/arbitration_review.html", {"form": form, "one": row, "revision": _revision(request, row)}
    )


@require_POST
def discard(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """A question that nobody will decide is removed."""
    row = _row(request, slug, pk, access.organisation_editable_by)
    try:
        arbitrating.discard(row, request.user, seen=revision_sent(request))
    except TerreauError as refused:
        messages.error(request, str(refused.words(language())))
        return redirect("plan:arbitration", slug, pk)
    messages.success(request, _("Question retirée ; le journal en garde la trace."))
    return redirect("plan:arbitrations", slug)


def _row(request: HttpRequest, slug: str, pk: Any, may: May) -> Arbitration:
    """The arbitration ``pk`` that this person ``may`` use; 404 when another's."""
    organisation = may(request.user, slug)
    found = get_object_or_404(
        Arbitration.objects.whole().prefetch_related("versions"), pk=pk, organisation=organisation
    )
    found.organisation = organisation
    return found


def _done(request: HttpRequest, form: Any, act: Callable[[], None]) -> bool:
    """Do it; False with the reasons in the form when it is refused."""
    try:
        act()
    except TerreauError as refused:
        form.add_error(None, str(refused.words(language())))
    except FaultyError as faulty:
        for fault in faulty.faults:
            words = fault.words(language())
            form.add_error(None, f"{words.what} {words.remedy}")
    else:
        return True
    return False


def _sent_already(organisation: Any, key: str, given: Mapping[str, Any]) -> bool:
    """Whether this form posed its question already, in the same words."""
    made = Arbitration.objects.filter(organisation=organisation, pk=key).first()
    if made is None:
        return False
    return (made.question, made.tensions, made.took_part, [one["title"] for one in made.options]) == (
        given["question"], given["tensions"], given["took_part"], [title for _key, title in given["titles"]]
    )  # fmt: skip


def _rules(organisation: Any) -> Any:
    from terreau.levers import rules

    return rules(packs.own_rules(organisation))


def _commitments(organisation: Any) -> list[tuple[str, str]]:
    found = Commitment.objects.filter(organisation=organisation).values_list("pk", "statement")
    return [(str(pk), statement) for pk, statement in found]


def _in_a_year() -> date:
    today = timezone.localdate()
    return today.replace(year=today.year + 1, day=min(today.day, 28))


def _revision(request: HttpRequest, row: Arbitration) -> str:
    return request.POST.get("revision", str(row.revision))


def _role(request: HttpRequest, organisation: Any) -> str:
    return access.role_of(request.user, organisation)


def _uuid(text: str) -> Any:
    from django.http import Http404

    try:
        return UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong
