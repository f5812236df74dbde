"""Work under way: heard by who listens, stopped by who waits no more."""

import threading
import time

import pytest

from terreau.kernel.underway import Stopped, Work, counted, step, stoppable, under_way
from terreau.tables.engine import engine

ENDLESS = "SELECT count(*) FROM range(2000000) a JOIN range(2000000) b ON a.range + b.range > -1"


def stopping(work, after=0.2):
    """Stop ``work`` again and again, from another thread, a while from now."""

    def stop():
        time.sleep(after)
        while not over.is_set():
            work.stop()
            over.wait(0.05)

    over = threading.Event()
    threading.Thread(target=stop, daemon=True).start()
    return over


def test_a_question_that_would_last_for_hours_ends_with_the_work_that_asked_it():
    work, since = Work(), time.monotonic()
    over = stopping(work)
    with pytest.raises(Stopped), under_way(work), engine() as con:
        con.execute(ENDLESS).fetchall()
    over.set()
    assert time.monotonic() - since < 60


def test_a_room_that_takes_the_interruption_for_a_refusal_does_not_go_on():
    work, went_on = Work(), []
    over = stopping(work)
    with pytest.raises(Stopped), under_way(work):
        with engine() as con:
            try:
                con.execute(ENDLESS)
            except Exception:  # as a reader that would try the file another way
                con.execute("SELECT 1")
        went_on.append("after")
    over.set()
    assert not went_on


def test_no_engine_opens_for_a_work_already_stopped():
    work = Work()
    work.stop()
    with pytest.raises(Stopped), under_way(work), engine():
        pytest.fail("opened")


def test_rows_are_told_as_they_pass_and_nobody_listens_elsewhere():
    heard = []
    with under_way(Work(lambda *told: heard.append(told))):
        assert sum(counted(range(10_001), "write", 10_001)) == 50_005_000
    assert heard == [("write", 0, 10_001), ("write", 5_000, 10_001), ("write", 10_000, 10_001)]
    step("weigh")
    with stoppable(lambda: None):
        pass
    assert len(heard) == 3
