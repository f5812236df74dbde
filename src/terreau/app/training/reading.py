"""A file of people, read in the confined child: names stay there; what comes out is records by identifier and remarks by kind."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from terreau.app import confinement
from terreau.app.files.door import plain_name
from terreau.app.language import language
from terreau.app.training import gathered, sealing
from terreau.app.training.models import Batch, Course
from terreau.tables.working import CHILD, working_folder

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".ods")
SHOWN_LINES, SHOWN_REMARKS = 12, 25
ORDER = {"rejected": 0, "doubtful": 1}


def read_file(organisation: Any, kind: str, upload: Any) -> dict[str, Any]:
    """Records, counts and remarks of a file; the file is erased before this returns. TerreauError tables.*, indicators.*"""
    name = plain_name(str(upload.name))
    suffix = next((one for one in SUFFIXES if name.lower().endswith(one)), ".csv")
    key = sealing.key_of(organisation)
    told: dict[str, Any] = {
        "name": name, "key": key.hex(), "at": timezone.localdate().isoformat(), "language": language(),
        "professions": {one: {"fr": words, "en": words} for one, words in gathered.names(organisation).items()},
    }  # fmt: skip
    if kind == Batch.Kind.ATTENDANCES:
        told["courses"] = list(Course.objects.filter(organisation=organisation).values("key", "title"))
    with working_folder(CHILD) as folder:  # what a killed process leaves is swept
        path = folder / f"people{suffix}"
        path.touch(mode=0o600)
        with path.open("wb") as target:
            for piece in upload.chunks():
                target.write(piece)
        function = "staff" if kind == Batch.Kind.STAFF else "attendances"
        read = confinement.run(f"terreau.indicators.apart.{function}", path=str(path), **told)
    records = [_record(line["record"]) for line in read["lines"] if line["record"]]
    return {"records": records, "counts": read["counts"], "remarks": _remarks(read)}


def _record(told: dict[str, Any]) -> dict[str, str]:
    """A record as the tables keep it: identifiers in one text, days written or ''."""
    return {name: " ".join(value) if name == "person" else value or "" for name, value in told.items()}


def _remarks(read: dict[str, Any]) -> list[dict[str, Any]]:
    """Remarks gathered by what they say, those of lines left out first, with the first lines of each."""
    said = [(line["outcome"], line["line"], one) for line in read["lines"] for one in line["remarks"]]
    seen = {(one["code"], one["what"]) for _outcome, _line, one in said}
    said += [("info", one["line"], one) for one in read["findings"] if (one["code"], one["what"]) not in seen]
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for outcome, line, one in said:
        group = groups.setdefault((one["code"], one["what"]), {**one, "outcome": outcome, "lines": [], "n": 0})
        group["n"] += 1
        if line and len(group["lines"]) < SHOWN_LINES:
            group["lines"].append(line)
    return sorted(groups.values(), key=lambda one: (ORDER.get(one["outcome"], 2), -one["n"]))[:SHOWN_REMARKS]
