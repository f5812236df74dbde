"""What the pages of referentials show: the list, one edition theme by theme, one criterion beside its official words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from terreau.app.language import language
from terreau.app.referentials import crossing, moving, shelf
from terreau.app.referentials.marked import shown
from terreau.app.referentials.models import OfficialTexts, PrivateReferential, ReceivedGrid

if TYPE_CHECKING:
    from terreau.referentials.edition import Criterion, Edition, Head

ROWS = 20
STEPS = {"high": lambda: _("haute"), "medium": lambda: _("moyenne"), "low": lambda: _("basse")}
FACETS = {
    "documents": lambda: _("Documents"), "means": lambda: _("Moyens"), "results": lambda: _("Résultats"),
    "verdict": lambda: _("Attendu"),
}  # fmt: skip
MODES = {
    "dmr": lambda: _("documents, moyens, résultats"), "single": lambda: _("un verdict par critère"),
    "reading": lambda: _("questions à se poser, sans score"),
}  # fmt: skip


def said(words: Any) -> str:
    """Words in the language of the page, in the other one when only that is there."""
    return str(words.in_(language()) or words.fr or words.en) if words else ""


def figure(value: Fraction | None) -> str:
    """Points as people write them ("12,5"), '' without any."""
    if value is None:
        return ""
    told = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.001")).normalize()
    return formats.number_format(f"{told:f}", use_l10n=True)


def shelves(organisation: Any) -> dict[str, Any]:
    """The list: shipped, of the organisation, superseded or withdrawn; official texts; grids being read."""
    rows = list(PrivateReferential.objects.of(organisation))
    newest: dict[str, PrivateReferential] = {}
    for row in sorted(rows, key=lambda one: one.kept_on):
        if row.withdrawn_on is None:
            newest[row.name] = row
    current = sorted(newest.values(), key=lambda one: one.title)
    return {
        "shipped": [
            _head(head, head.key) for head in shelf.heads_for(organisation) if not head.key.startswith(shelf.PRIVATE)
        ],
        "own": [_head(shelf.head_of(row), str(row.pk)) | _of(row) for row in current],
        "former": [
            {"title": row.title, "version": row.version, "ref": str(row.pk)} | _of(row)
            for row in rows
            if row not in current
        ],
        "officials": list(OfficialTexts.objects.of(organisation).defer("entries")),
        "drafts": list(ReceivedGrid.objects.of(organisation).defer("understood", "mapping")),
    }


def edition_page(organisation: Any, ref: str, theme: str, page: Any) -> dict[str, Any]:
    """One edition, one theme of it at a time."""
    edition, row = shelf.found(organisation, ref)
    chosen = next((one for one in edition.themes if one.key == theme), edition.themes[0])
    listed = Paginator(chosen.criteria, ROWS).get_page(page)
    rubrics = {one.key: one for one in chosen.rubrics}
    last, rows = "", []
    for criterion in listed.object_list:
        rubric = rubrics[criterion.rubric]
        opens = rubric.key != last and said(rubric.title) != said(chosen.title)
        last = rubric.key
        rows.append(_line(edition, criterion) | {"rubric": f"{rubric.key} {said(rubric.title)}" if opens else ""})
    text = shelf.official_text(organisation, edition.key)
    return {
        "edition": edition, "head": _head(edition.head, ref), "row": row, "ref": ref, "theme": chosen.key, "rows": rows,
        "page": listed, "themes": [(one.key, said(one.title), len(one.criteria), one.key == chosen.key) for one in edition.themes],
        "theme_title": said(chosen.title), "count": len(edition.criteria), "official": text,
        "levels": [(said(one.title), said(one.meaning), figure(one.points)) for one in edition.levels],
        "befores": [(shelf.ref_of(organisation, one.key, one.version), said(one.title), one.version) for one in moving.befores(organisation, edition)],
        "afters": [(said(one.title), one.version, shelf.ref_of(organisation, one.key, one.version)) for one in moving.afters(organisation, edition)],
        "fillable": bool(row and row.grid and row.file), "source": _papers(edition),
    }  # fmt: skip


def criterion_page(organisation: Any, ref: str, short: str) -> dict[str, Any]:
    """One criterion: our words, the official ones beside, what else a piece could answer."""
    edition, row = shelf.found(organisation, ref)
    try:
        criterion = edition.criterion(short)
    except KeyError as unknown:
        raise Http404 from unknown
    order = edition.criteria
    place = next(rank for rank, one in enumerate(order) if one.key == criterion.key)
    entry = shelf.official_entry(organisation, criterion.key)
    return _line(edition, criterion) | {
        "edition": edition, "head": _head(edition.head, ref), "row": row, "ref": ref, "criterion": criterion,
        "why": said(criterion.why), "evidence": said(criterion.good_evidence),
        "facets": [(_facet(one.key), said(one.expects)) for one in criterion.facets if one.expects],
        "away": said(criterion.not_applicable_because), "refs": ", ".join(criterion.refs),
        "difficulty": _step(criterion.difficulty), "thresholds": _thresholds(edition, criterion),
        "duty": criterion.duty, "again": said(criterion.duty.again) if criterion.duty else "",
        "reading": _reading(criterion), "official": _official(entry), "text": shelf.official_text(organisation, edition.key),
        "neighbours": crossing.neighbours(organisation, criterion.key),
        "before": order[place - 1] if place else None, "after": order[place + 1] if place + 1 < len(order) else None,
    }  # fmt: skip


def _head(head: Head, ref: str) -> dict[str, Any]:
    return {
        "ref": ref, "key": head.key, "title": said(head.title), "summary": said(head.summary), "authority": said(head.authority),
        "version": head.version, "link": head.link, "mode": MODES[head.mode]() if head.mode in MODES else "",
        "service": "service" in head.concerns, "reformulation": head.reformulation,
    }  # fmt: skip


def _of(row: PrivateReferential) -> dict[str, Any]:
    return {
        "origin": row.get_origin_display(),
        "criteria": row.criteria,
        "kept_on": row.kept_on,
        "withdrawn": row.withdrawn_on is not None,
    }


def _line(edition: Edition, criterion: Criterion) -> dict[str, Any]:
    professions = ", ".join(said(edition.professions[name]) for name in criterion.professions)
    return {
        "short": criterion.short, "number": criterion.number, "question": said(criterion.question),
        "reformulation": criterion.reformulation, "link": criterion.link or edition.link, "priority": _step(criterion.priority),
        "level": criterion.level, "points": figure(criterion.points), "long": len(criterion.number) > 16, "professions": professions,
        "only_for": ", ".join(said(edition.variant(name).title) for name in criterion.only_for),
    }  # fmt: skip


def _step(key: str) -> str:
    return str(STEPS[key]()) if key in STEPS else ""


def _facet(key: str) -> str:
    return str(FACETS[key]()) if key in FACETS else key


def _thresholds(edition: Edition, criterion: Criterion) -> list[tuple[str, str]]:
    """Level -> what it asks of each facet, in words."""
    titles = {one.key: said(one.title) for one in edition.levels}
    labels = {one.key: said(one.label) for one in edition.scale}
    return [
        (titles[level], ", ".join(f"{_facet(facet)} : {labels[verdict]}" for facet, verdict in asked.items()))
        for level, asked in criterion.thresholds.items()
    ]  # fmt: skip


def _reading(criterion: Criterion) -> list[tuple[str, list[str]]]:
    if criterion.reading is None:
        return []
    names = {
        "notions": _("Notions"), "positive": _("Points positifs"), "vigilance": _("Points de vigilance"),
        "recommendations": _("Recommandations"), "questions": _("Questions à se poser"),
    }  # fmt: skip
    return [(title, [said(one) for one in getattr(criterion.reading, name)]) for name, title in names.items()]


def _official(entry: Any) -> list[tuple[str, Any]]:
    """The official parts that say something, as safe HTML."""
    if entry is None:
        return []
    parts = (
        (_("Critère"), entry.question),
        (_("Objectif"), entry.goal),
        (_("Mise en œuvre"), entry.how),
        (_("Contrôle"), entry.check),
    )
    return [(title, shown(text)) for title, text in parts if text]


def _papers(edition: Edition) -> dict[str, Any] | None:
    if edition.source is None:
        return None
    return {"publisher": said(edition.source.publisher), "title": said(edition.source.title), "version": edition.source.version,
            "licence": edition.source.licence, "link": edition.source.link, "checked_on": edition.source.checked_on}  # fmt: skip


def crosswalk_page(organisation: Any, of: str, state: str, page: Any) -> dict[str, Any]:
    """Pairs of one shipped referential, twenty at a time, with what was said of each."""
    from terreau.referentials import crosswalk, library
    from terreau.referentials.outside import documents

    said_of, shipped = crossing.said_of(organisation), {head.key for head in library.editions()}
    pairs = [pair for pair in crosswalk.seed() if of in (pair.a.partition(":")[0], pair.b.partition(":")[0])]
    rows = [(pair, said_of.get((pair.a, pair.b))) for pair in pairs]
    counts = {"": len(rows), "a-confirmer": sum(row is None for _pair, row in rows), "confirmees": sum(row is not None and row.holds for _pair, row in rows),
              "ecartees": sum(row is not None and not row.holds for _pair, row in rows)}  # fmt: skip
    kept = [one for one in rows if _in_state(one[1], state)]
    listed = Paginator(kept, 12).get_page(page)
    return {
        "of": of, "state": state, "page": listed,
        "rows": [_crossed(organisation, pair, row, shipped) for pair, row in listed.object_list],
        "states": [("", _("Toutes"), counts[""]), ("a-confirmer", _("À confirmer"), counts["a-confirmer"]),
                   ("confirmees", _("Confirmées"), counts["confirmees"]), ("ecartees", _("Écartées"), counts["ecartees"])],
        "referentials": [(head.key, said(head.title), head.key == of) for head in shelf.heads_for(organisation)
                         if not head.key.startswith(shelf.PRIVATE)],
        "documents": [(said(one.title), one.link, said(one.why)) for one in documents().values()],
    }  # fmt: skip


def _origin(key: str) -> str:
    """Who put two criteria side by side."""
    if key == "terreau":
        return "Terreau"
    return str(_("cités ensemble par le W3C dans les WSG")) if key.startswith("wsg") else key


def _in_state(row: Any, state: str) -> bool:
    if state == "a-confirmer":
        return row is None
    return not state or (row is not None and row.holds == (state == "confirmees"))


def _crossed(organisation: Any, pair: Any, row: Any, shipped: set[str]) -> dict[str, Any]:
    relations = {"equal": _("demande la même chose que"), "subset": _("demande une part de"), "superset": _("englobe"),
                 "intersect": _("recoupe")}  # fmt: skip
    return {"pair": pair, "said": row, "a": crossing.label_of(organisation, pair.a, shipped), "b": crossing.label_of(organisation, pair.b, shipped),
            "relation": relations[pair.relation], "origin": _origin(pair.origin)}  # fmt: skip


def migration_page(organisation: Any, ref: str, old_ref: str, page: Any) -> dict[str, Any]:
    """Passages from an earlier edition to this one, twelve at a time."""
    new, row = shelf.found(organisation, ref)
    old, _row = shelf.found(organisation, old_ref)
    if moving.name_of(old) not in {moving.name_of(one) for one in moving.befores(organisation, new)}:
        raise Http404
    proposed = moving.steps(organisation, old, new)
    kinds = {"same": _("même question"), "split": _("une devient plusieurs"), "merged": _("plusieurs n'en font qu'une"),
             "new": _("nouvelle"), "gone": _("disparue")}  # fmt: skip
    listed = Paginator(list(enumerate(proposed)), 12).get_page(page)
    rows = [
        {"rank": rank, "step": step, "said": made, "kind": kinds[step.kind], "why": said(step.why),
         "old": [_asked(old, key) for key in step.old], "new": [_asked(new, key) for key in step.new]}
        for rank, (step, made) in listed.object_list
    ]  # fmt: skip
    return {"old": old, "new": new, "old_title": said(old.title), "new_title": said(new.title), "ref": ref, "rows": rows, "page": listed,
            "decided": sum(made is not None for _step, made in proposed), "count": len(proposed), "proposed": proposed, "row": row}  # fmt: skip


def _asked(edition: Edition, short: str) -> tuple[str, str]:
    criterion = edition.criterion(short)
    return criterion.number, said(criterion.question)


def address(organisation: Any, name: str, *more: Any) -> str:
    """An address of this room."""
    return reverse(f"referentials:{name}", args=[organisation.slug, *more])
