"""What the other rooms ask of training: what is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from terreau.app.training import gathered
from terreau.app.training.models import Batch
from terreau.kernel.period import Period

if TYPE_CHECKING:
    from terreau.kernel.meter import Measured

__all__ = ["measures"]


def measures(organisation: Any) -> tuple[Measured, ...]:
    """``training.rate`` and ``training.onboarding_rate`` over the last twelve months: everybody, then each profession.

    None before anything was recorded: an organisation that says nothing of training has no rate, not a rate of zero.
    """
    if not Batch.objects.filter(organisation=organisation).exists():
        return ()
    told = gathered.rates(organisation, Period.twelve_months_ending(timezone.localdate()))
    lines = (told.everybody, *told.professions)
    return tuple(rate.measured for line in lines for rate in (line.rate, line.onboarding) if rate)
