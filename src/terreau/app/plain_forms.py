"""What every room asks of a form that people fill in: words read as they are seen, days without a slip of the year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from terreau.kernel.text import visible

FIRST_YEAR, LAST_YEAR = 1990, 2100


class Plain(forms.BaseForm):
    """A form whose words are read as they are seen: nothing hides in them, nothing turns the line round."""

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                self.cleaned_data[name] = visible(value)
            elif isinstance(value, list):
                self.cleaned_data[name] = [visible(one) if isinstance(one, str) else one for one in value]


class DayField(forms.DateField):
    """A day, typed or picked; a slip of the year is named."""

    def __init__(self, **options: Any) -> None:
        day_input = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": day_input, **options})

    def clean(self, value: Any) -> Any:
        """The day, None when nothing was written."""
        found = super().clean(value)
        if found is not None and not FIRST_YEAR <= found.year <= LAST_YEAR:
            words = _(
                "L’année %(year)s est sans doute une faute de frappe : donnez une année entre %(first)s et %(last)s."
            )
            raise forms.ValidationError(words % {"year": found.year, "first": FIRST_YEAR, "last": LAST_YEAR})
        return found
