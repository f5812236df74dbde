"""An audit whose auditors are at work, made of a freeze that nobody reads: what opens the living work to them."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from terreau.app.audits.models import Audit, Freeze


def under_examination(organisation, *, state="examining", since=0, until=9):
    """An audit of the organisation in that state, whose window goes from ``since`` to ``until`` [days from today]."""
    today, assessed = timezone.localdate(), uuid4()
    freeze = Freeze.objects.create(
        organisation=organisation, assessment=assessed, title="Autodiagnostic", record="{}", edition="{}", edition_key="nr-terreau", digest="0" * 64,
    )  # fmt: skip
    return Audit.objects.create(
        organisation=organisation, assessment=assessed, title="Label 2027", body="Organisme fictif", freeze=freeze, state=state,
        window_from=today + timedelta(days=since), window_until=today + timedelta(days=until),
    )  # fmt: skip
