"""A page that needs a long result: it is asked for, waited for a moment, and the page goes on, or shows how far it is.

A function that makes and keeps a result calls ``needed`` when it is not there yet. While a page is being made, this
leaves the page (Needed) and has a worker make the result; anywhere else it does nothing, and the caller makes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from terreau.app.reading_once import reading_once
from terreau.app.security.refusals import said_in_words
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.app.tasks.models import Job

MOST = 4  # results one page may need, one after the other

_page: ContextVar[bool] = ContextVar("a page is being made", default=False)
_only_kept: ContextVar[bool] = ContextVar("only what is kept is wanted", default=False)
_refused: ContextVar[Mapping[str, TerreauError]] = ContextVar("what the page being made was refused", default={})  # noqa: B039


class NotMadeYet(Exception):  # noqa: N818  it is not an error
    """What was asked is not kept, and only what is kept was wanted (``only_kept``)."""


class Needed(Exception):  # noqa: N818  it is not an error
    """A page cannot go on without this work."""

    def __init__(self, organisation: Any, kind: str, inputs: dict[str, Any], digest: str) -> None:
        super().__init__(kind)
        self.organisation, self.kind, self.inputs, self.digest = organisation, kind, inputs, digest


def needed(organisation: Any, kind: str, inputs: dict[str, Any], *, digest: str) -> None:
    """Leave the page being made until a job of ``kind`` is done; nothing when no page is being made.

    Raises what that job was refused for, when it was.
    """
    if _only_kept.get():
        raise NotMadeYet(digest)
    if digest in _refused.get():
        raise _refused.get()[digest]
    if _page.get():
        raise Needed(organisation, kind, inputs, digest)


@contextmanager
def only_kept() -> Iterator[None]:
    """Inside, a long result is read when it is kept; NotMadeYet otherwise: nothing long is begun for a side matter."""
    token = _only_kept.set(True)
    try:
        yield
    finally:
        _only_kept.reset(token)


def begun(actor: Any, make: Callable[[], object]) -> None:
    """Have a worker begin what ``make`` needs and is not kept, for the next time: nobody waits. What failed is not tried again."""
    from terreau.app.tasks import door

    token = _page.set(True)
    try:
        make()
    except Needed as needs:
        _page.set(False)
        told = (needs.organisation, needs.kind, needs.digest)
        if not (door.stranded(*told) or door.refused(*told)):
            with suppress(TerreauError):  # this person waits for many already
                door.ask(needs.organisation, actor, needs.kind, needs.inputs, digest=needs.digest, patience=0)
    finally:
        _page.reset(token)


class Needing:
    """Middleware: what pages need is made by workers. Only for what is read (GET): a change is never done twice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reads = request.method in ("GET", "HEAD")
        token = _page.set(reads)
        try:
            with reading_once() if reads else nullcontext():
                return self.get_response(request)
        finally:
            _page.reset(token)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Have what is needed made; then the page again, or the page that says how far it is."""
        if not isinstance(exception, Needed):
            return None
        asked: set[str] = set()
        kept = _refused.set({})
        try:
            while True:
                # What was asked for and is still not there is made by the page itself: it never turns round.
                last = exception.digest in asked or len(asked) == MOST
                asked.add(exception.digest)
                answer = self._once_made(request, exception, last=last)
                if not isinstance(answer, Needed):
                    return answer
                exception = answer
        finally:
            _refused.reset(kept)

    def _once_made(self, request: HttpRequest, needs: Needed, *, last: bool) -> HttpResponseBase | Needed:
        from terreau.app.tasks import door, leading

        if not last:
            try:
                job = _asked(request, needs)
            except TerreauError as refusal:
                return said_in_words(request, refusal)
            if job.live or job.state in (door.State.STRANDED, door.State.CANCELLED):
                return leading.onwards(request, job, request.get_full_path())
        # Done: the page finds it. Refused: the page meets the refusal where it needs the work, and says it where it belongs.
        token = _page.set(not last)
        try:
            return _view(request)
        except Needed as more:
            return more
        except TerreauError as refusal:
            return said_in_words(request, refusal)
        finally:
            _page.reset(token)


def _asked(request: HttpRequest, needs: Needed) -> Job:
    """The job that makes what is needed: as it stands when its last try stranded or was refused, else asked for and waited."""
    from terreau.app.tasks import door

    told = (needs.organisation, needs.kind, needs.digest)
    token = _page.set(False)
    try:
        job = door.stranded(*told) or door.refused(*told) or door.ask(
            needs.organisation, request.user, needs.kind, needs.inputs, digest=needs.digest
        )  # fmt: skip
    finally:
        _page.reset(token)
    if job.state == door.State.DONE:
        door.unlisted(job)
    refusal = door.refusal_of(job) if job.state == door.State.REFUSED else None
    if refusal:
        _refused.set({**_refused.get(), needs.digest: refusal})
    return job


def _view(request: HttpRequest) -> HttpResponseBase:
    match = request.resolver_match
    assert match
    answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return answer
