"""What the columns of a received grid are called, and the words it lets one answer with."""

from __future__ import annotations

import re
from fractions import Fraction

from terreau.kernel.text import normal
from terreau.referentials.edition import Words

THEME, RUBRIC, NUMBER, QUESTION, WHY, POINTS, LEVEL, EXPECTED = (
    "theme", "rubric", "number", "question", "why", "points", "level", "expected")  # fmt: skip
ANSWER, VERDICT, COMMENT, EARNED, PROOFS = "answer", "verdict", "comment", "earned", "proofs"
DOCUMENTS, MEANS, RESULTS = "documents", "means", "results"
FACETS = (DOCUMENTS, MEANS, RESULTS)
EXPECTS = {"expects_documents": DOCUMENTS, "expects_means": MEANS, "expects_results": RESULTS}
READ = (THEME, RUBRIC, NUMBER, QUESTION, WHY, POINTS, LEVEL, EXPECTED, *EXPECTS)
TICKS = {"tick_none": "none", "tick_partial": "partial", "tick_yes": "yes", "tick_away": "away"}
FILLED = (VERDICT, *TICKS, ANSWER, *FACETS, PROOFS, COMMENT, EARNED)
ROLES = (*READ, *FILLED)

NAMES = {
    THEME: Words(fr="Thème", en="Theme"),
    RUBRIC: Words(fr="Rubrique", en="Rubric"),
    NUMBER: Words(fr="Numéro du critère", en="Criterion number"),
    QUESTION: Words(fr="Question ou exigence", en="Question or requirement"),
    WHY: Words(fr="Explication", en="Explanation"),
    POINTS: Words(fr="Points possibles", en="Possible points"),
    LEVEL: Words(fr="Niveau", en="Level"),
    EXPECTED: Words(fr="Preuve attendue", en="Evidence expected"),
    "expects_documents": Words(fr="Documents attendus", en="Documents expected"),
    "expects_means": Words(fr="Moyens attendus", en="Means expected"),
    "expects_results": Words(fr="Résultats attendus", en="Results expected"),
    VERDICT: Words(fr="Verdict, à remplir", en="Verdict, to fill"),
    "tick_none": Words(fr="Case « non », à cocher", en="“No” box, to tick"),
    "tick_partial": Words(fr="Case « en partie », à cocher", en="“Partly” box, to tick"),
    "tick_yes": Words(fr="Case « oui », à cocher", en="“Yes” box, to tick"),
    "tick_away": Words(fr="Case « ne s’applique pas », à cocher", en="“Not applicable” box, to tick"),
    ANSWER: Words(fr="Réponse, à remplir", en="Answer, to fill"),
    COMMENT: Words(fr="Commentaire, à remplir", en="Comment, to fill"),
    DOCUMENTS: Words(fr="Documents, à remplir", en="Documents, to fill"),
    MEANS: Words(fr="Moyens, à remplir", en="Means, to fill"),
    RESULTS: Words(fr="Résultats, à remplir", en="Results, to fill"),
    PROOFS: Words(fr="Preuves, à remplir", en="Evidence, to fill"),
    EARNED: Words(fr="Points obtenus, à remplir", en="Points earned, to fill"),
}
# The first pattern that matches the normal form of a heading gives its role.
_PATTERNS = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("tick_none", r"^(non|no|non conforme|non atteint|not met)$"),
        ("tick_partial", r"^(partiel|partiellement|en partie|en cours|partly|partial)$"),
        ("tick_yes", r"^(oui|yes|conforme|atteint|met)$"),
        ("tick_away", r"^(na|n/a|n\.a\.?|non applicable|not applicable|sans objet|so)$"),
        (EARNED, r"(points?|notes?|scores?)[ -]+(obtenue?s?|attribuee?s?|auto|retenu|earned|got|awarded)|auto-?evaluation points|^(note|score) ?/ ?\d+|^obtenue?s?$|your score|votre (note|score)|\b0 ?(a|to|-|–) ?max"),
        (POINTS, r"\bpoints?\b|\bpts?\b|bareme|note max|score max|max(imum)? score|^max(i|imum)?\.?$|ponderation|coefficient|\bpoids\b|\bweight\b"),
        (COMMENT, r"comment|remarque|observation|precision|\bnotes?\b|justification"),
        (EXPECTED, r"(preuve|justificatif|evidence|proof|livrable|piece)s?\b|attendus?$|\bexpected\b"),
        (VERDICT, r"verdict|conformite|conform|\bstatut|\bstatus|evaluation|maturite|maturity|\betat\b|oui ?/ ?non|yes ?/ ?no|cotation|assessment|auto-?diagnostic"),
        (DOCUMENTS, r"\bdocuments?\b|documentation|\bd\b"),
        (MEANS, r"\bmoyens?\b|\bmeans\b|\bm\b|mise en oeuvre"),
        (RESULTS, r"\bresultats?\b|\bresults?\b|\br\b"),
        (ANSWER, r"reponse|\banswer|\bresponse|situation|ce que (vous|nous)|votre organisation|constat|description de"),
        (WHY, r"explication|explanation|objectif|objective|pourquoi|why|enjeu|contexte|aide|guidance|definition"),
        (LEVEL, r"\bniveaux?\b|\blevels?\b|obligatoire|mandatory"),
        (NUMBER, r"^(n|no|n°|nº|#|num|numero|number|ref|reference|id|identifiant|code|index)\b.*|^n[°o] |^(critere|criterion) n"),
        (RUBRIC, r"rubrique|sous-? ?theme|sous-? ?axe|sous-? ?domaine|sub-?theme|\brubric|famille|family|sous-? ?categorie"),
        (THEME, r"\btheme|thematique|\baxe\b|domaine|domain|pilier|pillar|chapitre|chapter|categorie|category|volet"),
        (QUESTION, r"question|exigence|requirement|critere|criteri|intitule|libelle|item|enonce|bonne pratique|best practice|action|indicateur"),
    )
)  # fmt: skip
_NOT_APPLICABLE = re.compile(
    r"n\W?a\W?|n ?/ ?a|non applicable|not applicable|sans objet|s\.?o\.?|non concern.*|hors perimetre"
)
_UNTESTED = re.compile(
    r"non (evalue|teste|renseigne)e?|a (evaluer|completer|renseigner|definir)|not (assessed|tested)|to do|-+|\?"
)
_NONE = re.compile(
    r"(non|no|aucune?s?|none|rien|absente?|ko|non conforme|not met|fail(ed)?|insuffisant|nulle?|inexistante?|non atteinte?|not started|pas (du tout|fait|commence))\b.*"
)
_PARTIAL = re.compile(
    r"(partiel|en partie|en cours|part(ly|ial)|a moitie|moyen|in progress|started|initie|a ameliorer|plutot|amorce|incomplet).*"
)
_YES = re.compile(
    r"(oui|yes|total|conform|atteint|realise|fait|ok|complet|done|met|pass|satisf|effectif|acquis|en place|implemented|full|entierement).*"
)
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?) ?%")
_FIGURE = re.compile(r"(\d{1,4}(?:[.,]\d{1,3})?)(?:\s*[-–:=(].*)?")

USUAL = {"0": "none", "1/2": "partial", "1": "yes"}
"""The verdict that goes without saying for a share."""
NA = "na"
UNTESTED = "untested"
UNDECIDED = ""


def role_of(heading: str) -> str:
    """The role the words of a heading suggest, '' when they suggest none."""
    plain = normal(heading)
    if not plain or len(plain) > 120:
        return ""
    return next((role for role, pattern in _PATTERNS if pattern.search(plain)), "")


def shares_of(words: tuple[str, ...]) -> dict[str, str]:
    """Each allowed word with the share it means ("0" to "1" as fractions), "na", "untested", or '' when unknown.

    Figures are shares of the highest of them; words are recognised by what people usually write.
    """
    figures = {word: number for word in words if (number := _figure(word)) is not None}
    most = max(figures.values(), default=Fraction(0))
    told = {}
    for word in words:
        plain = normal(word)
        if word in figures and most:
            told[word] = str(figures[word] / most)
        elif _NOT_APPLICABLE.fullmatch(plain):
            told[word] = NA
        elif _UNTESTED.fullmatch(plain):
            told[word] = UNTESTED
        else:
            told[word] = _meant(plain)
    return told


def _meant(plain: str) -> str:
    if _NONE.fullmatch(plain):
        return "0"
    if _PARTIAL.fullmatch(plain) or "partiel" in plain:
        return "1/2"
    return "1" if _YES.fullmatch(plain) else ""


def _figure(word: str) -> Fraction | None:
    """The number a word starts with: "3", "2 - Avancé", "50 %"; None without one."""
    plain = normal(word)
    found = _SHARE.fullmatch(plain) or _FIGURE.fullmatch(plain)
    return Fraction(found[1].replace(",", ".")) if found else None


def decimal(text: str) -> Fraction | None:
    """The number of a cell, French or English ("12,5", "1 000", "20 pts"); None when it is not one."""
    bare = re.sub(r"[\s\u00a0\u202f]|points?|pts?", "", text.lower()).removeprefix("/")
    if not re.fullmatch(r"\d{1,7}(?:[.,]\d{1,4})?", bare):
        return None
    return Fraction(bare.replace(",", "."))
