"""« Passer à l'édition suivante » : what is proposed, what a person accepts, the assessment that follows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from terreau.app.accounts import access
from terreau.app.diagnosis import given, moving_on
from terreau.app.diagnosis.editions import said
from terreau.app.diagnosis.entering import answers_of, assessment_for, is_auditor
from terreau.app.diagnosis.inheriting import handed
from terreau.app.diagnosis.models import Assessment
from terreau.app.diagnosis.showing import address, crumbs, standing
from terreau.app.referentials import door as referentials

if TYPE_CHECKING:
    from terreau.referentials.edition import Edition

STEPS = 10
KINDS = {
    "same": lambda: _("même question"),
    "split": lambda: _("une devient plusieurs"),
    "merged": lambda: _("plusieurs deviennent une"),
    "new": lambda: _("nouvelle"),
    "gone": lambda: _("disparue"),
}
BECOMES = {
    "same": lambda: _("La réponse est reportée telle quelle, en brouillon, avec ses preuves."),
    "split": lambda: _("Ses mots et ses preuves vont à chacune ; les verdicts sont à redonner."),
    "merged": lambda: _(
        "Les mots et les preuves se rassemblent ; un verdict n'est gardé que s'il est le même partout."
    ),
    "new": lambda: _("À répondre."),
    "gone": lambda: _("La réponse reste dans l'ancienne évaluation."),
}


@require_http_methods(["GET", "POST"])
def moving(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Each passage to the newer edition, with our answer beside; then the new assessment."""
    may = access.organisation_editable_by if request.method == "POST" else access.organisation_readable_by
    assessment = assessment_for(request, slug, pk, may)
    name = moving_on.next_name(assessment)
    if name is None:
        return render(
            request, "diagnostic/moving.html", {"assessment": assessment, "crumbs": crumbs(assessment), "new": None}
        )
    old, new = moving_on.pinned(assessment), referentials.edition_for(assessment.organisation, *name)
    steps = referentials.steps(assessment.organisation, old, new)
    if request.method == "POST":
        return _said(request, assessment, old, new, steps)
    return render(request, "diagnostic/moving.html", _page(request, assessment, old, new, steps))


def _said(request: HttpRequest, assessment: Assessment, old: Edition, new: Edition, steps: list[Any]) -> HttpResponse:
    slug, sent = assessment.organisation.slug, request.POST
    if "begin" in sent:
        title = given.cleaned(sent.get("title", ""), 160) or assessment.title
        made = moving_on.move_on(assessment, request.user, (new.key, new.version), title)
        messages.success(request, _("Nouvelle évaluation ouverte. L'ancienne est close : elle se lit toujours."))
        return redirect("diagnosis:assessment", slug, made.pk)
    rank = sent.get("rank", "")
    if rank == "same":
        chosen = [step for step, said_of_it in steps if step.kind == "same" and said_of_it is None]
    elif rank.isdecimal() and int(rank[:6]) < len(steps):
        chosen = [steps[int(rank[:6])][0]]
    else:
        raise Http404
    referentials.say_steps(
        assessment.organisation, request.user, old, new, chosen, accepted=sent.get("accepted") == "1"
    )
    anchor = f"#p{rank}" if rank != "same" else ""
    return redirect(f"{request.get_full_path()}{anchor}")


def _page(request: HttpRequest, assessment: Assessment, old: Edition, new: Edition, steps: list[Any]) -> dict[str, Any]:
    auditor = is_auditor(request, assessment)
    answers = answers_of(assessment, auditor=auditor)
    answers |= handed(assessment, answers, auditor=auditor)
    told = {key.rpartition(":")[2]: one for key, one in answers.items() if one.speaks}
    kinds, accepted = (
        Counter(step.kind for step, _row in steps),
        Counter(step.kind for step, row in steps if row and row.accepted),
    )
    page = Paginator(list(enumerate(steps)), STEPS).get_page(request.GET.get("page"))
    following = moving_on.followed_by(assessment, (new.key, new.version))
    waiting = sum(step.kind == "same" and row is None for step, row in steps)
    taken = {key for step, row in steps if row and row.accepted for key in step.old} & told.keys()
    return {
        "assessment": assessment, "crumbs": crumbs(assessment), "old": old, "new": new, "new_title": said(new.title), "page": page,
        "rows": [_row(rank, step, row, old, new, told) for rank, (step, row) in page], "waiting": waiting,
        "kinds": [(KINDS[kind](), BECOMES[kind](), kinds[kind], accepted[kind]) for kind in KINDS if kinds[kind]],
        "carried": len(taken), "left": len(told.keys() - taken), "title": _title(assessment, new),
        "following": following, "following_url": address("assessment", following) if following else "",
    }  # fmt: skip


def _title(assessment: Assessment, new: Edition) -> str:
    base = assessment.title.removesuffix(f" ({assessment.version})")
    return f"{base[:140]} ({new.version})"


def _row(rank: int, step: Any, row: Any, old: Edition, new: Edition, told: dict[str, Any]) -> dict[str, Any]:
    befores = [old.criterion(key) for key in step.old]
    return {
        "rank": rank, "kind": KINDS[step.kind](), "why": said(step.why), "said": row, "decides": bool(step.old and step.new),
        "old": [(one.number, said(one.question), standing(old, one, told[one.short]) if one.short in told else None) for one in befores],
        "new": [(one.number, said(one.question)) for one in map(new.criterion, step.new)],
    }  # fmt: skip
