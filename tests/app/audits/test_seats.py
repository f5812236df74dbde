"""An auditor enters the audits they were invited to, and no other one open that day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from terreau.app.accounts import joining
from terreau.app.accounts.models import Membership
from terreau.app.audits import acting
from terreau.app.audits.models import Audit, Seat
from terreau.app.publishing import packing
from terreau.kernel.errors import TerreauError
from tests.app.examining import under_examination

HOME = "/o/valmont/audits/"


@pytest.fixture
def two(organisation, lead):
    """Two audits open today: one that is invited to, another body's."""
    return lead(), under_examination(organisation)


def came(audit, owner, person):
    return joining.accept(acting.invite(audit, owner, "")[1], person)


def statuses(client, *audits):
    return [client.get(f"{HOME}{one.pk}/constats/").status_code for one in audits]


@pytest.mark.both_databases
def test_an_auditor_sees_the_audit_they_were_invited_to_and_not_the_other(two, owner, stranger, signed_in):
    mine, other = two
    Audit.objects.filter(pk=other.pk).update(title="Certification secrète")
    came(mine, owner, stranger)
    client = signed_in(stranger)
    listed = client.get(HOME).content.decode()
    assert "Label 2027" in listed and "Certification secrète" not in listed
    assert statuses(client, mine, other) == [200, 404]
    assert client.post(f"{HOME}{other.pk}/constats/nouveau/", {"text": "x", "gravity": "minor"}).status_code == 404
    assert client.post(f"{HOME}{other.pk}/etape/", {"to": "answering"}).status_code == 404
    assert {one.freeze for one in packing.sources(mine.organisation, auditor=stranger)} == {mine.freeze_id}


def test_a_second_invitation_opens_a_second_audit_and_the_longer_access_stays(two, owner, stranger, signed_in):
    mine, other = two
    first = came(mine, owner, stranger)
    Audit.objects.filter(pk=other.pk).update(window_until=timezone.localdate() + timedelta(days=2))
    other.refresh_from_db()
    assert came(other, owner, stranger).until == first.until
    assert {one.pk for one in Audit.objects.examined_by(stranger, mine.organisation)} == {mine.pk, other.pk}


def test_inviting_again_after_the_window_moved_lengthens_the_access(two, owner, stranger):
    mine, _other = two
    first = came(mine, owner, stranger).until
    acting.reframe(mine, owner, {"window_until": mine.window_until + timedelta(days=30)})
    mine.refresh_from_db()
    assert came(mine, owner, stranger).until == first + timedelta(days=30)


def test_the_work_is_closed_to_an_auditor_whose_audit_is_not_examined_today(two, owner, stranger, signed_in):
    mine, other = two
    came(mine, owner, stranger)
    client = signed_in(stranger)
    assert client.get("/o/valmont/preuves/").status_code == 200
    Audit.objects.filter(pk=mine.pk).update(state="decided")
    assert client.get("/o/valmont/preuves/").status_code == 404, "another audit under way opens nothing to them"
    assert statuses(client, other) == [404]


def test_an_auditor_let_in_without_an_audit_examines_all_of_them(two, owner, auditor, auditor_client):
    mine, other = two
    assert {one.pk for one in Audit.objects.examined_by(auditor, mine.organisation)} == {mine.pk, other.pk}
    came(mine, owner, auditor)
    assert {one.pk for one in Audit.objects.examined_by(auditor, mine.organisation)} == {mine.pk, other.pk}


def test_whoever_left_comes_back_to_what_they_are_invited_to_now(two, owner, stranger):
    mine, other = two
    came(mine, owner, stranger).delete()
    came(other, owner, stranger)
    assert list(Audit.objects.examined_by(stranger, mine.organisation)) == [other]
    Membership.objects.all().filter(user=stranger).delete()
    joining.accept(joining.invite(mine.organisation, owner, "reader")[1], stranger)
    assert not Seat.objects.filter(user=stranger).exists()


def test_a_member_of_the_team_does_not_become_an_auditor_by_a_link(two, owner, reader):
    mine, _other = two
    with pytest.raises(TerreauError) as refused:
        came(mine, owner, reader)
    assert refused.value.code == "app.already_member"
    assert Membership.objects.get(user=reader).role == "reader" and not Seat.objects.filter(user=reader).exists()


def test_an_invitation_withdrawn_gives_no_seat(two, owner):
    mine, _other = two
    made, _token = acting.invite(mine, owner, "")
    joining.withdraw(mine.organisation, owner, made.pk)
    assert Seat.objects.get().user is None
