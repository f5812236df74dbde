"""A small assessment with evidence of every sort, frozen on a known day: three criteria answered, eight pieces."""

import hashlib
from datetime import UTC, date, datetime

from terreau.diagnosis.records import (
    AnswerRecord,
    AssessmentRecord,
    FacetAnswer,
    FigureRecord,
    InterviewRecord,
    OffGridRecord,
)
from terreau.evidence.records import EvidenceRecord, LinkRecord
from terreau.publishing.dossier.records import JournalHead, LinkCheck, OrganisationFacts, packaged
from terreau.referentials import library

RECEIVED = datetime(2026, 1, 15, 9, tzinfo=UTC)
FROZEN = date(2026, 3, 1)
CHARTER, PROOF, SECRET = b"%PDF-1.7 charte\n", b"asset;count\nlaptop;12\n", b"%PDF-1.7 salaires\n"


def digest(content):
    return hashlib.sha256(content).hexdigest()


def piece(key, content=None, **more):
    told = {
        "kind": "document",
        "title": key,
        "effective_on": date(2025, 6, 1),
        "confidentiality": "auditor",
        "name": f"{key}.pdf",
    }
    if content is not None:
        told |= {"sha256": digest(content), "size": len(content)}
    return EvidenceRecord(key=key, received_on=RECEIVED, **(told | more))


def tied(evidence, criterion, facet="documents", **more):
    return LinkRecord(
        evidence=evidence, subject=criterion, facet=facet, **({"strength": "proves", "locator": "p. 2"} | more)
    )


def pieces():
    found = (
        piece("charter", CHARTER, title="Charte : achats / 2025 ?"),
        piece("again", CHARTER, title="La même charte, déposée deux fois"),
        piece("measure", PROOF, kind="measure", title="CON", name="con.csv"),
        piece("salaries", SECRET, title="Grille des salaires", confidentiality="team", owner="Claire", url="https://intra.example/s"),
        piece("gone", PROOF + b"2", title="Ancienne politique", withdrawn=True, withdrawn_why="remplacée"),
        piece("page", kind="link", title="=Page publique", name=None, url="https://example.org/charte"),
        piece("bad", kind="link", title="Adresse étrange", name=None, url="javascript:alert(1)"),
        piece("said", kind="statement", title="Entretien avec la DSI", name=None),
    )  # fmt: skip
    return {one.key: one for one in found}


def record(evidence=None, **more):
    one, two, three = "nr-terreau:1.1.1", "nr-terreau:1.1.2", "nr-terreau:2.2.1"
    answers = {
        one: AnswerRecord(
            criterion=one, text="Écrit en 2025 : deux pages.", changed_on=RECEIVED, reviewed_on=date(2026, 2, 1), state="accepted",
            facets=(FacetAnswer(facet="documents", verdict="yes", text="La note."), FacetAnswer(facet="means", verdict="partial")),
            links=(tied("charter", one, proves="le but est écrit"), tied("page", one), tied("salaries", one, "means"), tied("gone", one, "means")),
        ),
        two: AnswerRecord(
            criterion=two, facets=(FacetAnswer(facet="results", verdict="yes", value="12 appareils"),),
            links=(tied("charter", two), tied("again", two), tied("measure", two, "results"), tied("said", two, "means", strength="mentions"), tied("bad", two)),
        ),
        three: AnswerRecord(criterion=three, applicable=False, reason="Aucun achat cette année.", decided_by="Jean", decided_on=FROZEN),
    }  # fmt: skip
    edition = library.edition("nr-terreau")
    told = {
        "edition": "nr-terreau", "version": "1", "edition_digest": edition.digest, "organisation": "Atelier Numa",
        "period": (date(2025, 1, 1), date(2025, 12, 31)), "as_of": FROZEN, "profile": {"makes_services": True},
        "answers": answers, "evidence": pieces() if evidence is None else evidence,
        "off_grid": (OffGridRecord(title="Café réparation", text="Un samedi par mois.", links=(tied("measure", "off"),)),),
        "interviews": (InterviewRecord(role="Direction", on=date(2026, 1, 20), criteria=(one,), notes="Oui, « vraiment » ; à suivre."),),
        "figures": {"figure:1/climate/fleet": FigureRecord(key="figure:1/climate/fleet", title="Parc", value="2,1", unit="t CO2e")},
    }  # fmt: skip
    return AssessmentRecord(**(told | more))


def package(found=None, **more):
    frozen = found or record()
    told = {"freeze": "gel-1", "frozen_sha256": frozen.digest, "journal": JournalHead(number=41, digest="ab" * 32),
            "links": {"page": LinkCheck(checked_on=date(2026, 2, 27), status=200)}}  # fmt: skip
    facts = OrganisationFacts(name="Atelier Numa", slug="numa", headcount=45)
    return packaged(frozen, library.edition(frozen.edition), facts, FROZEN, **(told | more))


def kept(folder, *contents):
    """A place of kept bytes, named by their digest as the application keeps them."""
    folder.mkdir(exist_ok=True)
    for content in contents or (CHARTER, PROOF, SECRET):
        (folder / digest(content)).write_bytes(content)
    return lambda sha256: folder / sha256
