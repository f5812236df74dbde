"""What the auditor and the committee said, with what was answered, when there is any of it."""

from __future__ import annotations

from collections.abc import Iterator

from terreau.publishing.blocks import Block, Facts, Heading, Table, Text
from terreau.publishing.dossier.records import DossierPackage
from terreau.publishing.dossier.words import day, say


def audit(package: DossierPackage) -> Iterator[Block]:
    """Findings, remarks, decisions, in that order."""
    if not (package.findings or package.remarks or package.decisions):
        return
    lang = package.language
    yield Heading(text=say(lang, "Audit", "Audit"))
    yield from _findings(package)
    yield from _remarks(package)
    for one in package.decisions:
        yield Heading(text=say(lang, "Décision", "Decision"), level=2)
        rows = ((say(lang, "Décision", "Decision"), one.outcome), (say(lang, "Par", "By"), one.by),
                (say(lang, "Le", "On"), day(one.on, lang) if one.on else ""), (say(lang, "Valable jusqu’au", "Valid until"), day(one.until, lang) if one.until else ""))  # fmt: skip
        yield Facts(rows=tuple((name, value) for name, value in rows if value))
        if one.text:
            yield Text(text=one.text)


def _findings(package: DossierPackage) -> Iterator[Block]:
    lang = package.language
    if package.findings:
        rows = tuple((one.criterion.rpartition(":")[2] or "–", one.gravity or "–", "\n".join(filter(None, (one.title, one.text))),
                      "\n".join(filter(None, (one.answer, one.state))) or "–") for one in package.findings)  # fmt: skip
        yield Heading(text=say(lang, "Constats", "Findings"), level=2)
        yield Table(caption=say(lang, "Ce que l’auditeur a constaté, et ce qui est répondu", "What the auditor found, and what is answered"),
                    heads=(say(lang, "Critère", "Criterion"), say(lang, "Gravité", "Gravity"), say(lang, "Constat", "Finding"), say(lang, "Réponse", "Answer")),
                    rows=rows, widths=(2, 3, 8, 8))  # fmt: skip


def _remarks(package: DossierPackage) -> Iterator[Block]:
    lang = package.language
    if package.remarks:
        rows = tuple(
            (one.criterion.rpartition(":")[2] or "–", one.text, one.by or "–", one.answer or "–")
            for one in package.remarks
        )
        yield Heading(text=say(lang, "Remarques du comité", "Remarks of the committee"), level=2)
        yield Table(caption=say(lang, "Ce que le comité demande, et ce qui est répondu", "What the committee asks, and what is answered"),
                    heads=(say(lang, "Critère", "Criterion"), say(lang, "Remarque", "Remark"), say(lang, "De", "From"), say(lang, "Réponse", "Answer")),
                    rows=rows, widths=(2, 8, 3, 8))  # fmt: skip
