"""A reading grid: what was read and thought about is counted, nothing is scored."""

from terreau.diagnosis.scoring.rule import Rule
from terreau.referentials.edition import READING, Words

RULE = Rule(
    key="reading-0",
    version="0",
    title=Words(fr="Lecture, sans score", en="Reading, without a score"),
    formula=Words(
        fr="Aucun score : seul le nombre de questions auxquelles un texte répond est compté.",
        en="No score: only the number of questions answered in writing is counted.",
    ),
    modes=(READING,),
    single=False,
)
