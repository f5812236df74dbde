"""Dossiers: fifty-two criteria and five hundred files made into a folder, then verified; against a bare copy of the files."""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.fleets import grouped
from benchmarks.measure import cost

FILES, SIZE = 500, 400_000
BUILD = """
import sys
from pathlib import Path
from benchmarks.dossier import package
from terreau.publishing.dossier.build import build
kept, out = Path(sys.argv[1]), Path(sys.argv[2])
rank = len(list(out.glob("d*")))
build(package(kept), lambda sha256: kept / sha256, out / f"d{rank}")
"""
VERIFY = """
import sys
from pathlib import Path
from terreau.publishing.dossier.verify import verify
assert verify(Path(sys.argv[1]) / "d0") == ()
"""
COPY = """
import shutil, sys, tempfile
with tempfile.TemporaryDirectory(dir=sys.argv[2]) as out:
    shutil.copytree(sys.argv[1], out + "/copy")
"""


def rows(folder: Path, lines: int) -> Iterator[tuple[str, ...]]:
    """A dossier made and verified; against copying the same files, hashing nothing."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
    kept, out = folder / "pieces", folder / "dossiers"
    kept.mkdir()
    out.mkdir()
    _files(kept)
    made, bare = cost(BUILD, str(kept), str(out)), cost(COPY, str(kept), str(out))
    verified = cost(VERIFY, str(out))
    weight = grouped(FILES * SIZE // 1_000_000)
    yield (f"un dossier de 52 critères et {FILES} pièces ({weight} Mo)", f"{made.wall:.1f} s, {made.memory:.0f} Mo",
           "copie seule des pièces", f"{bare.wall:.1f} s", f"{made.wall / bare.wall:.1f} × le temps")  # fmt: skip
    yield (f"vérifier ce dossier, {FILES} pièces ({weight} Mo)", f"{verified.wall:.1f} s, {verified.memory:.0f} Mo",
           "copie seule des pièces", f"{bare.wall:.1f} s", f"{verified.wall / bare.wall:.1f} × le temps")  # fmt: skip


def _files(kept: Path) -> None:
    for rank in range(FILES):
        content = hashlib.shake_128(str(rank).encode()).digest(SIZE)
        (kept / hashlib.sha256(content).hexdigest()).write_bytes(content)


def package(kept: Path):  # noqa: ANN201  imported late
    """A whole assessment that cites every file of ``kept`` twice."""
    from datetime import UTC, date, datetime

    from terreau.diagnosis.records import AnswerRecord, AssessmentRecord, FacetAnswer
    from terreau.evidence.records import EvidenceRecord, LinkRecord
    from terreau.publishing.dossier.records import OrganisationFacts, packaged
    from terreau.referentials import library

    edition = library.edition("nr-terreau")
    asked, day = edition.for_variant().criteria, date(2025, 6, 1)
    pieces, links = {}, {one.key: [] for one in asked}
    for rank, path in enumerate(sorted(kept.iterdir())):
        pieces[path.name] = EvidenceRecord(
            key=path.name, kind="document", title=f"Compte rendu de la réunion n° {rank}, décisions et suites données", name="cr.pdf",
            received_on=datetime(2026, 1, 5, tzinfo=UTC), effective_on=day, confidentiality="auditor", sha256=path.name, size=SIZE,
        )  # fmt: skip
        for place in (rank, rank * 7 + 3):
            key = asked[place % len(asked)].key
            links[key].append(LinkRecord(evidence=path.name, subject=key, facet="documents", locator=f"p. {rank % 9}", strength="proves",
                                         proves="la décision est prise, le responsable et la date sont nommés"))  # fmt: skip
    facets = tuple(FacetAnswer(facet=name, verdict="yes", text="Nous le faisons depuis deux ans, et le revoyons chaque année. " * 6)
                   for name in ("documents", "means", "results"))  # fmt: skip
    answers = {
        key: AnswerRecord(criterion=key, facets=facets, links=tuple(tied), reviewed_on=day)
        for key, tied in links.items()
    }
    record = AssessmentRecord(edition="nr-terreau", version=edition.version, organisation="Banc", period=(date(2025, 1, 1), date(2025, 12, 31)),
                              as_of=date(2026, 1, 31), answers=answers, evidence=pieces)  # fmt: skip
    return packaged(record, edition, OrganisationFacts(name="Banc", slug="banc"), date(2026, 1, 31))
