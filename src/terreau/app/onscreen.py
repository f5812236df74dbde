"""Two people on one form: what was on screen goes with it, and who comes second is told before anything is replaced."""

from __future__ import annotations

from typing import Any

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


def again(form: Any, last: Any) -> int:
    """What the form goes on having seen; the last row once its writer was told of it."""
    told = of(form.data) if form.is_bound and not form.non_field_errors() else None
    return now(last) if told is None else told
