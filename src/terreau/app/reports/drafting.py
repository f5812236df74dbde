"""The draft of a report: each part written and tabled from what the rooms know today, in the language of the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import translation

from terreau.app.reports import drafting_figures, drafting_steering
from terreau.app.reports.models import Drafting, Report
from terreau.app.reports.parts import PARTS, Part, digest_of
from terreau.kernel import canonical

DRAFTS: dict[str, Callable[[Report], Part]] = {
    "word": lambda _report: Part(),
    "context": drafting_figures.context,
    "footprint": drafting_figures.footprint,
    "method": drafting_figures.method,
    "diagnosis": drafting_figures.diagnosis,
    "indicators": drafting_steering.indicators,
    "commitments": drafting_steering.commitments,
    "next_year": drafting_steering.next_year,
    "late": drafting_steering.late,
    "stops": drafting_steering.stops,
    "coming": drafting_steering.coming,
    "decisions": drafting_steering.decisions,
}


def drafted(report: Report) -> dict[str, Any]:
    """What the figures say today, as plain values."""
    with translation.override(report.language):
        parts = [DRAFTS[key](report).kept(key) for key in PARTS[report.kind]]
        return {"parts": parts, "run": drafting_figures.run_of(report.organisation)}


def keep(report: Report, actor: Any) -> tuple[Drafting, int]:
    """The drafting of today, and how many parts say something else than in the one before; the same one is not kept twice."""
    content = drafted(report)
    digest = canonical.digest(content)
    with transaction.atomic():
        before = report.draftings.last()
        if before and before.digest == digest:
            return before, 0
        made = Drafting.objects.create(report=report, content=content, run=content["run"], digest=digest, by=actor)
    known = {one["key"]: digest_of(one) for one in before.content["parts"]} if before else {}
    return made, sum(known.get(one["key"]) != digest_of(one) for one in content["parts"])
