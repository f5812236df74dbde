"""Every day to come of an organisation, from the doors of the rooms and from what its people told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from terreau.app.calendar.models import Facts, HeldLabel, Nature
from terreau.plan import duties
from terreau.plan.calendar import REVIEW, Event, Label, of_evidence, of_labels

REEN = "reen-35"
AHEAD = timedelta(days=3 * 366)


def events(organisation: Any, user: Any, language: str) -> tuple[Event, ...]:
    """Every day this person may know of, past ones until done, the earliest first; ``user`` None: without the evidence."""
    today = timezone.localdate()
    with translation.override(language):
        found = [*_of_rooms(organisation, user, language), *_of_facts(organisation, today)]
    return tuple(sorted({one.key: one for one in found}.values(), key=lambda one: (one.on, one.key)))


def _of_rooms(organisation: Any, user: Any, language: str) -> Iterator[Event]:
    from terreau.app.audits import door as audits
    from terreau.app.diagnosis import door as diagnosis
    from terreau.app.evidence import door as evidence
    from terreau.app.indicators import door as indicators
    from terreau.app.plan import door as plan

    yield from diagnosis.due(organisation)
    yield from audits.due(organisation)
    if user is not None:
        yield from of_evidence(evidence.lasting(organisation, user), _pattern("evidence:piece", organisation))
    yield from _gates(organisation)
    yield from indicators.due(organisation, language)
    yield from plan.due(organisation, language)


def _gates(organisation: Any) -> Iterator[Event]:
    from terreau.app.portfolio import door as portfolio

    for one in portfolio.gates_of(organisation, timezone.localdate()):
        if one.review_on:
            told = _("%(name)s : passage à revoir") % {"name": one.name}
            yield Event(key=f"gate:{one.url}", on=one.review_on, title_fr=told, title_en=told, kind=REVIEW, url=one.url)


def _of_facts(organisation: Any, today: date) -> Iterator[Event]:
    """Labels told here, and the days that the law sets for such an organisation."""
    told = reverse("calendar:facts", args=[organisation.slug])
    yield from of_labels(
        Label(key=f"held:{one.pk}", name=one.name, granted_on=one.granted_on, years=one.years, ends_on=one.ends_on,
              prepare_months=one.prepare_months, url=told)
        for one in HeldLabel.objects.filter(organisation=organisation)
    )  # fmt: skip
    facts = Facts.objects.filter(organisation=organisation).first()
    if facts is None:
        return
    if facts.nature == Nature.MISSION and facts.mission_on:
        found = duties.of_mission(company(facts), today, today + AHEAD, told)
        # Nobody says here that a report was made: only those to come are shown. A check held is said, and moves the next one.
        yield from (one for one in found if one.on >= today or not one.key.startswith("mission:report/"))
    if facts.nature in (Nature.AUTHORITY, Nature.TERRITORY):
        yield from _of_authority(organisation, facts, today, told)


def company(facts: Facts) -> duties.MissionCompany:
    """The société à mission that these facts describe; ``mission_on`` is known."""
    closed = facts.accounts_closed_on
    return duties.MissionCompany(
        published_on=facts.mission_on or date.max, permanent_staff=facts.permanent_staff,
        checks=(facts.checked_on,) if facts.checked_on else (), waits_three_years=facts.waits_three_years,
        accounts_end=(closed.month, closed.day) if closed else None,
    )  # fmt: skip


def over_the_threshold(facts: Facts) -> bool:
    """True for a commune or an intercommunalité of more than 50 000 inhabitants; a département or a région never is."""
    return facts.nature == Nature.AUTHORITY and (facts.population or 0) > duties.MANY_INHABITANTS


def _of_authority(organisation: Any, facts: Facts, today: date, told: str) -> Iterator[Event]:
    """The review before the budget debate; the days of the law, until an assessment of it is open and gives them itself."""
    large = over_the_threshold(facts)
    if large and facts.debate_on and facts.debate_on >= today:
        reports = reverse("reports:list", args=[organisation.slug])
        yield from duties.of_budget_debates(facts.population or 0, [facts.debate_on], reports)
    from terreau.app.diagnosis import door as diagnosis
    from terreau.app.referentials import door as referentials

    if any(one.open and one.referential == REEN for one in diagnosis.assessments_of(organisation)):
        return
    edition = referentials.edition_for(organisation, REEN)
    # The strategy is for the large ones (themes 1 to 3); buying and giving away, for all (theme 4).
    aside = () if large else {one.key for one in edition.criteria if one.theme != "4"}
    start = f"{reverse('diagnosis:start', args=[organisation.slug])}?referentiel={REEN}"
    yield from duties.of_edition(edition, today, today + timedelta(days=366), aside, start)


def _pattern(name: str, organisation: Any) -> str:
    """An address whose last part is a key to fill in, as the plan's events expect it."""
    nobody = "00000000-0000-0000-0000-000000000000"
    return reverse(name, args=[organisation.slug, nobody]).replace(nobody, "{key}")
