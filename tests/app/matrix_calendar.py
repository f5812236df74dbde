"""Addresses of the calendar: members read and receive, editors tell what the law asks; a secret link opens its own; not for auditors."""

from datetime import date

from django.utils import timezone

from terreau.app.accounts.joining import hash_of
from terreau.app.calendar.models import HeldLabel, Subscription
from tests.app.matrix import EDIT, PUBLIC, READ, Row

HOME = "/o/valmont/calendrier/"
RECEIVE = f"{HOME}recevoir/"
FACTS = f"{HOME}organisation/"
INSIDE = READ - {"auditor"}
ELSEWHERE = {"auditor": 404}
TOKEN = "jeton-du-calendrier"  # noqa: S105  of no use outside this test


def a_label(world):
    return {"pk": HeldLabel.objects.create(organisation=world.organisation, name="Label NR", granted_on=date(2025, 6, 1)).pk}  # fmt: skip


def a_link(world):
    row = {"organisation": world.organisation, "user": world.reader, "expires_on": timezone.now() + timezone.timedelta(days=9)}  # fmt: skip
    Subscription.objects.update_or_create(token_hash=hash_of(TOKEN), defaults=row)
    return {"token": TOKEN}


ROWS = (
    Row("calendar:home", INSIDE, "Qu’est-ce qui arrive, et quand ?", but=ELSEWHERE),
    Row("calendar:file", INSIDE, file="text/calendar", but=ELSEWHERE),
    Row("calendar:facts", INSIDE, "Que nous demande la loi, et quels labels avons-nous ?", but=ELSEWHERE),
    Row("calendar:new_label", EDIT, "Noter un label"),
    Row("calendar:label", EDIT, "Label NR", args=a_label),
    Row("calendar:remove_label", EDIT, method="POST", args=a_label, goes_to=FACTS),
    Row("calendar:subscription", INSIDE, "Comment recevoir ces dates ?", but=ELSEWHERE),
    Row("calendar:make_link", INSIDE, "Voici votre lien d’agenda", method="POST", but=ELSEWHERE),
    Row("calendar:withdraw_link", INSIDE, method="POST", goes_to=RECEIVE, but=ELSEWHERE),
    Row("calendar:digest", INSIDE, method="POST", data={"weekday": "2"}, goes_to=RECEIVE, but=ELSEWHERE),
    Row("calendar:feed", PUBLIC, file="text/calendar", args=a_link),
)
