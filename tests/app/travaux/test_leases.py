"""Who has a job, for how long, and what becomes of it."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from terreau.app.accounts.models import Membership
from terreau.app.journal.models import Entry
from terreau.app.portfolio.models import Service
from terreau.app.tasks import door, kinds, leases, performing, pruning
from terreau.app.tasks.models import Job, State
from terreau.kernel.errors import TerreauError

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def work(monkeypatch):
    """A kind of work that answers 7 and, when it counts, adds a service."""
    runs = []

    def run(job, tell):
        runs.append(job.attempt)
        tell(1, 2, "half")
        if job.inputs.get("refuse"):
            raise TerreauError("app.examples_missing")
        if job.inputs.get("break"):
            raise ZeroDivisionError
        return 7

    def keep(job, result):
        Service.objects.create(organisation=job.organisation, name=f"{job.digest} : {result} par {job.attempt}")

    kind = kinds.Kind(key="tests.work", right="edit", label="Essai", run=run, keep=keep, steps={"half": "À mi-chemin."})
    monkeypatch.setitem(kinds.KINDS, "tests.work", kind)
    return runs


@pytest.fixture
def queue(settings):
    """Jobs wait for a worker, as on a real instance."""
    settings.TASKS_HERE = False


def asked(organisation, person, digest="a", **inputs):
    return door.ask(organisation, person, "tests.work", inputs, digest=digest, patience=0)


def fell_silent(watch, clock):
    """What the watch reclaims once everybody stayed silent for longer than it bears."""
    watch.reclaim()
    clock.append(clock[-1] + watch.patience + 1)
    return watch.reclaim()


def watching(patience=20.0):
    clock = [1000.0]
    return leases.Watch(patience=patience, clock=lambda: clock[-1]), clock


def kept():
    return list(Service.objects.values_list("name", flat=True))


def test_the_same_work_asked_twice_is_done_once(work, organisation, editor, owner):
    first, second = asked(organisation, editor), asked(organisation, owner)
    assert (first.pk, first.state, first.result, work) == (second.pk, "done", 7, [1])
    assert asked(organisation, editor, digest="b").pk != first.pk


def test_what_is_already_waiting_is_not_queued_again(work, queue, organisation, editor):
    assert asked(organisation, editor).pk == asked(organisation, editor).pk
    assert leases.take("w1") and leases.take("w2") is None


def test_rights_are_those_of_the_day_it_runs(work, queue, organisation, editor):
    job = asked(organisation, editor)
    Membership.objects.filter(user=editor).update(role="reader")
    performing.perform(leases.take("w1"), threading.Event())
    job.refresh_from_db()
    assert (job.state, job.refusal["code"], work, kept()) == ("refused", "app.work_not_allowed", [], [])


def test_a_worker_that_lost_its_lease_writes_nothing(work, queue, organisation, editor):
    job = asked(organisation, editor)
    slow = leases.take("slow")
    watch, clock = watching()
    assert fell_silent(watch, clock) == 1
    quick = leases.take("quick")
    performing.perform(quick, threading.Event())
    with pytest.raises(kinds.Cancelled):
        leases.end(
            slow,
            State.DONE,
            result=8,
            keep=lambda held: Service.objects.create(organisation=organisation, name="de trop"),
        )
    assert not slow.beat()
    job.refresh_from_db()
    assert (job.state, job.attempt, job.lost, kept()) == ("done", 2, 1, ["a : 7 par 2"])


def test_a_worker_that_beats_keeps_its_job_whatever_the_time(work, queue, organisation, editor):
    asked(organisation, editor)
    lease = leases.take("w1")
    watch, clock = watching()
    for _ in range(5):
        assert watch.reclaim() == 0
        assert lease.beat()
        clock.append(clock[-1] + 15)


def test_the_job_of_a_worker_known_to_be_dead_is_taken_at_once(work, queue, organisation, editor):
    asked(organisation, editor)
    leases.take("dead")
    watch, _ = watching()
    assert watch.reclaim(dead="someone else") == 0
    assert watch.reclaim(dead="dead") == 1
    assert leases.take("w2").attempt == 2


def test_work_that_kills_three_workers_is_said_to_be_stranded(work, queue, organisation, editor):
    job = asked(organisation, editor)
    watch, clock = watching()
    for rank in range(3):
        assert leases.take(f"w{rank}")
        fell_silent(watch, clock)
    job.refresh_from_db()
    assert (job.state, leases.take("w4")) == ("stranded", None)
    assert "3 fois" in door.refusal_of(job).words("fr").what
    assert Entry.objects.get(organisation=organisation).action == "tasks.stranded"


def test_a_worker_asked_to_stop_gives_its_job_back_and_nobody_is_blamed(work, queue, organisation, editor):
    job = asked(organisation, editor)
    leases.give_back(leases.take("w1"))
    job.refresh_from_db()
    assert (job.state, job.lost) == ("waiting", 0)
    assert leases.take("w2").attempt == 2


def test_cancelled_work_is_never_kept(work, queue, organisation, editor):
    job = asked(organisation, editor)
    lease = leases.take("w1")
    assert door.cancel(job, editor)
    performing.perform(lease, threading.Event())
    job.refresh_from_db()
    assert (job.state, kept(), door.cancel(job, editor)) == ("cancelled", [], False)
    waiting = asked(organisation, editor, digest="b")
    door.cancel(waiting, editor)
    assert leases.take("w1") is None


def test_a_refusal_and_a_fault_of_ours_are_both_said_in_words(work, organisation, editor):
    refused = asked(organisation, editor, refuse=1)
    broken = asked(organisation, editor, digest="b", **{"break": 1})
    assert refused.refusal["code"] == "app.examples_missing"
    assert broken.state == "refused" and str(broken.pk)[:8] in door.refusal_of(broken).words("fr").remedy
    assert asked(organisation, editor).state == "done", "what was refused may be asked again"


def test_old_finished_work_is_forgotten(work, organisation, editor, monkeypatch):
    monkeypatch.setattr(pruning, "KEPT", 2)
    jobs = [asked(organisation, editor, digest=str(rank)) for rank in range(4)]
    pruning.prune(jobs[-1].pk)
    assert set(Job.objects.values_list("digest", flat=True)) == {"2", "3"}


def test_one_person_does_not_fill_the_queue_of_all(work, queue, organisation, editor, owner, monkeypatch):
    monkeypatch.setattr(door, "MOST_LIVE", 2)
    first = asked(organisation, editor)
    asked(organisation, editor, digest="b")
    with pytest.raises(TerreauError, match="work_too_many"):
        asked(organisation, editor, digest="c")
    assert asked(organisation, editor).pk == first.pk, "what already waits is no more work"
    assert asked(organisation, owner, digest="c").live, "another person has their turn"


def test_a_reader_cancels_only_what_they_asked_for(work, queue, organisation, editor, reader, signed_in, monkeypatch):
    asked_by_another = asked(organisation, editor)
    assert signed_in(reader).post(f"/o/valmont/travaux/{asked_by_another.pk}/annuler/").status_code == 403
    monkeypatch.setitem(kinds.KINDS, "tests.work", replace(kinds.KINDS["tests.work"], right="read"))
    assert signed_in(reader).post(f"/o/valmont/travaux/{asked_by_another.pk}/annuler/").status_code == 403
    own = asked(organisation, reader, digest="b")
    assert signed_in(reader).post(f"/o/valmont/travaux/{own.pk}/annuler/").status_code == 302
    assert list(door.live(organisation)) == [asked_by_another]


def test_an_auditor_whose_time_is_over_gets_nothing_of_what_they_asked(work, queue, organisation, auditor, monkeypatch):
    monkeypatch.setitem(kinds.KINDS, "tests.work", replace(kinds.KINDS["tests.work"], right="read"))
    job = asked(organisation, auditor)
    lease = leases.take("w1")
    kind = kinds.KINDS["tests.work"]

    def over_meanwhile(job, tell):
        Membership.objects.filter(user=auditor).update(until=timezone.now() - timedelta(minutes=1))

    monkeypatch.setitem(kinds.KINDS, "tests.work", replace(kind, run=over_meanwhile))
    performing.perform(lease, threading.Event())
    job.refresh_from_db()
    assert (job.state, job.refusal["code"], kept()) == ("refused", "app.work_not_allowed", [])


def test_the_work_of_another_organisation_is_as_good_as_unknown(
    work, queue, organisation, other_organisation, editor, outsider, signed_in
):
    theirs = asked(organisation, editor)
    mine = door.ask(other_organisation, outsider, "tests.work", {}, digest="a", patience=0)
    assert mine.pk != theirs.pk, "the same digest in two organisations is two works"
    client = signed_in(outsider)
    for address in (f"/o/numa/travaux/{theirs.pk}/", f"/o/valmont/travaux/{mine.pk}/", "/o/valmont/travaux/"):
        assert client.get(address).status_code == 404
    for act in ("annuler", "relancer"):
        assert client.post(f"/o/numa/travaux/{theirs.pk}/{act}/").status_code == 404
    assert str(theirs.pk) not in client.get("/o/numa/travaux/").content.decode()


def test_work_of_a_newer_program_is_refused_in_words(work, queue, organisation, editor, monkeypatch):
    job = asked(organisation, editor)
    monkeypatch.delitem(kinds.KINDS, "tests.work")
    performing.perform(leases.take("old"), threading.Event())
    job.refresh_from_db()
    assert (job.state, job.refusal["code"]) == ("refused", "app.work_unknown")
