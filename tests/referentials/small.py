"""A tiny edition one can read whole, as a document and as YAML."""

from __future__ import annotations

import copy
from typing import Any

YAML = """
key: jardin
version: "1"
title: {fr: Le jardin, en: The garden}
summary: {fr: Pour apprendre à lire une grille., en: To learn how to read a grid.}
authority: {fr: Nous, en: Us}
link: https://example.org/jardin
concerns: [organisation]
mode: dmr
reformulation: false
wording: {licence: Apache-2.0, note: {fr: Nos mots., en: Our words.}}
source: {publisher: Nous, title: Le jardin, version: "1", licence: Apache-2.0, link: https://example.org/, checked_on: 2026-11-21, best_before: 2027-11-21}
scale:
  - {key: none, share: "0", label: {fr: Rien, en: None}}
  - {key: partial, share: "1/2", label: {fr: En partie, en: Partly}}
  - {key: "yes", share: "1", label: {fr: Oui, en: "Yes"}}
scoring: [nr-terreau-1]
levels:
  - {key: socle, title: {fr: Socle, en: Base}, meaning: {fr: Le début., en: The start.}}
professions: {jardin: {fr: Jardinage, en: Gardening}}
profile:
  - {key: has_trees, question: {fr: Avez-vous des arbres ?, en: Do you have trees?}}
  - {key: has_pond, question: {fr: Avez-vous une mare ?, en: Do you have a pond?}}
variants:
  - {key: orchard, title: {fr: Verger, en: Orchard}, profile: {has_trees: true}}
themes:
  - key: "1"
    title: {fr: Sol, en: Soil}
    rubrics:
      - key: "1.1"
        title: {fr: Nourrir, en: Feeding}
        criteria:
          - key: "1.1.1"
            question: {fr: Le compost est-il tenu ?, en: Is the compost kept?}
            why: {fr: Le sol en vit., en: The soil lives on it.}
            expects:
              documents: {fr: Un carnet, en: A notebook}
              means: {fr: Un bac, en: A bin}
              results: {fr: Un poids, en: A weight}
            good_evidence: {fr: Le carnet daté, en: The dated notebook}
            professions: [jardin]
            priority: high
            difficulty: low
            weight: "1.5"
            thresholds: {socle: {documents: partial, means: "yes"}}
            wording_for: {orchard: {question: {fr: Le compost du verger est-il tenu ?, en: Is the compost of the orchard kept?}}}
          - key: "1.1.10"
            question: {fr: Les arbres sont-ils taillés ?, en: Are the trees pruned?}
            expects: {documents: {fr: Un plan, en: A plan}, means: {fr: Une scie, en: A saw}, results: {fr: Des fruits, en: Fruit}}
            applies_if: "has_trees and not (has_pond)"
            not_applicable_because: {fr: Aucun arbre., en: No tree.}
          - key: "1.1.11"
            question: {fr: Les pommes sont-elles pesées ?, en: Are the apples weighed?}
            expects: {documents: {fr: Un registre, en: A register}, means: {fr: Une balance, en: Scales}, results: {fr: Un total, en: A total}}
            only_for: [orchard]
"""


def document() -> dict[str, Any]:
    """The edition as a document, fresh at each call."""
    from terreau.referentials.yaml_reading import parse_yaml

    return copy.deepcopy(parse_yaml(YAML, "jardin.yaml"))
