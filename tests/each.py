"""One test for many small facts of one kind: all are looked at, and every one that fails is named."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

Thing = TypeVar("Thing")


def each(names: Iterable[str], made: Callable[[str], Thing]) -> Callable[[Callable[[Thing], None]], Callable[[], None]]:
    """The check of one thing, as the test of all those of these names: a thousand of them would be a thousand set-ups."""

    def of_all(check: Callable[[Thing], None]) -> Callable[[], None]:
        def test() -> None:
            failed, every = [], list(names)
            assert every, "nothing to look at"
            for name in every:
                try:
                    check(made(name))
                except (Exception, pytest.fail.Exception) as wrong:
                    failed.append(f"{name}: {type(wrong).__name__} {wrong}")
            assert not failed, "\n".join(failed)

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        return test

    return of_all
