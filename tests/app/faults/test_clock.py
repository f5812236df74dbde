"""A clock that jumps, forward or back: nothing forgotten early, nothing out of order, nothing lost."""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from terreau.app import results
from terreau.app.accounts import joining
from terreau.app.inventory import arrivals, leftovers
from terreau.app.inventory.models import Draft, Snapshot
from terreau.app.journal import door as journal
from terreau.app.journal.models import Entry
from terreau.app.tasks import door as tasks
from terreau.app.tasks import pruning
from terreau.app.tasks.models import Job
from tests.app.parc.dropping import SMALL, confirm, drop_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """``clock(days)``: what the machine believes from now on, so many days from the truth."""
    true = timezone.now

    def jump(days):
        monkeypatch.setattr(timezone, "now", lambda: true() + timedelta(days=days))
        # Columns hold the function itself, found when the model was made.
        for model, name in ((Draft, "created_at"), (Snapshot, "created_at"), (Entry, "at"), (Job, "asked_at")):
            monkeypatch.setattr(model._meta.get_field(name), "default", timezone.now)

    return jump


@pytest.mark.parametrize("far", [1500, -1500])
def test_an_import_survives_a_jump_put_right_within_the_day_and_a_second_one(clock, editor_client, organisation, far):
    drop_text(editor_client, SMALL)
    for days in (far, far + 0.9, 0, far, 0.5, -far):
        clock(days)
        leftovers.tidy()
    assert Draft.objects.get().left_since, "noted only"
    clock(1)
    leftovers.tidy()
    assert Draft.objects.get().left_since is None and arrivals.folder_of(Draft.objects.get()).exists()


def test_an_import_left_for_a_week_goes_with_its_files(clock, editor_client, organisation):
    drop_text(editor_client, SMALL)
    folder = arrivals.folder_of(Draft.objects.get())
    for days in (5, 6.5, 6.9):
        clock(days)
        leftovers.tidy()
        assert folder.exists()
    clock(7.6)
    leftovers.tidy()
    assert not folder.exists() and not Draft.objects.exists()


def test_the_journal_and_the_jobs_follow_their_order_not_the_clock(clock, editor, organisation, monkeypatch):
    monkeypatch.setattr(pruning, "KEPT", 2)
    for days in (0, 1500, -1500, 0):
        clock(days)
        with transaction.atomic():
            journal.record(organisation, editor, "portfolio.added", {"name": str(days)})
    assert [one.facts["name"] for one in Entry.objects.order_by("number")] == ["0", "1500", "-1500", "0"]
    assert journal.verify(organisation).sound
    jobs = [
        Job.objects.create(organisation=organisation, kind="x", digest=str(n), state="done", finished_at=timezone.now())
        for n in range(3)
    ]
    clock(-1500)
    late = Job.objects.create(
        organisation=organisation, kind="x", digest="late", state="done", finished_at=timezone.now()
    )
    pruning.prune(late.pk)
    assert tasks.Job.objects.filter(pk__in=[late.pk, jobs[-1].pk]).count() == 2, "just ended: never forgotten"


def test_of_two_inventories_of_one_day_the_last_confirmed_counts_whatever_the_clock(editor_client, organisation):
    drop_text(editor_client, SMALL, name="GLPI")
    confirm(editor_client)
    Snapshot.objects.update(created_at=timezone.now() + timedelta(days=1500))
    drop_text(editor_client, SMALL.replace(";3;", ";5;"), source=str(Snapshot.objects.get().source_id))
    confirm(editor_client)
    assert [one.summary["quantity"] for one in arrivals.current(organisation)] == [12]


def test_an_invitation_comes_back_with_the_right_time(clock, organisation, owner):
    with transaction.atomic():
        joining.invite(organisation, owner, role="reader")
    for days, pending in ((0, 1), (1500, 0), (0, 1)):
        clock(days)
        assert len(joining.pending(organisation)) == pending


def test_a_result_made_in_the_past_is_not_the_oldest(tmp_path, monkeypatch):
    monkeypatch.setitem(results.KEPT, "small", 2)
    for rank, name in enumerate("abc"):
        (tmp_path / f"{name}.json").write_text("{}")
        os.utime(tmp_path / f"{name}.json", (2e9 + rank, 2e9 + rank))
    made = tmp_path / "made.json"
    made.write_text("{}")
    results.forget_the_oldest(tmp_path, but=made)
    assert made.exists() and (tmp_path / "c.json").exists() and not (tmp_path / "a.json").exists()
