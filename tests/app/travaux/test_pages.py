"""A page that needs long work: it says how far the work is, then leads on by itself."""

import threading

import pytest

from terreau.app import results
from terreau.app.tasks import door, leases, needing, performing
from terreau.app.tasks.models import Job, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_work(settings, monkeypatch):
    """A result that only a worker makes, needed by the page of services."""
    from terreau.app.portfolio import views
    from terreau.app.tasks import kinds

    settings.TASKS_HERE = False
    monkeypatch.setitem(door.ask.__kwdefaults__, "patience", 0)

    def made(organisation):
        return results.kept_json(organisation, "essai", lambda: {"n": 7}, kind="tests.long", inputs={})

    kind = kinds.Kind(key="tests.long", right="read", label="Long", run=lambda job, tell: made(job.organisation) and None,
                      holds=results.holds)  # fmt: skip
    monkeypatch.setitem(kinds.KINDS, "tests.long", kind)
    shown = views.access.organisation_contributable_by
    monkeypatch.setattr(views.access, "organisation_contributable_by", lambda *a: made(shown(*a)) and shown(*a))
    return made


def test_a_page_shows_how_far_the_work_is_then_leads_on(long_work, editor_client, organisation):
    page = "/o/valmont/services/nouveau/"
    sent = editor_client.get(page)
    assert sent.status_code == 302 and "/travaux/" in sent.url
    progress = editor_client.get(sent.url)
    assert progress["Refresh"] and "En attente d&#x27;un exécutant libre" in progress.content.decode()
    assert "Refresh" not in editor_client.get(sent.url + "&pause=1")
    performing.perform(leases.take("w1"), threading.Event())
    assert editor_client.get(sent.url).url == page
    assert editor_client.get(page).status_code == 200
    assert Job.objects.get().state == State.DONE


def test_looking_at_a_page_never_tries_again_what_stranded(long_work, editor_client, organisation):
    sent = editor_client.get("/o/valmont/services/nouveau/").url.partition("?")[0]
    Job.objects.update(state=State.STRANDED, refusal={"code": "app.work_stranded", "facts": {"times": 3}})
    assert editor_client.get("/o/valmont/services/nouveau/").url.startswith(sent)
    assert "Relancer" in editor_client.get(sent).content.decode()
    assert not door.live(organisation)
    editor_client.post(sent + "relancer/")
    assert door.live(organisation).count() == 1


def test_nobody_is_led_out_of_the_organisation(long_work, editor_client, organisation):
    sent = editor_client.get("/o/valmont/services/nouveau/").url.partition("?")[0]
    performing.perform(leases.take("w1"), threading.Event())
    for elsewhere in ("https://ailleurs.example/", "//ailleurs.example/", "/o/numa/", "1"):
        assert editor_client.get(sent, {"suite": elsewhere}).status_code == 200


def test_outside_a_page_what_is_needed_is_made_at_once(long_work, organisation):
    assert long_work(organisation) == {"n": 7}
    assert not Job.objects.exists()


def test_what_is_begun_for_the_next_time_is_waited_for_by_nobody_and_tried_once(long_work, organisation, editor):
    for _ in range(2):
        assert needing.begun(editor, lambda: long_work(organisation)) is None
    assert door.live(organisation).count() == 1
    Job.objects.update(state=State.STRANDED, refusal={"code": "app.work_stranded", "facts": {"times": 3}})
    needing.begun(editor, lambda: long_work(organisation))
    assert not door.live(organisation)


def test_results_are_bounded(organisation, monkeypatch):
    monkeypatch.setitem(results.KEPT, "small", 3)
    for rank in range(6):
        results.kept_json(organisation, f"n{rank}", lambda: 1, kind="tests.none", inputs={})
    assert len(list(results.folder(organisation).glob("*.json"))) == 3


def test_a_need_never_met_is_made_by_the_page_itself(long_work, editor_client, organisation, settings, monkeypatch):
    from terreau.app.tasks import kinds

    settings.TASKS_HERE = True
    idle = kinds.Kind(key="tests.long", right="read", label="Long", run=lambda job, tell: None, holds=results.holds)
    monkeypatch.setitem(kinds.KINDS, "tests.long", idle)
    assert editor_client.get("/o/valmont/services/nouveau/").status_code == 200


def test_the_share_done_is_said_in_words_and_never_goes_back(long_work, editor_client, organisation):
    sent = editor_client.get("/o/valmont/services/nouveau/").url
    lease = leases.take("w1")
    telling = performing.Telling(lease, threading.Event())
    telling.shares = {"read": 0, "weigh": 40, "write": 80}
    shares = []
    for said in (("read", 0, 2), ("read", 1, 2), ("unknown", 9, 9), ("weigh", 0, 0), ("read", 1, 2), ("write", 5, 10)):
        telling.heard(*said)
        shares.append(telling.reached_so_far()["told"])
    assert shares == [0, 20, 20, 40, 40, 90]
    assert lease.beat(**telling.reached_so_far())
    assert "Le fichier est écrit. 90\u202f%" in editor_client.get(sent).content.decode().replace("\xa0", "\u202f")
    assert "The file is written. 90%" in editor_client.get(sent, headers={"accept-language": "en"}).content.decode()


def test_a_work_in_parts_goes_on_where_the_last_part_ended(long_work, editor_client):
    editor_client.get("/o/valmont/services/nouveau/")
    telling = performing.Telling(leases.take("w1"), threading.Event())
    telling.shares = {"read": 0, "keep": 80}
    shares = []
    for part in range(2):
        telling(part, 2, "reading")
        for said in (("read", 1, 2), ("keep", 0, 0)):
            telling.heard(*said)
            shares.append(telling.reached_so_far()["told"])
    assert shares == [20, 40, 70, 90]


def test_what_was_refused_is_said_again_without_being_tried_again_until_something_changes(
    long_work, editor_client, organisation, owner, settings, monkeypatch
):
    from django.db import transaction

    from terreau.app.journal import door as journal
    from terreau.app.tasks import kinds
    from terreau.kernel.errors import TerreauError

    tries = []

    def run(job, tell):
        tries.append(1)
        raise TerreauError("footprint.zone_unknown", zone="XX")

    settings.TASKS_HERE = True
    monkeypatch.setitem(kinds.KINDS, "tests.long", kinds.Kind(key="tests.long", right="read", label="Long", run=run))
    for _ in range(3):
        page = editor_client.get("/o/valmont/services/nouveau/")
        assert page.status_code == 400 and "XX" in page.content.decode()
    assert (len(tries), Job.objects.get().listed) == (1, True)
    with transaction.atomic():
        journal.record(organisation, owner, "inventory.imported")
    editor_client.get("/o/valmont/services/nouveau/")
    assert len(tries) == 2
