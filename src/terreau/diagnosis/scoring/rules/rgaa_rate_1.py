"""The RGAA rate: the legal one only once every applicable criterion was tested."""

from fractions import Fraction

from terreau.diagnosis.scoring.results import Part
from terreau.diagnosis.scoring.rule import Rule
from terreau.referentials.edition import SINGLE, Words

FULL = Words(fr="totalement conforme", en="fully conforming")
PARTIAL = Words(fr="partiellement conforme", en="partially conforming")
NONE = Words(fr="non conforme", en="not conforming")
UNFINISHED = Words(
    fr="taux provisoire, qui n'est pas un taux légal : il reste des critères à tester, ou à écarter avec une raison",
    en="provisional rate, not a legal one: some criteria are still to be tested, or to be left out with a reason",
)


def status(whole: Part) -> Words | None:
    """Fully (all met), partially (half or more) or not conforming; only said once everything is tested."""
    if whole.undefined or whole.value is None and not whole.provisional:
        return None
    if whole.provisional or whole.value is None:
        return UNFINISHED
    if whole.value == 1:
        return FULL
    return PARTIAL if whole.value >= Fraction(1, 2) else NONE


RULE = Rule(
    key="rgaa-rate-1",
    version="1",
    title=Words(fr="Taux de conformité RGAA", en="RGAA conformity rate"),
    formula=Words(
        fr="Critères conformes ÷ (conformes + non conformes). Le taux n'est légal que si chaque critère applicable a été testé ; un critère "
        "non applicable sans raison compte comme non conforme. Conforme à 100 %, partiellement à partir de 50 %.",
        en="Conforming criteria ÷ (conforming + not conforming). The rate is a legal one only when every applicable criterion was "
        "tested; a criterion left out without a reason counts as not conforming. Full at 100%, partial from 50%.",
    ),
    modes=(SINGLE,),
    legal=True,
    status=status,
)
