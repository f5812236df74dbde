"""Writing a commitment down: from nothing, a lever, a gap or a remark; taking it; throwing a draft away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.language import language
from terreau.app.plan import acting, knowing, prefilling, wording
from terreau.app.plan.entering import SENT, commitment_for, key_sent, revision_sent
from terreau.app.plan.forms import MILESTONES, CommitmentForm, written
from terreau.app.plan.models import Commitment
from terreau.app.plan.recording import record_of
from terreau.indicators.definition import Indicator
from terreau.kernel.errors import TerreauError
from terreau.plan.commitments import MEANS, RESULT
from terreau.plan.commitments import Commitment as Record


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """« À quoi nous engageons-nous ? »"""
    organisation = access.organisation_contributable_by(request.user, slug)
    begun = prefilling.begun(organisation, request.GET, timezone.localdate())
    return _write(request, organisation, None, begun.values, {"begun": begun}, begun.hints)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """A draft, written again."""
    row = commitment_for(request, slug, pk, access.organisation_contributable_by)
    if row.adopted_on is not None:
        return redirect("plan:commitment", slug, pk)
    return _write(request, row.organisation, row, written(record_of(row)), {}, {})


@require_POST
def adopt(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """From now on it is a promise."""
    row = commitment_for(request, slug, pk, access.organisation_editable_by)
    try:
        acting.adopt(row, request.user, timezone.localdate(), seen=revision_sent(request))
    except acting.FaultyError as refused:
        for fault in refused.faults:
            messages.error(request, wording.line(fault))
    else:
        messages.success(request, TAKEN)
    return redirect("plan:commitment", slug, pk)


@require_POST
def discard(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Throw a draft away."""
    row = commitment_for(request, slug, pk, access.organisation_editable_by)
    acting.discard(row, request.user, seen=revision_sent(request))
    messages.success(request, _("Brouillon supprimé ; le journal en garde la trace."))
    return redirect("plan:home", slug)


def _write(request: HttpRequest, organisation: Any, row: Commitment | None, initial: Mapping[str, Any],
           shown: dict[str, Any], hints: Mapping[str, str]) -> HttpResponse:  # fmt: skip
    known = knowing.definitions(organisation)
    may_take = access.role_of(request.user, organisation) in access.EDIT
    taking = request.POST.get("do") == "take"
    if taking and not may_take:
        raise PermissionDenied
    today, key = timezone.localdate(), "" if row else key_sent(request)
    form = CommitmentForm(organisation, known, request.POST if request.method == "POST" else None, initial=initial)
    readable = request.method == "POST" and form.is_valid()
    if taking:
        form.judge(today)
    if readable and form.is_valid():
        on = (form.cleaned_data["adopted_on"] or today) if taking else None
        try:
            kept = acting.write(
                organisation, request.user, form.record(key), into=row, seen=revision_sent(request), take_on=on
            )
        except IntegrityError:
            if key and _sent_already(organisation, form.record(key)):
                return redirect("plan:commitment", organisation.slug, key)
            form.add_error(None, SENT)  # in other words, or under a stranger's name: nothing of this one is kept
            key = str(uuid4())
        except TerreauError as refused:
            form.add_error(None, str(refused.words(language())))
        else:
            messages.success(request, TAKEN if taking else DRAFTED)
            return redirect("plan:commitment", organisation.slug, kept.pk)
    shown |= {
        "form": form, "row": row, "milestones": [(form[f"milestone_{n}"], form[f"milestone_{n}_due"]) for n in range(MILESTONES)],
        "aims": [
            (which, form.unit_of(which), hints.get(which, ""), form[f"{which}_indicator"], [form[f"{which}_{name}"] for name in AIM_FIELDS])
            for which in (RESULT, MEANS)
        ],
        "offered": _offered(known), "may_take": may_take, "key": key,
        "revision": request.POST.get("revision", row.revision if row else ""),
    }  # fmt: skip
    return render(request, "plan/write.html", shown)


def _sent_already(organisation: Any, told: Record) -> bool:
    """Whether this form made its commitment already, in the same words."""
    made = Commitment.objects.filter(organisation=organisation, pk=told.key).first()
    return made is not None and all(getattr(made, name) == getattr(told, name) for name in SAME)


SAME = ("statement", "theme", "owner", "start", "due", "budget", "person_days")
TAKEN = _lazy("Engagement pris. Ses dates ne s’effacent plus : elles se replanifient.")
DRAFTED = _lazy("Brouillon gardé.")
AIM_FIELDS = ("baseline", "baseline_on", "baseline_method", "target")


def _offered(known: Mapping[str, Indicator]) -> list[str]:
    """What the list of indicators offers: the ones most plans follow and those of the organisation; any other may be typed."""
    return [knowing.named(one) for one in known.values() if one.set != "extended" or one.origin != "package"]
