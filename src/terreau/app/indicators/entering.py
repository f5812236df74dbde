"""At the top of the views of one indicator: which one, who asks, how it is followed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from terreau.app.accounts import access
from terreau.app.accounts.models import Organisation
from terreau.app.indicators import board
from terreau.app.indicators.models import Following
from terreau.app.indicators.naming import address, definition_at, place_of
from terreau.app.language import language
from terreau.indicators.definition import Indicator
from terreau.kernel.errors import TerreauError

READ = access.organisation_examinable_by


def indicator_for(
    request: HttpRequest, slug: str, place: str, may: Callable[[Any, str], Organisation] = READ
) -> tuple[Organisation, Indicator]:
    """The organisation and the indicator an address names, for someone who ``may``."""
    organisation = may(request.user, slug)
    return organisation, definition_at(organisation, place)


def followed_for(
    request: HttpRequest, slug: str, place: str, may: Callable[[Any, str], Organisation]
) -> tuple[Following, Indicator]:
    """The row of an indicator that is followed; 404 otherwise."""
    organisation, one = indicator_for(request, slug, place, may)
    row = Following.objects.filter(organisation=organisation, indicator=one.key).first()
    if row is None:
        raise Http404
    row.organisation = organisation
    return row, one


def around(organisation: Organisation, one: Indicator) -> dict[str, Any]:
    """What every page about one indicator shows of it."""
    return {"one": one, "one_name": one.name.in_(language()), "one_question": one.question.in_(language()),
            "one_url": address("indicator", organisation, one.key), "place": place_of(one.key)}  # fmt: skip


def refusal(refused: TerreauError) -> str:
    """A refusal in the language of the page."""
    return str(refused.words(language()))


def line(organisation: Organisation, one: Indicator) -> board.Line:
    """The line of one indicator; as if followed beside when it is not."""
    found = board.line_of(organisation, one.key, timezone.localdate())
    if found:
        return found
    row = Following(organisation=organisation, indicator=one.key)
    kept = board.values_of(organisation, [one.key]).get(one.key, ())
    told = board.main_series(one.key, kept, timezone.localdate())
    return board.Line(row=row, followed=board.as_followed(row, one), series=told, on=timezone.localdate())
