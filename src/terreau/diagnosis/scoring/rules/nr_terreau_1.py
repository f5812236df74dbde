"""Our own grid: levels by thresholds, three bars, and no single number."""

from terreau.diagnosis.scoring.levels import by_thresholds
from terreau.diagnosis.scoring.rule import Rule
from terreau.referentials.edition import DMR, SINGLE, Words

RULE = Rule(
    key="nr-terreau-1",
    version="1",
    title=Words(fr="Niveaux par seuils, trois barres", en="Levels by thresholds, three bars"),
    formula=Words(
        fr="Un niveau est atteint quand chaque critère applicable atteint son seuil pour ce niveau et pour ceux d'avant : rien ne compense "
        "un critère qui manque. Une barre par facette = somme des parts obtenues ÷ nombre de critères applicables qui demandent cette "
        "facette ; tous les critères pèsent autant. Documents, moyens et résultats ne sont jamais réunis en un seul chiffre.",
        en="A level is reached when every applicable criterion is at its threshold for that level and the ones before: nothing makes "
        "up for one that is short. One bar per facet = sum of the shares got ÷ number of applicable criteria that ask for this facet; "
        "all criteria weigh the same. Documents, means and results are never put together in one figure.",
    ),
    modes=(DMR, SINGLE),
    single=False,
    levels=by_thresholds,
)
