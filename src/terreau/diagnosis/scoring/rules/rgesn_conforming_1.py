"""RGESN, every criterion weighing the same."""

from terreau.diagnosis.scoring.levels import by_thresholds
from terreau.diagnosis.scoring.rule import Rule
from terreau.referentials.edition import SINGLE, Words

RULE = Rule(
    key="rgesn-conforming-1",
    version="1",
    title=Words(fr="Part des critères conformes", en="Share of conforming criteria"),
    formula=Words(
        fr="Critères conformes ÷ critères applicables ; tous pèsent autant.",
        en="Conforming criteria ÷ applicable criteria; all weigh the same.",
    ),
    modes=(SINGLE,),
    levels=by_thresholds,
)
