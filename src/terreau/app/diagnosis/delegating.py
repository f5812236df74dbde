"""Entrusting criteria to someone: a member, or whoever holds a link known by its hash, which expires and is withdrawn."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from terreau.app.accounts import access
from terreau.app.accounts.joining import hash_of
from terreau.app.accounts.models import Membership
from terreau.app.diagnosis import answering
from terreau.app.diagnosis.models import Assessment, Delegation, in_a_month
from terreau.app.journal import door as journal
from terreau.app.security import throttle
from terreau.app.security.limits import ENTRUSTED
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.referentials.edition import Edition

TRIES, TRIES_SECONDS = 20, 600
MOST_WRITES, MOST_FILES, WRITES_SECONDS = 300, 40, 3600


def chosen(edition: Edition, rubrics: Iterable[str], profession: str, numbers: str) -> tuple[list[str], list[str]]:
    """Full keys of the criteria of these rubrics (or all), for this profession, and of these numbers; and numbers unknown.

    Rubrics and profession narrow each other; numbers add to them.
    """
    picked = set(rubrics)
    profession = profession if profession in edition.professions else ""
    keys = [one.key for one in edition.criteria
            if (one.rubric in picked or not picked) and (profession in one.professions or not profession)
            and (picked or profession)]  # fmt: skip
    unknown = []
    for short in numbers.replace(",", " ").replace(";", " ").split():
        try:
            keys.append(edition.criterion(short).key)
        except KeyError:
            unknown.append(short)
    return list(dict.fromkeys(keys)), unknown


def entrust(assessment: Assessment, by: Any, criteria: list[str], *, to: Any = None, name: str = "", email: str = "",
            profession: str = "", due: Any = None, message: str = "") -> tuple[Delegation, str]:  # fmt: skip
    """A new delegation, and its token when it goes by a link: shown once, never kept."""
    token = "" if to else secrets.token_urlsafe(32)
    with transaction.atomic():
        made = Delegation.objects.create(
            assessment=assessment, criteria=criteria, to=to, name=(str(to) if to else name.strip())[:160], email=email,
            profession=profession, due=due, message=message.strip(), made_by=by, token_hash=hash_of(token) if token else None,
            expires_on=in_a_month() if token else None,
        )  # fmt: skip
        writer = answering.writer_of(by, assessment.organisation)
        owner = {"owner_id": to.pk, "owner_text": ""} if to else {"owner_id": None, "owner_text": made.name}
        for key in criteria:
            answering.write(answering.locked(assessment, key), writer, owner | ({"due": due} if due else {}))
        facts = {"assessment": assessment.title, "count": len(criteria), "name": made.name, "delegation": made.pk}
        journal.record(assessment.organisation, by, "diagnosis.delegated", facts)
    return made, token


def renew(delegation: Delegation, by: Any) -> str:
    """A new link in place of the old one, which opens nothing any more; returns its token."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        delegation.token_hash, delegation.expires_on, delegation.revoked_on = hash_of(token), in_a_month(), None
        delegation.save(update_fields=["token_hash", "expires_on", "revoked_on"])
        _record(delegation, by, "diagnosis.link_renewed")
    return token


def withdraw(delegation: Delegation, by: Any) -> None:
    """It opens nothing from now on; what was written stays."""
    with transaction.atomic():
        if Delegation.objects.filter(pk=delegation.pk, revoked_on=None).update(revoked_on=timezone.now()):
            _record(delegation, by, "diagnosis.delegation_withdrawn")


def of_token(request: HttpRequest, slug: str, token: str) -> Delegation:
    """The delegation this token opens; TerreauError app.contributor_link_gone. Wrong tokens are counted, and soon wait."""
    found = Delegation.objects.select_related("assessment__organisation", "assessment__inherits").filter(
        token_hash=hash_of(token), assessment__organisation__slug=slug).first()  # fmt: skip
    if found is None or not _still_offered(found):
        throttle.spend(request, "contributor-link", most=TRIES, seconds=TRIES_SECONDS)
        raise TerreauError("app.contributor_link_gone")
    return found


def enter(request: HttpRequest, delegation: Delegation) -> None:
    """Exchange the link for a session that opens these criteria and nothing else."""
    held = dict(request.session.get(ENTRUSTED, {}))
    held[str(delegation.pk)] = delegation.token_hash
    request.session.cycle_key()
    request.session[ENTRUSTED] = held
    with transaction.atomic():
        Delegation.objects.filter(pk=delegation.pk).update(opened_on=timezone.now())
        _record(delegation, None, "diagnosis.link_opened")


def held_by(request: HttpRequest, slug: str, pk: int) -> Delegation:
    """The delegation this session holds; TerreauError app.contributor_link_gone when it does not, or no longer."""
    kept = request.session.get(ENTRUSTED, {}).get(str(pk))
    found = Delegation.objects.select_related("assessment__organisation", "assessment__inherits").filter(
        pk=pk, assessment__organisation__slug=slug, token_hash__isnull=False).first()  # fmt: skip
    if not kept or found is None or found.token_hash != kept or not _still_offered(found):
        raise TerreauError("app.contributor_link_gone")
    return found


def writer(delegation: Delegation) -> answering.Writer:
    """Who writes by this link, as history and journal say it."""
    return answering.Writer(label=f"{delegation.name} (par lien n° {delegation.pk})"[:200])


def _still_offered(found: Delegation) -> bool:
    # Whoever may no longer decide here must not come back by a link made before.
    maker = Membership.objects.in_force().filter(
        organisation=found.assessment.organisation_id, user=found.made_by_id, role__in=access.EDIT
    )
    return found.holds and maker.exists()


def _record(delegation: Delegation, by: Any, action: str) -> None:
    facts = {"assessment": delegation.assessment.title, "name": delegation.name, "delegation": delegation.pk}
    journal.record(delegation.assessment.organisation, by, action, facts)
