"""A file sent with an answer: kept whatever becomes of the words, or refused in words; never lost without being told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from terreau.app.diagnosis import delegating, given
from terreau.app.diagnosis.beside import receive
from terreau.app.diagnosis.editions import language
from terreau.app.diagnosis.models import Assessment
from terreau.app.diagnosis.parting import facet_name
from terreau.app.security import throttle
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.referentials.edition import Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that came with an answer: its name, the facet it was meant for; ``trouble``: why it was refused, '' when it is kept."""

    name: str
    facet: str
    trouble: str = ""

    @property
    def said(self) -> str:
        """What became of it, in a sentence."""
        told = {"name": self.name, "facet": self.facet, "why": self.trouble}
        if self.trouble:
            return _("Le fichier « %(name)s » n'est pas gardé : %(why)s") % told
        return _("Le fichier « %(name)s » est gardé et rattaché à « %(facet)s » : ne l'envoyez pas de nouveau.") % told


def sent_with(
    request: HttpRequest,
    assessment: Assessment,
    criterion: Criterion,
    *,
    actor: Any = None,
    owner: str = "",
    link: int = 0,
) -> Attached | None:
    """Keep the file sent with an answer; None when there is none. ``actor`` is None for the bearer of the link number ``link``."""
    upload: Any = request.FILES.get("upload")
    if upload is None or not criterion.facets:
        return None
    asked = request.POST.get("upload-facet", "")
    facet = asked if asked in {one.key for one in criterion.facets} else criterion.facets[0].key
    title = given.cleaned(request.POST.get("upload-title", ""), 200)
    name = given.cleaned(upload.name or "", 80)
    day = given.read_day(request.POST.get("upload-on", ""), "upload-on", given.Given())
    trouble = ""
    try:
        if assessment.state != Assessment.State.OPEN:
            raise TerreauError("app.answer_closed")
        if link:  # no account, so no trust: a link found by another does not fill the place of the organisation
            throttle.spend(
                request,
                "contribution-file",
                most=delegating.MOST_FILES,
                seconds=delegating.WRITES_SECONDS,
                key=f"d{link}",
            )
        receive(
            assessment, criterion.key, facet, title=title, upload=upload, owner=owner, effective_on=day, actor=actor
        )
    except TerreauError as refused:
        trouble = str(refused.words(language()))
    return Attached(name=name, facet=facet_name(facet), trouble=trouble)
