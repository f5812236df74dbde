"""Ten lines become a snapshot like any other."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terreau.app.home import organisation_folder
from terreau.app.inventory import arrivals, kinds
from terreau.app.inventory.forms import QuickForm
from terreau.app.inventory.models import Snapshot, Source
from terreau.app.inventory.reading import summary
from terreau.app.journal import door as journal
from terreau.app.keeping.whole import new_folder
from terreau.inventory.importing import bring_in_form
from terreau.inventory.quickform import QuickForm as Answers


def initial(organisation: Any) -> dict[str, Any]:
    """What the form already knows: the headcount and the country of the settings."""
    return {
        "headcount": organisation.headcount,
        "country": "France" if organisation.zone == "FRA" else organisation.zone,
    }


def keep(organisation: Any, actor: Any, form: QuickForm) -> Snapshot:
    """Keep the ten lines as the snapshot of the source "Dix lignes", and the headcount in the settings."""
    answers = form.cleaned_data
    with transaction.atomic():
        if answers["headcount"] and answers["headcount"] != organisation.headcount:
            organisation.headcount = answers["headcount"]
            organisation.save(update_fields=["headcount"])
            journal.record(organisation, actor, "inventory.headcount", {"headcount": answers["headcount"]})
        source, _new = Source.objects.get_or_create(
            organisation=organisation, kind=Source.QUICK, defaults={"name": _free_name(organisation)}
        )
        return _kept(source, actor, answers, form.counts())


def _free_name(organisation: Any) -> str:
    taken = set(Source.objects.of(organisation).values_list("name", flat=True))
    name = gettext("Dix lignes")
    return next(one for one in (name, *(f"{name} ({n})" for n in range(2, 1000))) if one not in taken)


def _kept(source: Source, actor: Any, answers: dict[str, Any], counts: dict[str, int]) -> Snapshot:
    age = answers["mean_age"]
    form = Answers(counts=counts, mean_age=None if age is None else float(age), country=answers["country"])
    today, parent = timezone.localdate(), organisation_folder(source.organisation_id, "files")
    with new_folder(parent, ".quick-") as folder:
        made = bring_in_form(form, at=today, folder=folder, language=kinds.language())
        assert made.snapshot is not None  # a folder was given
        facts = {"files": [source.name], **summary(made.report)}
        return arrivals.keep_snapshot(
            source, actor, folder=folder, sha256=made.snapshot.sha256, taken_on=today, summary=facts
        )
