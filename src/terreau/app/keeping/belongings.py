"""What belongs to one organisation: every model that leads to it, found by itself; the others say why they do not.

A model belongs when it has a link to Organisation, or to a model that belongs. So a new model is exported and erased from
its first day; one that leads nowhere must be named in ``OF_THE_INSTANCE`` (a test fails otherwise).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models

from terreau.app.accounts.models import Organisation

OF_THE_INSTANCE = {
    "accounts.user": "a person may belong to several organisations",
    "account.emailaddress": "of a person",
    "account.emailconfirmation": "of a person",
    "mfa.authenticator": "of a person",
    "auth.group": "never used here",
    "auth.permission": "made by Django",
    "auth.group_permissions": "never used here",
    "contenttypes.contenttype": "made by Django",
    "sessions.session": "of a person, signed in",
    "django_tasks_database.dbtaskresult": "the queue: a number of job and nothing else; leaves with its job (BESIDE)",
}
# Rows without a link, named by a column of a model that belongs: (model, its column) -> model named.
BESIDE = {("travaux.job", "queued"): "django_tasks_database.dbtaskresult"}
# What no export shows: whoever reads it could use it.
HIDDEN = {
    "accounts.invitation": {"token_hash"},
    "diagnosis.delegation": {"token_hash"},
    "calendar.subscription": {"token_hash"},
}


def all_models() -> list[type[models.Model]]:
    """Every model that has a table of its own."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def belongings(among: Iterable[type[models.Model]] | None = None) -> dict[type[models.Model], str]:
    """Model -> the lookup that leads from it to the key of its organisation; the nearest to Organisation first."""
    waiting = list(all_models() if among is None else among)
    found: dict[type[models.Model], str] = {Organisation: "pk"}
    while True:
        more = {model: path for model in waiting if model not in found and (path := _path(model, found))}
        if not more:
            return found
        found |= more


def strangers(among: Iterable[type[models.Model]] | None = None) -> list[str]:
    """Models that neither belong to an organisation nor say why they do not."""
    waiting = list(all_models() if among is None else among)
    known = belongings(waiting)
    labels = [str(model._meta.label_lower) for model in waiting if model not in known]
    return sorted(label for label in labels if label not in OF_THE_INSTANCE)


def rows_of(model: type[models.Model], path: str, organisation_id: Any) -> models.QuerySet[Any]:
    """The rows of this organisation."""
    return model._base_manager.filter(**{path: organisation_id})


def links(model: type[models.Model]) -> list[Any]:
    """The columns of a model that point to another row."""
    return [field for field in model._meta.local_concrete_fields if field.is_relation and field.related_model]


def _path(model: type[models.Model], found: dict[type[models.Model], str]) -> str | None:
    leading = [field for field in links(model) if field.related_model in found]
    # "organisation" says whose the row is, whatever else it points to; a link that may be empty comes after one that may not.
    leading.sort(key=lambda field: (field.name != "organisation", field.null, found[field.related_model].count("__")))
    if not leading:
        return None
    further = found[leading[0].related_model]
    return leading[0].name if further == "pk" else f"{leading[0].name}__{further}"
