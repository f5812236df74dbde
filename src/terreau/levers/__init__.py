"""Knowledge: what can be done, with its expected gain, its price elsewhere and its papers (leviers).

In a notebook::

    from terreau import levers

    levers.levers()                                   # every lever; computed, study_mean or enabler
    levers.parse("LV01=7"), levers.parse("life:monitor=8"), levers.parse("life:monitor")    # one more year
    levers.second_hand_ratio("laptop")                # (low, central, high, source), per year of use; None where unknown
    levers.paths(), levers.rules()
    levers.check("train-6h", {"hours": "5,5", "by_train": "non"}).holds     # False: the train was the answer

Importing this is light: files are read when they are first asked for.
"""

from terreau.levers.catalogue import lever, levers, load
from terreau.levers.categories import categories
from terreau.levers.choosing import choose, parse
from terreau.levers.paths import paths
from terreau.levers.records import Chosen, Fact, Gain, Lever, Paper, Ratio, Rule, StarterPath, Step, Verdict
from terreau.levers.rules import check, load_rules, rule, rules
from terreau.levers.second_hand import second_hand_categories, second_hand_ratio, second_hand_words

__all__ = [
    "Chosen", "Fact", "Gain", "Lever", "Paper", "Ratio", "Rule", "StarterPath", "Step", "Verdict", "categories", "check",
    "choose", "lever", "levers", "load", "load_rules", "parse", "paths", "rule", "rules", "second_hand_categories",
    "second_hand_ratio", "second_hand_words",
]  # fmt: skip
