"""Duties: met, or not yet met; half a duty done is not met."""

from fractions import Fraction

from terreau.diagnosis.scoring.rule import Rule
from terreau.referentials.edition import DMR, SINGLE, Words


def met_or_not(share: Fraction) -> Fraction:
    """1 for the full share, 0 for less."""
    return Fraction(int(share == 1))


RULE = Rule(
    key="duties-1",
    version="1",
    title=Words(fr="Obligations remplies", en="Duties met"),
    formula=Words(
        fr="Obligations remplies ÷ obligations applicables ; une obligation remplie en partie n'est pas remplie.",
        en="Duties met ÷ duties that apply; a duty met in part is not met.",
    ),
    modes=(SINGLE, DMR),
    share=met_or_not,
)
