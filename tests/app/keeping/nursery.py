"""A process that forks children to back up or restore, and has them killed: what they leave is told, one line each.

``python -m tests.app.keeping.nursery backup|restore ARCHIVE TARGET random KILLS SEED [at N…]``: kills at random moments of a
whole run. ``… at N`` instead of SEED: killed by itself just before its Nth rename, link or fsync of names (the last steps).
"""

import os
import random
import resource
import signal
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.app.settings")


def work(kind, source, target):
    """One whole backup of the home to ``target``, or one restore of ``source`` into it."""
    from terreau.app.keeping.backup import backup
    from terreau.app.keeping.restore import restore

    backup(target) if kind == "backup" else restore(source, target)


def child(kind, source, target, before=lambda: None):
    """The identifier of a forked process that works, then ends: 0 done, 1 refused in words, 9 a traceback."""
    from terreau.kernel.errors import TerreauError

    number = os.fork()
    if number:
        return number
    try:
        before()
        work(kind, source, target)
    except TerreauError as trouble:
        os._exit(1 if trouble.words("fr").remedy else 9)
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(9)
    os._exit(0)


def dying_at(count):
    """Have this process kill itself just before its ``count``-th step that gives or syncs a name."""
    left = [count]

    def wrapped(step):
        def stepping(*arguments, **more):
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*arguments, **more)

        return stepping

    def begin():
        from terreau.app.keeping import emptiness, whole

        for module in (emptiness, whole):
            module.sync_folder = wrapped(module.sync_folder)
        os.rename, os.replace, os.link = wrapped(os.rename), wrapped(os.replace), wrapped(os.link)

    return begin


def dying_at_the_commit(count):
    """Have this process kill itself when a database server is about to commit."""

    def begin():
        from django.db.backends.base.base import BaseDatabaseWrapper

        BaseDatabaseWrapper.commit = lambda connection: os.kill(os.getpid(), signal.SIGKILL)

    return begin


def no_larger_than(size):
    """A disk that is full: no file of this process grows beyond ``size`` bytes."""

    def begin():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        sys.dont_write_bytecode = True  # a module kept compiled, but cut short, would stop every process after
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return begin


def main(kind, source, target, how):
    """Say one line per child: how it was stopped, its exit."""
    import django

    django.setup()
    from django.core.management import call_command  # noqa: F401 - imported once for all children

    from terreau.app.keeping import backup, restore  # noqa: F401

    kills = int(how.pop(1)) if how[0] == "random" else 0
    if kills:
        started, chance = time.monotonic(), random.Random(int(how.pop(1)))  # noqa: S311
        os.waitpid(child(kind, source, target.with_name(f"{target.name}-warm")), 0)
        whole = time.monotonic() - started
        for rank in range(1000, 1000 + kills):
            number = child(kind, source, target.with_name(f"{target.name}-{rank}"))
            time.sleep(chance.uniform(0, whole))
            os.kill(number, signal.SIGKILL)
            told(rank, os.waitpid(number, 0)[1])
        how = how[1:]
    begin = {"at": dying_at, "commit": dying_at_the_commit, "full": no_larger_than}[how[0]]
    for count in map(int, how[1:]):
        told(count, os.waitpid(child(kind, source, target.with_name(f"{target.name}-{count}"), begin(count)), 0)[1])


def told(rank, status):
    """One line."""
    print(rank, -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
