"""A drop of several files as its page prints it: one line per source, what was read, where it goes (dépôt)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from terreau.app.inventory import arrivals, kinds, sorting, twice
from terreau.app.inventory.models import Draft, Source
from terreau.publishing import numbers

NEW = "new"
LONGEST_NAME = 120
MOST_CHOICES = 100


def page(organisation: Any, drafts: Sequence[Draft]) -> dict[str, Any]:
    """Everything the page prints of the imports of one drop."""
    lang = kinds.language()
    repeated = twice.of_drafts(organisation, drafts)
    rows = [{**_row(rank, one, lang), "twice": repeated[one.pk]} for rank, one in enumerate(drafts, start=1)]
    sources = [(str(one.pk), one.name) for one in sorting.known_sources(organisation)]
    for row in rows:  # a long list for each file would weigh more than the page: what is proposed, or a new source
        row["sources"] = (
            sources if len(rows) * len(sources) <= MOST_CHOICES else [s for s in sources if s[0] == row["source"]]
        )
    devices = sum(one.understood["summary"]["quantity"] for one in drafts)
    return {
        "rows": rows,
        "sources": sources,
        "total": ngettext("%(n)s équipement lu", "%(n)s équipements lus", round(devices)) % {"n": numbers.count(devices, lang)},
        "several": len(rows) > 1,
    }  # fmt: skip


def rearranged(drafts: Sequence[Draft], actor: Any, sent: Mapping[str, str]) -> list[Draft]:
    """Put each import where the form says; returns those that changed source, to be read again.

    ``s<pk>``: a source of the organisation, or "new"; ``n<pk>``: the name of the new one. What is not sent does not change.
    """
    known = {str(one.pk): one for one in sorting.known_sources(drafts[0].organisation)} if drafts else {}
    moved: list[Draft] = []
    for draft in drafts:
        chosen, name = sent.get(f"s{draft.pk}"), " ".join(sent.get(f"n{draft.pk}", "").split())[:LONGEST_NAME]
        if chosen is None or (chosen != NEW and chosen not in known):
            continue
        if sorting.place(draft, actor, source=known.get(chosen), name=name.replace("\x00", "")):
            moved.append(draft)
    first_of: dict[Any, Draft] = {}
    for draft in drafts:
        first = first_of.setdefault(draft.source_id, draft)
        if first is not draft:
            sorting.join(first, draft)
            moved = [first, *(one for one in moved if one not in (first, draft))]
    return moved


def _row(rank: int, draft: Draft, lang: str) -> dict[str, Any]:
    told = draft.understood
    summary = told["summary"]
    lines = summary["lines"]
    to_review = lines["doubtful"] + lines["rejected"]
    tools = dict.fromkeys(sorting.tool_name(one["profile"]) for one in told["sheets"])
    previous = arrivals.current_of(draft.source)
    return {
        "rank": rank, "pk": draft.pk, "digest": told["snapshot"]["sha256"], "name": draft.source.name,
        "source": str(draft.source_id) if previous else NEW, "files": ", ".join(arrivals.names_of(draft)),
        "tool": ", ".join(tools), "read": numbers.count(lines["read"], lang),
        "devices": numbers.count(summary["quantity"], lang),
        "to_review": numbers.count(to_review, lang) if to_review else "",
        "follows": _follows(draft.source, previous, lang) if previous else "",
    }  # fmt: skip


def _follows(source: Source, previous: Any, lang: str) -> str:
    """Why this file is taken for the next snapshot of a known source, in words."""
    facts = {"source": source.name, "day": numbers.day(previous.taken_on, lang)}
    return gettext("Semble la suite de « %(source)s », importée le %(day)s : même outil, mêmes listes.") % facts
