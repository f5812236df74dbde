"""Words of indicators that their definitions name by key: themes, audiences, natures, rhythms, who uses them."""

from __future__ import annotations

from terreau.indicators.definition import TypicalTarget
from terreau.referentials.edition import Words


def _words(**pairs: tuple[str, str]) -> dict[str, Words]:
    return {key: Words(fr=fr, en=en) for key, (fr, en) in pairs.items()}


SETS = _words(
    core=("Cœur", "Core"), main=("Principal", "Main"), extended=("Étendu", "Extended"),
)  # fmt: skip
THEMES = _words(
    footprint=("Empreinte", "Footprint"), fleet=("Parc", "Fleet"), purchase=("Achats", "Purchases"),
    end_of_life=("Fin de vie", "End of life"), service=("Services", "Services"),
    accessibility=("Accessibilité", "Accessibility"), inclusion=("Inclusion", "Inclusion"),
    hosting=("Hébergement", "Hosting"), data=("Données", "Data"), ai=("Intelligence artificielle", "Artificial intelligence"),
    network=("Réseaux", "Networks"), print=("Impression", "Printing"), use=("Usages", "Uses"),
    people=("Personnes", "People"), governance=("Gouvernance", "Governance"), communication=("Communication", "Communication"),
)  # fmt: skip
AUDIENCES = _words(
    public=("Public", "Public"), performance=("Pilotage", "Performance"), governance=("Gouvernance", "Governance"),
)  # fmt: skip
NATURES = _words(means=("Moyens", "Means"), result=("Résultat", "Result"), state=("État", "State"))
DIRECTIONS = _words(
    up=("à faire monter", "should rise"), down=("à faire baisser", "should fall"), none=("sans sens souhaité", "no wished direction"),
)  # fmt: skip
FREQUENCIES = _words(
    weekly=("chaque semaine", "every week"), monthly=("chaque mois", "every month"),
    quarterly=("chaque trimestre", "every quarter"), yearly=("chaque année", "every year"),
    per_event=("à chaque événement", "at each event"),
) | {"half-yearly": Words(fr="chaque semestre", en="every half-year")}  # fmt: skip
SOURCES = _words(
    meter=("mesuré par Terreau", "measured by Terreau"), form=("saisi par une personne", "entered by a person"),
    file=("importé d’un fichier", "imported from a file"),
)  # fmt: skip
FORMS = _words(
    raw=("brut", "raw"), relative=("relatif", "relative"), own=("médiane, note ou durée", "median, score or duration"),
)  # fmt: skip
ROLES = _words(flagship=("Phare", "Flagship"), followed=("Suivi", "Followed"))
SEVERITIES = _words(error=("Erreur", "Error"), warning=("Alerte", "Warning"), advice=("Conseil", "Advice"))
LEADS = _words(
    go=("On avance", "Go ahead"), mend=("À compléter d’abord", "To complete first"), stop=("À ne pas suivre pour l’instant", "Not to follow for now"),
)  # fmt: skip
STANDINGS = _words(
    law=("Obligation pour les organisations que vise le texte ; vérifiez que vous en êtes.",
         "A duty for the organisations the text concerns; check that you are one of them."),
    read=("Chiffre lu dans la source citée : un exemple publié, pas une norme.",
          "A figure read in the source cited: a published example, not a norm."),
    proposal=("Proposition de Terreau, à discuter chez vous : ce n’est pas une norme.",
              "A proposal of Terreau, to be discussed at your place: not a norm."),
)  # fmt: skip
"""What a typical target is worth, in a sentence shown wherever the target is."""
_USERS = {
    "cities": Words(fr="villes et métropoles", en="cities and metropolises"),
    "label NR plans": Words(fr="plans préparés pour le label NR", en="plans prepared for the NR label"),
    "label NR audit": Words(fr="audits du label NR", en="audits of the NR label"),
    "State": Words(fr="services de l’État", en="State services"),
    "State sobriety plan": Words(fr="plan de sobriété de l’État", en="sobriety plan of the State"),
    "AGEC law": Words(fr="loi AGEC", en="AGEC law"),
    "REEN law": Words(fr="loi REEN", en="REEN law"),
    "law 2005-102": Words(fr="loi du 11 février 2005", en="law of 11 February 2005"),
    "DAE guide": Words(fr="guide d’achats de l’État", en="State purchasing guide"),
    "AGIT guide": Words(fr="guide de l’Alliance Green IT", en="guide of Alliance Green IT"),
    "AGIT barometer": Words(fr="baromètre de l’Alliance Green IT", en="barometer of Alliance Green IT"),
    "GreenIT barometer": Words(fr="baromètre de l’écoconception", en="ecodesign barometer"),
    "DIMPACT users": Words(fr="utilisateurs de DIMPACT", en="users of DIMPACT"),
    "AFNOR frugal AI": Words(fr="référentiel AFNOR d’IA frugale", en="AFNOR frugal AI referential"),
    "EU 2024/1364": Words(fr="règlement délégué (UE) 2024/1364", en="delegated regulation (EU) 2024/1364"),
    "EU 2024/825": Words(fr="directive (UE) 2024/825", en="directive (EU) 2024/825"),
    "mission committee": Words(fr="comités de mission", en="mission committees"),
    "mission company": Words(fr="sociétés à mission", en="mission companies"),
    "GDPR": Words(fr="RGPD", en="GDPR"),
    "RCP": Words(fr="règles par catégorie de produit (RCP)", en="product category rules (RCP)"),
    "PEF": Words(fr="empreinte environnementale de produit (PEF)", en="product environmental footprint (PEF)"),
    "frago greenit 74": Words(fr="retours publiés de praticiens", en="published accounts of practitioners"),
}


def user_words(key: str, language: str = "fr") -> str:
    """Who uses an indicator, in words; a proper name stays as it is."""
    return _USERS[key].in_(language) if key in _USERS else key


def target_words(target: TypicalTarget, language: str = "fr") -> str:
    """A typical target and what it is worth: never one without the other."""
    return f"{target.words.in_(language)}. {STANDINGS[target.standing].in_(language)}"
