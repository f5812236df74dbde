"""At the top of every view of this room: which organisation, which commitment, for whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from terreau.app.accounts import access
from terreau.app.accounts.models import Organisation
from terreau.app.evidence import door as evidence
from terreau.app.plan.models import Commitment
from terreau.app.plan.recording import SUBJECT

May = Callable[[Any, str], Organisation]
SENT = _lazy("Ce formulaire vient d’être envoyé. Regardez le plan avant de l’envoyer encore.")


def commitment_for(request: HttpRequest, slug: str, pk: Any, may: May) -> Commitment:
    """The commitment ``pk`` that this person ``may`` use; 404 when another's."""
    organisation = may(request.user, slug)
    found = get_object_or_404(Commitment.objects.whole().select_related("made_by"), pk=pk, organisation=organisation)
    found.organisation = organisation
    return found


def revision_sent(request: HttpRequest) -> int | None:
    """What the person had before them when they wrote; None when the page did not say."""
    told = request.POST.get("revision", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) <= 9 else None


def key_sent(request: HttpRequest) -> str:
    """What a new thing will be called: said by its form, so that sending it twice makes one; else a new name."""
    try:
        return str(UUID(request.POST.get("key", "")))
    except ValueError:
        return str(uuid4())


def subject_named(organisation: Any, user: Any, key: str) -> evidence.Subject | None:
    """How evidence names a commitment, for someone who may add to it."""
    try:
        number = UUID(key.partition(":")[2])
    except ValueError:
        return None
    if access.role_of(user, organisation) not in access.READ:
        return None
    found = Commitment.objects.filter(organisation=organisation, pk=number).first()
    if found is None:
        return None
    url = reverse("plan:commitment", args=[organisation.slug, found.pk])
    facets = (("result", _("Ce qui est obtenu")), ("means", _("Ce qui est fait")))
    return evidence.Subject(key=f"{SUBJECT}:{found.pk}", label=found.statement, url=url, facets=facets)
