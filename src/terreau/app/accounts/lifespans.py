"""The organisation's own policy: how many years it keeps each category (durée de vie)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terreau.app.accounts.models import Organisation


def categories(language: str) -> dict[str, str]:
    """Category key -> label, sorted by label, from the default factor set."""
    from terreau.factors.catalogue import factor_set

    chosen = factor_set()
    keys = {item.split("/")[0] for item in chosen.items() if not item.startswith("model:")}
    return dict(sorted(((key, chosen.label(key, language)) for key in keys), key=lambda pair: pair[1].casefold()))


def policy(organisation: Organisation, language: str) -> list[tuple[str, str, float]]:
    """(category, label, years) for each category the organisation decided on."""
    if not organisation.lifespans:
        return []
    labels = categories(language)
    rows = [(key, labels.get(key, key), float(years)) for key, years in organisation.lifespans.items()]
    return sorted(rows, key=lambda row: row[1].casefold())


class LifespanForm(forms.Form):
    """One category and its years; no years returns it to what sources say."""

    category = forms.ChoiceField(label=_("Catégorie"))
    years = forms.FloatField(
        label=_("Durée de vie, en années"),
        min_value=0.5,
        max_value=40,
        required=False,
        help_text=_("De 0,5 à 40 ans. Vide : revenir aux durées des sources."),
        widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
    )

    def __init__(self, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = list(categories(language).items())  # type: ignore[attr-defined]

    def applied_to(self, lifespans: dict[str, float]) -> dict[str, float]:
        """The policy with this line added, changed or taken away; keys sorted."""
        changed = dict(lifespans)
        changed.pop(self.cleaned_data["category"], None)
        if self.cleaned_data["years"] is not None:
            changed[self.cleaned_data["category"]] = self.cleaned_data["years"]
        return dict(sorted(changed.items()))
