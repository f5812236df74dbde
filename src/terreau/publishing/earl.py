"""Verdicts as EARL 1.0 assertions (W3C Evaluation and Report Language), in JSON-LD: one a facet, two where an auditor spoke.

A verdict worth its whole share passes; any other fails, with the verdict in words: EARL has no word for "partly".
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from terreau.diagnosis.records import AnswerRecord
from terreau.publishing.dossier.records import DossierPackage
from terreau.referentials.edition import Criterion

CONTEXT = {
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
OWN, AUDITOR, SUBJECT = "_:own", "_:auditor", "_:subject"


def earl(package: DossierPackage) -> dict[str, Any]:
    """The whole graph: who asserts, about what, then each assertion in the order of the grid."""
    record = package.record
    graph: list[dict[str, Any]] = [
        {"@id": SUBJECT, "@type": "earl:TestSubject",
         "dct:title": record.subject.removeprefix("service:") if record.subject != "organisation" else package.organisation.name,
         "dct:isPartOf": package.organisation.name},
        {"@id": OWN, "@type": ["earl:Assertor", "foaf:Organization"], "foaf:name": package.organisation.name},
    ]  # fmt: skip
    if package.verdicts:
        graph.append({"@id": AUDITOR, "@type": ["earl:Assertor", "foaf:Agent"], "dct:title": "Auditeur / Auditor"})
    for criterion in package.asked.criteria:
        graph.extend(_assertions(package, criterion))
    return {"@context": CONTEXT, "@graph": graph}


def _assertions(package: DossierPackage, criterion: Criterion) -> Iterator[dict[str, Any]]:
    answer = package.record.answer(criterion.key)
    for facet in criterion.facets:
        test = _test(package, criterion, facet.key)
        yield _assertion(OWN, test, _own(package, answer, facet.key))
        said = package.verdict_of(criterion.key, facet.key)
        if said:
            yield _assertion(AUDITOR, test, _result(package, said.verdict, said.reason))


def _assertion(by: str, test: dict[str, Any], result: dict[str, Any]) -> dict[str, Any]:
    return {"@type": "earl:Assertion", "earl:assertedBy": {"@id": by}, "earl:subject": {"@id": SUBJECT}, "earl:test": test,
            "earl:mode": {"@id": "earl:manual"}, "earl:result": result}  # fmt: skip


def _test(package: DossierPackage, criterion: Criterion, facet: str) -> dict[str, Any]:
    test: dict[str, Any] = {
        "@id": f"urn:terreau:{criterion.key}" + (f":{facet}" if facet != "verdict" else ""),
        "@type": "earl:TestCriterion" if facet == "verdict" else "earl:TestRequirement",
        "dct:title": {"@value": criterion.question.in_(package.language), "@language": package.language},
        "dct:identifier": criterion.number,
    }
    return test | ({"dct:source": {"@id": criterion.link}} if criterion.link else {})


def _own(package: DossierPackage, answer: AnswerRecord, facet: str) -> dict[str, Any]:
    if answer.justified_not_applicable:
        return {
            "@type": "earl:TestResult",
            "earl:outcome": {"@id": "earl:inapplicable"},
            "dct:description": answer.reason,
        }
    told = answer.facet(facet)
    result = _result(package, told.verdict if told else None, told.text if told else "")
    return result | {"dct:date": {"@value": package.frozen_on.isoformat(), "@type": "xsd:date"}}


def _result(package: DossierPackage, verdict: str | None, text: str) -> dict[str, Any]:
    known = package.step(verdict)
    outcome = (
        "untested" if known is None or known.share is None else "passed" if known.share == Fraction(1) else "failed"
    )
    said = {"earl:info": known.label.in_(package.language)} if known else {}
    told = {"dct:description": text} if text else {}
    return {"@type": "earl:TestResult", "earl:outcome": {"@id": f"earl:{outcome}"}, **said, **told}
