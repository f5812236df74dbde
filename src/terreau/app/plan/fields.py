"""Fields that read what people type: numbers with foreign decimals, an indicator by its key or its name, levers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from terreau.app.language import language
from terreau.app.plan import knowing
from terreau.indicators.definition import Indicator
from terreau.indicators.naming import Names
from terreau.kernel.errors import TerreauError
from terreau.kernel.term import figure
from terreau.levers.numbers import number
from terreau.levers.records import Lever

MOST = 1e10


def text_area(rows: int = 3) -> forms.Textarea:
    """A few lines."""
    return forms.Textarea(attrs={"rows": rows})


class NumberField(forms.CharField):
    """A number as people write it: « 1 234,5 », "1,234.5", « 40 % » (kept as 40). unit: the one its label leaves unsaid."""

    def __init__(self, *, most: float = MOST, unit: str = "", **options: Any) -> None:
        super().__init__(**{"required": False, "max_length": 40, "widget": _short(), **options})
        self.most, self.unit = most, unit

    def prepare_value(self, value: Any) -> Any:
        """A number we hold, as the language of the page writes it."""
        return figure(float(value), language()) if isinstance(value, float | int | Decimal) else value

    def clean(self, value: Any) -> Any:
        """The number, None when nothing was written."""
        told = str(super().clean(value)).strip().removesuffix("%").removesuffix("€").strip()
        if not told:
            return None
        found = number(told)
        if found is not None and abs(found) >= self.most:
            raise forms.ValidationError(
                _("« %(told)s » est trop grand pour un plan : vérifiez les zéros.") % {"told": told}
            )
        if found is None:
            raise forms.ValidationError(
                _("« %(told)s » ne se lit pas comme un nombre. Écrivez par exemple 4,5 ou 1200.") % {"told": told}
            )
        return self.kept(found)

    def kept(self, found: float) -> Any:
        """As it is kept."""
        return found


class AmountField(NumberField):
    """Money or days: two decimals, kept exactly."""

    def kept(self, found: float) -> Decimal:
        """To the hundredth."""
        return Decimal(f"{found:.2f}")


class IndicatorField(forms.CharField):
    """One indicator, by its key or by its name; the nearest ones are named when nobody knows it."""

    def __init__(self, known: Mapping[str, Indicator], **options: Any) -> None:
        attrs = {"list": "indicateurs", "autocomplete": "off", "class": "long"}
        super().__init__(**{"required": False, "max_length": 200, "widget": forms.TextInput(attrs=attrs), **options})
        self.known, self.names = known, Names(tuple(known.values()))

    def prepare_value(self, value: Any) -> Any:
        """A key we hold, with its name."""
        return knowing.named(self.known[value]) if value in self.known else value

    def clean(self, value: Any) -> Indicator | None:
        """The indicator; "PARC02 Durée de vie…" (as the list offers it) is its key."""
        told = str(super().clean(value)).strip()
        if not told:
            return None
        found = self.known.get(told) or self.names.find(told) or self.names.find(told.split()[0])
        if found is None:
            near = ", ".join(self.names.nearest(told))
            words = _("Aucun indicateur ne s’appelle « %(told)s ». Choisissez-en un dans la liste, ou écrivez sa clé.")
            if near:
                words = _("Aucun indicateur ne s’appelle « %(told)s ». Les plus proches : %(near)s.")
            raise forms.ValidationError(words % {"told": told, "near": near})
        return found


class LeversField(forms.CharField):
    """Levers as a command line writes them, apart by semicolons or spaces: « LV01=6 ; pue=1,2 »."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "max_length": 300, **options})
        self.more: tuple[Lever, ...] = ()  # those of the organisation

    def prepare_value(self, value: Any) -> Any:
        """A list we hold, as one line."""
        return "; ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        """Each lever in its plain writing; one that cannot be read says why, with the remedy."""
        from terreau.levers import parse

        found = []
        for told in filter(None, (one.strip() for one in str(super().clean(value)).replace(" ", ";").split(";"))):
            try:
                found.append(str(parse(told, self.more)))
            except TerreauError as refused:
                words = refused.words(language())
                raise forms.ValidationError(f"{words.what} {words.remedy}") from refused
        return list(dict.fromkeys(found))


def _short() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "decimal", "size": 10, "class": "n", "autocomplete": "off"})
