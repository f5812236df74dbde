"""Parts about what is steered: indicators, commitments kept and missed, what waits, what comes, decisions to take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.app.language import language
from terreau.app.reports import steering
from terreau.app.reports.models import Report
from terreau.app.reports.parts import Part
from terreau.plan.calendar import DUE, DUTY, EVIDENCE, LABEL, MILESTONE, REVIEW, Event
from terreau.plan.words import KINDS, STATUSES, word
from terreau.publishing import numbers
from terreau.publishing.blocks import Bullets, Facts, Table

MOST = 10
NOTHING: Mapping[str, str] = {}
KEPT, MISSED, OPEN = ("kept",), ("missed", "missed_answered", "late", "stopped"), ("on_track", "unclear", "not_started")
TO_DECIDE = ("missed", "late")
OF_COMMITMENTS = ("milestone:", "due:")  # told with their commitment
OF_ANSWERS = "diagnosis:answers:"  # work of the weeks to come, not of a year
YEAR, QUARTER = timedelta(days=366), timedelta(days=92)
OF_A_YEAR = (DUTY, LABEL, MILESTONE, DUE, REVIEW)


def indicators(report: Report) -> Part:
    """Each indicator followed: its value with its bounds, its day, its target, where it stands."""
    found = steering.indicators(report.organisation)
    if not found:
        return Part(text=_("Aucun indicateur n’est encore suivi."))
    late = sum(one.standing == "late" for one in found)
    text = ngettext("Un indicateur est suivi.", "%(n)s indicateurs sont suivis.", len(found)) % {"n": len(found)}
    if late:
        text += " " + ngettext(
            "L’un d’eux est en retard sur sa cible.", "%(n)s sont en retard sur leur cible.", late
        ) % {"n": late}
    if stale := sum(one.stale for one in found):
        text += " " + ngettext("Une valeur n’est plus à jour.", "%(n)s valeurs ne sont plus à jour.", stale) % {
            "n": stale
        }
    rows = tuple(
        (one.name, _valued(one), one.when or "–", one.target or "–", str(one.words) or "–") for one in found[:MOST]
    )
    heads = (_("Indicateur"), _("Valeur"), _("Date"), _("Cible"), _("Où il en est"))
    return Part(
        text=text + _more(len(found)),
        blocks=(Table(caption=_("Indicateurs suivis"), heads=heads, rows=rows, widths=(4, 3, 2, 3, 2)),),
    )


def _valued(one: Any) -> str:
    return f"{one.text}\n{one.interval}" if one.interval else str(one.text)


def commitments(report: Report) -> Part:
    """What was promised: kept, missed or late with the reason, then what is under way."""
    judged = [one for one in steering.judged(report.organisation) if one.status != "draft"]
    if not judged:
        return Part(text=_("Aucun engagement n’a encore été pris."))
    count = {
        status: [one for one in judged if one.status in group]
        for status, group in (("kept", KEPT), ("missed", MISSED), ("open", OPEN))
    }
    text = _counted(len(judged), count)
    whys = steering.reasons(report.organisation, count["missed"])
    told = [_table(_("Engagements tenus"), count["kept"]), _table(_("Engagements manqués, en retard ou arrêtés"), count["missed"], whys),
            _table(_("Engagements en cours"), count["open"])]  # fmt: skip
    return Part(text=text, blocks=tuple(one for one in told if one))


def _counted(whole: int, count: dict[str, list[Any]]) -> str:
    """How many of each, none left unsaid: « 3 engagements : 1 tenu, 0 manqué, en retard ou arrêté, 2 en cours ou à venir. »"""
    kept, missed, going = len(count["kept"]), len(count["missed"]), len(count["open"])
    return _("%(all)s : %(kept)s, %(missed)s, %(open)s en cours ou à venir.") % {
        "all": ngettext("%(n)s engagement", "%(n)s engagements", whole) % {"n": whole},
        "kept": ngettext("%(n)s tenu", "%(n)s tenus", kept) % {"n": kept}, "open": going,
        "missed": ngettext("%(n)s manqué, en retard ou arrêté", "%(n)s manqués, en retard ou arrêtés", missed) % {"n": missed},
    }  # fmt: skip


def late(report: Report) -> Part:
    """What is late or missed: commitments with the reason, then the days that are past."""
    found = [one for one in steering.judged(report.organisation) if one.status in TO_DECIDE]
    past = [one for one in steering.past(report.organisation) if not one.key.startswith(OF_COMMITMENTS)]
    if not found and not past:
        return Part(text=_("Rien n’est en retard ni manqué."))
    told, blocks = [], []
    if found:
        told.append(ngettext("Un engagement est en retard ou manqué.", "%(n)s engagements sont en retard ou manqués.", len(found))
                    % {"n": len(found)})  # fmt: skip
        blocks.append(
            _table(_("Engagements en retard ou manqués"), found, steering.reasons(report.organisation, found))
        )
    if past:
        told.append(ngettext("Une date est passée sans que ce soit fait.", "%(n)s dates sont passées sans que ce soit fait.", len(past))
                    % {"n": len(past)})  # fmt: skip
        blocks.append(_days(_("Dates passées"), past))
    return Part(text=" ".join(told), blocks=tuple(one for one in blocks if one))


def stops(report: Report) -> Part:
    """What holds the work up, in the other rooms."""
    found = tuple(steering.held_up(report.organisation))
    if not found:
        return Part(text=_("Rien n’attend personne."))
    return Part(text=_("Ces points attendent une réponse ou une décision."), blocks=(Bullets(items=found[:MOST]),))


def next_year(report: Report) -> Part:
    """Where the plan leads, what the commitments under way cost, and the days of the year that follows."""
    today = timezone.localdate()
    held = steering.coming(report.organisation, today, today + YEAR)
    found = [one for one in held if one.kind in OF_A_YEAR and not one.key.startswith(OF_ANSWERS)]
    blocks: list[Any] = []
    if rows := (*steering.trajectory(report.organisation), *steering.budget(report.organisation)):
        blocks.append(Facts(rows=rows))
    if found:
        blocks.append(_days(_("Dates des douze mois qui viennent"), found))
    text = _("Voici les dates que l’organisation s’est données, et celles que la loi lui donne.")
    return Part(
        text=text if found else _("Aucune date n’est encore fixée pour l’année qui vient."), blocks=tuple(blocks)
    )


def coming(report: Report) -> Part:
    """The days of the next three months."""
    today = timezone.localdate()
    found = steering.coming(report.organisation, today, today + QUARTER)
    if not found:
        return Part(text=_("Aucune date dans les trois prochains mois."))
    text = ngettext(
        "Une date tombe dans les trois prochains mois.",
        "%(n)s dates tombent dans les trois prochains mois.",
        len(found),
    )
    return Part(text=text % {"n": len(found)}, blocks=(_days(_("Dates des trois prochains mois"), found),))


def decisions(report: Report) -> Part:
    """Decisions proposed, one a line: a text to rewrite with what was decided."""
    found = list(_decisions(report.organisation))
    if not found:
        return Part(text=_("Aucune décision n’est proposée d’après les chiffres."))
    return Part(text="\n".join([_("À décider, d’après les chiffres :"), *(f"– {one}" for one in found[: 2 * MOST])]))


def _decisions(organisation: Any) -> Iterator[str]:
    for one in steering.judged(organisation):
        if one.status in TO_DECIDE:
            yield _("« %(statement)s » (%(status)s) : continuer, ajuster, arrêter, ou répondre à ce qui est manqué.") % {
                "statement": one.commitment.statement, "status": word(STATUSES, one.status, language()),
            }  # fmt: skip
    for one in steering.indicators(organisation):
        if one.standing == "late":
            yield _("Indicateur « %(name)s » en retard sur sa cible : que change-t-on ?") % {"name": one.name}
        elif one.stale:
            yield _("Indicateur « %(name)s » : qui en donne la valeur attendue, et pour quand ?") % {"name": one.name}
    for event in steering.past(organisation):
        if event.kind in (DUTY, LABEL, EVIDENCE):
            yield _("%(title)s : qui s’en charge, et pour quand ?") % {"title": event.title(language())}


def _table(caption: str, found: Sequence[Any], whys: Mapping[str, str] = NOTHING) -> Table | None:
    """whys: the reason of each status, by key of the commitment."""
    if not found:
        return None
    heads = (_("Engagement"), _("Responsable"), _("Échéance"), _("Statut"))
    rows = tuple(
        (one.commitment.statement, one.commitment.owner or "–", numbers.day(one.due, language()), _status(one, whys))
        for one in found[:MOST]
    )
    return Table(caption=caption + _more(len(found)), heads=heads, rows=rows, widths=(5, 2, 2, 4))


def _status(one: Any, whys: Mapping[str, str]) -> str:
    told = word(STATUSES, one.status, language())
    reason = whys.get(one.commitment.key, "")
    return f"{told}\n{reason}" if reason else told


def _days(caption: str, found: Iterable[Event]) -> Table:
    listed = list(found)
    rows = tuple(
        (numbers.day(one.on, language()), one.title(language()), word(KINDS, one.kind, language()))
        for one in listed[:MOST]
    )
    return Table(
        caption=caption + _more(len(listed), _("(les %(most)s premières sur %(n)s)")),
        heads=(_("Date"), _("Quoi"), _("Sorte")),
        rows=rows,
        widths=(2, 7, 2),
    )


def _more(n: int, words: str = "") -> str:
    """How many are shown when not all are; words: those that agree with dates, else with indicators and commitments."""
    return " " + (words or _("(les %(most)s premiers sur %(n)s)")) % {"most": MOST, "n": n} if n > MOST else ""
