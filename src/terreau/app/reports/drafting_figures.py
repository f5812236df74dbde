"""Parts about what is: the organisation, the footprint and its method, the diagnosis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.app.language import language
from terreau.app.reports.models import Report
from terreau.app.reports.parts import Part
from terreau.publishing import numbers
from terreau.publishing.blocks import Facts, Table, Text


def run_of(organisation: Any) -> str:
    """The run of the last footprint, '' without."""
    from terreau.app.footprint import door as footprint

    found = footprint.told(organisation)
    return found.run if found else ""


def ready(organisation: Any) -> None:
    """Have what a draft reads made beforehand: asked while a page is made, long results come from a worker."""
    from terreau.app.inventory import door as inventory

    run_of(organisation)
    inventory.headline(organisation)


def context(report: Report) -> Part:
    """Who the organisation is, and how large its digital estate."""
    from terreau.app.inventory import door as inventory

    fleet = inventory.headline(report.organisation)
    rows = tuple(_facts(report, fleet))
    period = _("Ce rapport couvre la période du %(start)s au %(end)s.") % {
        "start": numbers.day(report.period_start, language()),
        "end": numbers.day(report.period_end, language()),
    }
    if fleet is None:
        nothing = _("L’inventaire du parc n’est pas encore importé dans Terreau.")
        return Part(text=f"{period} {nothing}", blocks=(Facts(rows=rows),))
    told = _("Au %(day)s, %(organisation)s compte %(n)s équipements numériques en service.") % {
        "day": numbers.day(fleet.last_import, language()), "organisation": report.organisation.name, "n": numbers.count(fleet.counted, language()),
    }  # fmt: skip
    return Part(text=f"{period} {told}", blocks=(Facts(rows=rows),))


def _facts(report: Report, fleet: Any) -> Iterator[tuple[str, str]]:
    from terreau.app.calendar import door as calendar
    from terreau.app.portfolio import door as portfolio

    facts, lang = calendar.facts_of(report.organisation), language()
    if facts.nature:
        yield _("Nature"), str(facts.get_nature_display())
    if facts.population:
        yield _("Habitants"), numbers.count(facts.population, lang)
    if report.organisation.headcount:
        yield _("Agents ou salariés"), numbers.count(report.organisation.headcount, lang)
    if fleet is not None:
        yield _("Équipements en service"), numbers.count(fleet.counted, lang)
        if fleet.age_known is not None:
            yield _("Équipements dont l’âge est connu"), numbers.percent(fleet.age_known, lang)
        yield _("Dernier inventaire"), numbers.day(fleet.last_import, lang)
    services = portfolio.services_of(report.organisation)
    yield _("Services numériques et projets suivis"), numbers.count(len(services), lang)


def footprint(report: Report) -> Part:
    """What the fleet weighs a year, criterion by criterion, always with bounds."""
    from terreau.app.footprint import door

    found = door.told(report.organisation)
    if found is None:
        return Part(text=_("L’empreinte du parc n’est pas encore calculée : il faut pour cela un inventaire."))
    first = found.totals[0] if found.totals else None
    sentences = []
    if first:
        words = _("Sur douze mois, le parc pèse %(value)s (de %(bounds)s, à 95 %%) pour le critère « %(criterion)s ».") if first[2] else _("Sur douze mois, le parc pèse %(value)s pour le critère « %(criterion)s ».")  # fmt: skip
        sentences.append(words % {"value": first[1], "bounds": first[2], "criterion": first[0]})
    if found.per_person:
        sentences.append(found.per_person)
    sentences.append(_("Aucun critère ne se déduit d’un autre : le tableau les donne tous."))
    table = Table(caption=_("Empreinte du parc sur douze mois"), heads=(_("Critère"), _("Valeur"), _("Intervalle à 95 %")),
                  rows=tuple((name, value, bounds or "–") for name, value, bounds in found.totals), widths=(4, 3, 4))  # fmt: skip
    return Part(text=" ".join(sentences), blocks=(table,))


def method(report: Report) -> Part:
    """What decided the figures, what they leave aside, and how sure they are."""
    from terreau.app.footprint import door

    found = door.told(report.organisation)
    text = _(
        "Les chiffres viennent de l’inventaire du parc et de facteurs d’impact publiés, dont chacun garde sa source. "
        "Chaque valeur est donnée avec un intervalle : ce que l’on ne sait pas s’y voit. Ce qui n’a pas de facteur n’est pas compté pour zéro : "
        "le total dit alors « au moins »."
    )
    if found is None:
        return Part(text=text)
    rows = [(_("Calcul"), found.lead)]
    if found.coverage is not None:
        rows.append((_("Part du parc qui a un facteur climat"), numbers.percent(found.coverage, language())))
    if found.stale_sources:
        told = ngettext("%(n)s source à relire", "%(n)s sources à relire", found.stale_sources)
        rows.append((_("Sources"), told % {"n": found.stale_sources}))
    return Part(text=text, blocks=(Facts(rows=tuple(rows)),))


def diagnosis(report: Report) -> Part:
    """Where each assessment stands: what is held at least, what is still possible, under which rule."""
    from terreau.app.diagnosis import door

    found = [one for one in door.summary(report.organisation) if not one.refused]
    if not found:
        return Part(text=_("Aucune évaluation n’est en cours."))
    rows = tuple((one.head.title, _answered(one), _bars(one.score)) for one in found)
    text = ngettext("Une évaluation est en cours.", "%(n)s évaluations sont en cours.", len(found)) % {"n": len(found)}
    note = _("Les deux nombres disent ce qui est acquis aujourd’hui, et ce que l’on peut encore atteindre.")
    rules = sorted({str(one.score["rule"]) for one in found if one.score and one.score.get("rule")})
    told = _("Règle de calcul : %(rules)s.") % {"rules": ", ".join(rules)} if rules else ""
    table = Table(caption=_("Évaluations en cours"), heads=(_("Évaluation"), _("Critères répondus"), _("Où elle en est")),
                  rows=rows, widths=(4, 2, 5))  # fmt: skip
    return Part(text=f"{text} {note}", blocks=(table, *([Text(text=told, style="small")] if told else [])))


def _answered(one: Any) -> str:
    return _("%(k)s sur %(n)s") % {"k": one.answered, "n": one.applicable}


def _bars(score: Any) -> str:
    """Its bars in words: « Documents de 40 % à 60 % »."""
    if not score:
        return "–"
    if score.get("single"):
        return _range(score["floor"], score["ceiling"])
    return "\n".join(f"{one['label']} {_range(one['floor'], one['ceiling'])}" for one in score.get("bars", ())) or "–"


def _range(floor: Any, ceiling: Any) -> str:
    return str(floor) if floor == ceiling else _("de %(floor)s à %(ceiling)s") % {"floor": floor, "ceiling": ceiling}
