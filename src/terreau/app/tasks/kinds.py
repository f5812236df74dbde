"""The kinds of work: each room registers its own in ``jobs.py``, found by itself when Terreau starts.

    @job_kind("inventory.read", right="edit", label=_("Lecture d'un inventaire"))
    def read(job, tell):
        tell(0, 0, "reading")          # says where it is; raises Cancelled when nobody waits for it any more
        return {"sheets": 3}           # plain JSON, kept with the job

``run`` may be called again after a worker vanished: it leaves nothing behind that counts. What counts is written by
``keep(job, result)``, called in the transaction that ends the job, only by the worker that still has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.functional import Promise

if TYPE_CHECKING:
    from terreau.app.tasks.models import Job


class Cancelled(Exception):  # noqa: N818  it is not an error
    """Nobody waits for this work any more, or another worker has it."""


class Tell(Protocol):
    """How a piece of work says where it is."""

    def __call__(self, done: int = 0, of: int = 0, step: str = "") -> None:
        """Say how much is done, of how much (0: unknown), and the step; raises Cancelled."""

    def stopped(self) -> bool:
        """True when the work should stop at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of work.

    right: who may ask, look and cancel ("read", "contribute", "edit", "own"), checked again when it runs
    label: what it is called; steps: words of the keys given to ``tell``, beside those of ``steps.WORDS``
    shares: what is done of the whole when each step of the rooms begins (``kernel.underway``) [%], in their order
    keep: writes what counts, in the transaction that ends the job; what it returns, unless None, becomes the result
    clean: removes what a try left, whatever its end
    leads_to: address of what was made; back: address where one tries again otherwise
    says: what to tell the person on the page it leads to: ("success" | "info" | "warning" | "error", words)
    holds: False when what a finished job made is no longer there: it is then done again
    """

    key: str
    right: str
    label: str | Promise
    run: Callable[[Job, Tell], Any]
    steps: Mapping[str, str | Promise] = field(default_factory=dict)
    shares: Mapping[str, int] = field(default_factory=dict)
    keep: Callable[[Job, Any], Any] | None = None
    clean: Callable[[Job], None] | None = None
    leads_to: Callable[[Job], str] | None = None
    back: Callable[[Job], str] | None = None
    says: Callable[[Job], list[tuple[str, str]]] | None = None
    holds: Callable[[Job], bool] | None = None


KINDS: dict[str, Kind] = {}
WHOLE = 100  # a progress told of that many is a share [%]
RIGHTS = {
    "read": frozenset({"auditor", "reader", "contributor", "editor", "owner"}),
    "contribute": frozenset({"contributor", "editor", "owner"}),
    "edit": frozenset({"editor", "owner"}),
    "own": frozenset({"owner"}),
}


def job_kind(
    key: str, *, right: str, label: str | Promise, **more: Any
) -> Callable[[Callable[[Job, Tell], Any]], Callable[[Job, Tell], Any]]:
    """Register the function below as what runs the jobs of kind ``key`` ("room.verb")."""
    if right not in RIGHTS:
        raise ValueError(f"unknown right: {right}")

    def registered(run: Callable[[Job, Tell], Any]) -> Callable[[Job, Tell], Any]:
        known = KINDS.get(key)
        if known and (known.run.__module__, known.run.__qualname__) != (run.__module__, run.__qualname__):
            raise ValueError(f"two kinds of work are called {key}")
        KINDS[key] = Kind(key=key, right=right, label=label, run=run, **more)
        return run

    return registered


def of(job: Job) -> Kind | None:
    """The kind of a job; None when the room that knew it is gone."""
    return KINDS.get(job.kind)


def allowed_to(role: str) -> list[str]:
    """The keys of the kinds that someone of this role may ask for and look at."""
    return [key for key, kind in KINDS.items() if role in RIGHTS[kind.right]]
