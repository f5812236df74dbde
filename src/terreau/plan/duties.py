"""Days that a law sets (obligations): the yearly review of a local authority, the checks of a société à mission.

Read in November 2026: C. com., art. L. 210-10, L. 210-12 and R. 210-21; CGCT, art. L. 2311-1-1. Not legal advice: the
texts decide. The days of a whole referential (``reen-35``) come from the referential itself.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from terreau.kernel.errors import TerreauError
from terreau.kernel.recurring import after, around
from terreau.plan.calendar import DUTY, Event
from terreau.referentials.edition import Edition

MANY_INHABITANTS = 50_000
FEW_EMPLOYEES = 50
BUDGET_DEBATE = "CGCT, art. L. 2311-1-1"
MISSION_CHECK = "C. com., art. R. 210-21, II"
MISSION_REPORT = "C. com., art. L. 210-10, 3°"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionCompany:
    """A société à mission.

    published_on: day its quality was published in the trade register; permanent_staff: over a year, None when nobody said
    checks: days of the checks by the independent third party (OTI) already held
    waits_three_years: below fifty, it asked the third party to come after three years and not two
    accounts_end: last month and day of its accounting year, None when nobody said
    """

    published_on: date
    permanent_staff: int | None = None
    checks: tuple[date, ...] = ()
    waits_three_years: bool = False
    accounts_end: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if self.accounts_end is not None and not (1 <= self.accounts_end[0] <= 12 and 1 <= self.accounts_end[1] <= 31):
            raise TerreauError("plan.accounts_end_unusable", month=self.accounts_end[0], day=self.accounts_end[1])

    @property
    def small(self) -> bool:
        """Fewer than fifty permanent employees; an unknown number is not small: the shorter delay is the safe one."""
        return self.permanent_staff is not None and self.permanent_staff < FEW_EMPLOYEES

    @property
    def next_check(self) -> date:
        """Last day of the next check: 18 months after publication (24 below fifty), then two years (three when asked)."""
        if not self.checks:
            return after(self.published_on, "P24M" if self.small else "P18M")
        return after(max(self.checks), "P3Y" if self.small and self.waits_three_years else "P2Y")


def of_mission(company: MissionCompany, first: date, last: date, url: str = "") -> Iterator[Event]:
    """The next check, and the yearly report of the committee (or of the référent) for each accounting year."""
    number = len(company.checks) + 1
    yield Event(
        key=f"mission:check/{number}", on=company.next_check, kind=DUTY, url=url, basis=MISSION_CHECK,
        title_fr="Société à mission : dernier jour pour la vérification par l’OTI",
        title_en="Société à mission: last day for the check by the independent third party",
    )  # fmt: skip
    if company.accounts_end is None:
        return
    for year in range(first.year - 1, last.year + 1):
        end = _last_day(year, *company.accounts_end)
        if end < company.published_on:
            continue
        yield Event(
            key=f"mission:report/{end.isoformat()}", on=after(end, "P6M"), kind=DUTY, url=url, basis=MISSION_REPORT,
            title_fr="Société à mission : rapport annuel du comité, joint au rapport de gestion (six mois après la clôture, sauf statuts de SAS)",
            title_en="Société à mission: yearly report of the committee, with the management report (six months after closing, unless the articles of a SAS say otherwise)",
        )  # fmt: skip


def _last_day(year: int, month: int, day: int) -> date:
    """The day in that year; the last of the month when it does not exist there."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def of_budget_debates(population: int, debates: Iterable[date], url: str = "") -> Iterator[Event]:
    """The yearly review of the digital strategy, in the report shown before each budget debate; over 50 000 inhabitants only."""
    for day in debates if population > MANY_INHABITANTS else ():
        yield Event(
            key=f"reen:review/{day.year}", on=day, kind=DUTY, url=url, basis=BUDGET_DEBATE,
            title_fr="Débat budgétaire : présenter avant lui le bilan annuel de la stratégie numérique responsable",
            title_en="Budget debate: present the yearly review of the responsible digital strategy before it",
        )  # fmt: skip


def of_edition(
    edition: Edition, first: date, last: date, left_out: Collection[str] = (), url: str = ""
) -> Iterator[Event]:
    """The days of a referential that gives some, from ``first`` to ``last``: one event per theme and day.

    left_out: keys of the criteria that do not apply, are met for good, or whose true day is known otherwise
    """
    found: dict[tuple[str, date], list[str]] = {}
    for criterion in edition.criteria:
        if criterion.duty is None or criterion.duty.due is None or criterion.key in left_out:
            continue
        for day in _days(criterion.duty.due, criterion.duty.every, first, last):
            found.setdefault((criterion.theme, day), []).append(criterion.number)
    themes = {theme.key: theme.title for theme in edition.themes}
    for (theme, day), numbers in found.items():
        criteria = ", ".join(numbers)
        yield Event(
            key=f"{edition.key}:{theme}/{day.isoformat()}", on=day, kind=DUTY, url=url, basis=edition.authority.fr,
            title_fr=f"{edition.title.fr} : {themes[theme].fr} ({criteria})",
            title_en=f"{edition.title.en}: {themes[theme].en} ({criteria})",
        )  # fmt: skip


def _days(due: date, every: str, first: date, last: date) -> Iterator[date]:
    """The days of one duty from ``first`` to ``last``."""
    day: date | None = due
    if due < first:
        past, day = around(due, every, first)
        day = first if past == first else day
    while day is not None and first <= day <= last:
        yield day
        day = around(due, every, day)[1]
