"""Remarks gathered by kind: why and remedy once, then the criteria with what is particular to each; the gravest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from terreau.app.diagnosis.editions import language, said
from terreau.app.diagnosis.models import Assessment
from terreau.app.diagnosis.showing import address
from terreau.diagnosis.words import fact_word

if TYPE_CHECKING:
    from terreau.diagnosis.remarks import Remark
    from terreau.referentials.edition import Criterion, Edition

ROOM, A_PAGE, FEW = 162, 60, 8
"""Elements that all groups together may take on a page, remarks of a page of one kind, remarks a kind always shows."""

# Kind -> how grave ("bad": what is said does not hold; "": something is missing; "info": to look at again) and its title.
KINDS: dict[str, tuple[str, Callable[[], str]]] = {
    "na_without_reason": ("bad", lambda: _("Écartés sans raison")),
    "overdue": ("bad", lambda: _("Promis, et en retard")),
    "changes_asked": ("bad", lambda: _("À reprendre")),
    "evidence_refused": ("bad", lambda: _("Preuves refusées")),
    "evidence_withdrawn": ("bad", lambda: _("Preuves retirées")),
    "evidence_lost": ("bad", lambda: _("Preuves introuvables")),
    "evidence_unfit": ("bad", lambda: _("Preuves qui ne tiennent pas")),
    "unanswered": ("", lambda: _("Sans réponse")),
    "unread": ("", lambda: _("Sans texte")),
    "not_evidenced": ("", lambda: _("Affirmés sans preuve")),
    "strong_without_evidence": ("", lambda: _("Au plus haut, sans preuve")),
    "statement_alone": ("", lambda: _("Seulement dits")),
    "result_without_value": ("", lambda: _("Résultats sans valeur")),
    "evidence_questioned": ("", lambda: _("Preuves questionnées")),
    "verdict_not_in_scale": ("", lambda: _("Réponses hors de l'échelle")),
    "not_reviewed": ("info", lambda: _("Pas encore relus")),
    "changed_since_review": ("info", lambda: _("Changés depuis leur relecture")),
    "stale": ("info", lambda: _("Pas touchés depuis un an")),
    "undated": ("info", lambda: _("Sans date")),
    "documents_alone": ("info", lambda: _("Des documents, ni moyens ni résultats")),
    "evidence_overloaded": ("info", lambda: _("Preuves qui portent beaucoup")),
    "criterion_not_asked": ("info", lambda: _("Réponses que l'édition ne demande pas")),
}
GRAVITY = ("bad", "", "info")
PARTICULAR = (
    "due",
    "owner",
    "evidence",
    "weaknesses",
    "because",
    "opinion",
    "count",
    "verdict",
    "reviewed_on",
    "touched",
    "facets",
)


@dataclass(frozen=True, slots=True)
class Place:
    """One remark: what is particular to it, and the criterion it is about."""

    particular: str
    number: str
    question: str
    url: str


def groups(assessment: Assessment, edition: Edition, remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    """Every kind met, the gravest then the most numerous first, each with all its places in order of what they share."""
    by: dict[str, list[Remark]] = {}
    for one in remarks:
        by.setdefault(one.code, []).append(one)
    teller = _Teller(assessment, {one.key: one for one in edition.criteria}, language(), _frames())
    found = [_group(teller, code, ones) for code, ones in by.items()]
    return sorted(found, key=lambda one: (GRAVITY.index(one["tone"]), -one["n"], one["code"]))


@dataclass(slots=True)
class _Teller:
    """What places are told with, worked out once for hundreds of them."""

    assessment: Assessment
    asked: dict[str, Criterion]
    language: str
    frames: dict[str, tuple[str, str]]
    spots: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def spot(self, key: str) -> tuple[str, str, str]:
        """Number, question and address of a criterion; its short key alone when the edition does not ask it."""
        if key not in self.spots:
            criterion, short = self.asked.get(key), key.rpartition(":")[2]
            told = (
                (criterion.number, said(criterion.question), address("criterion", self.assessment, short))
                if criterion
                else None
            )
            self.spots[key] = told or (short, "", "")
        return self.spots[key]

    def fact(self, name: str, value: object) -> str:
        """A fact in the sentence it is told in."""
        word = fact_word(name, value, self.language)
        sentence, place = self.frames.get(name, ("", ""))
        return sentence % {place: word} if sentence else word


def _group(teller: _Teller, code: str, remarks: list[Remark]) -> dict[str, Any]:
    kind = code.partition(".")[2]
    tone, title = KINDS.get(kind, ("", lambda: kind))
    words = remarks[0].words(teller.language)
    places = [_place(teller, one) for one in remarks]
    count: dict[str, int] = {}
    for one in places:
        count[one.particular] = count.get(one.particular, 0) + 1
    places.sort(key=lambda one: -count[one.particular])  # what many share first; the order of the grid within
    order = {name: rank for rank, name in enumerate(dict.fromkeys(one.particular for one in places))}
    places.sort(key=lambda one: order[one.particular])
    return {
        "code": kind,
        "tone": tone,
        "title": title(),
        "n": len(places),
        "why": words.why,
        "remedy": words.remedy,
        "places": places,
    }


def _place(teller: _Teller, remark: Remark) -> Place:
    criterion = teller.asked.get(remark.criterion)
    told = [
        teller.fact(name, remark.facts[name])
        for name in PARTICULAR
        if name in remark.facts and _telling(remark, criterion, name)
    ]
    number, question, url = teller.spot(remark.criterion)
    return Place(
        particular=", ".join(one for one in told if one and one != "–"), number=number, question=question, url=url
    )


def _telling(remark: Remark, criterion: Any, name: str) -> bool:
    """False for facets when they are all those of the criterion: nothing particular is said then."""
    if name != "facets" or criterion is None:
        return True
    facets: Any = remark.facts["facets"]
    return len(facets) < len(criterion.facets)


def _frames() -> dict[str, tuple[str, str]]:
    """Kind of fact -> the sentence it is told in, and what stands for it there."""
    title, day = (_("« %(title)s »"), "title"), (_("le %(day)s"), "day")
    return {"evidence": title, "verdict": title, "count": (_("%(n)s critères"), "n"), "due": (_("pour le %(day)s"), "day"),
            "reviewed_on": day, "touched": day}  # fmt: skip


def overview(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """All the kinds on one page: the small ones whole, the others in part, with how many are left."""
    room = max(ROOM - 8 * len(found), 0)
    shown: dict[str, dict[str, Any]] = {}
    for left, one in zip(range(len(found), 0, -1), sorted(found, key=lambda one: _cost(one["places"])), strict=True):
        places = _within(one["places"], room // left)
        room -= _cost(places)
        shown[one["code"]] = one | {"lines": lines(places), "left": one["n"] - len(places)}
    return [shown[one["code"]] for one in found]


def lines(places: Iterable[Place]) -> list[tuple[str, list[Place]]]:
    """What is particular -> the places that share it."""
    found: dict[str, list[Place]] = {}
    for one in places:
        found.setdefault(one.particular, []).append(one)
    return list(found.items())


def _costs(places: Iterable[Place]) -> Iterator[int]:
    """Elements each place takes on the page: its link, and a line of its own when it opens one."""
    last: str | None = None
    for one in places:
        yield 1 if one.particular == last else 3
        last = one.particular


def _cost(places: Iterable[Place]) -> int:
    return sum(_costs(places))


def _within(places: Sequence[Place], room: int) -> list[Place]:
    taken: list[Place] = []
    spent = 0
    for one, cost in zip(places, _costs(places), strict=True):
        spent += cost
        if spent > room and len(taken) >= FEW:
            break
        taken.append(one)
    return taken


HEADERS = ["genre", "gravite", "critere", "question", "precision", "pourquoi", "remede", "adresse"]


def cells(found: Iterable[dict[str, Any]]) -> Iterator[list[str]]:
    """One line per remark, to take away."""
    names = {"bad": _("ne tient pas"), "": _("manque"), "info": _("à revoir")}
    for group in found:
        for one in group["places"]:
            yield [
                group["title"],
                names[group["tone"]],
                one.number,
                one.question,
                one.particular,
                group["why"],
                group["remedy"],
                one.url,
            ]
