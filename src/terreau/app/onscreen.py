"""Two people on one form: what was on screen goes with it, and who comes second reads what stands before replacing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import localize

from terreau.kernel.errors import TerreauError


def of(sent: Any) -> int | None:
    """The row that the form sent had on screen, 0 for none yet; None when it does not say."""
    told = str(sent.get("seen", ""))
    return int(told) if told.isascii() and told.isdigit() and len(told) <= 18 else None


def check(last: Any, seen: int | None) -> None:
    """TerreauError app.written_before_you when the last row is not the one that was on screen; None looks at nothing."""
    if seen is not None and seen != now(last):
        raise TerreauError("app.written_before_you")


def now(last: Any) -> int:
    """What a form shown now has on screen: the key of the last row, 0 without any."""
    return (last.pk or 0) if last else 0


def again(form: Any, last: Any, *, told: bool) -> int:
    """What the form goes on having seen; the last row once its writer was ``told`` what it says."""
    seen = of(form.data) if form.is_bound and not told else None
    return now(last) if seen is None else seen


def stands(form: Any, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What somebody else wrote in the fields of a form, as a person reads it: label and value with its unit, without the empty ones."""
    return [
        (
            str(field.label),
            f"{localize(values[name], use_l10n=True)}\N{NO-BREAK SPACE}{getattr(field, 'unit', '')}".rstrip(),
        )
        for name, field in form.fields.items()
        if values.get(name) not in (None, "")
    ]
