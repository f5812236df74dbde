"""The sentence shown is the formula run: a term computes like a number, and says what it computes."""

import ast
import inspect

import numpy as np
import pytest

from terreau.footprint import formulas
from terreau.footprint.sentences import formula_sentences, making_term, using_term
from terreau.kernel.term import term

INPUTS = {
    "larger": (5.0, 8.0),
    "presence": (7300.0, 365.0),
    "life_used": (5.0, 8.0),
    "lives_spent": (20.0, 5.0),
    "embodied": (4.0, 180.0),
    "energy": (20.0, 30.0),
    "use": (600.0, 1.56, 0.05),
    "unspent": (3.0, 2.0, 5.0),
    "boundary_share": (985.0, 10.0, 985.0),
}
FORMULAS = dict(inspect.getmembers(formulas, inspect.isfunction))
LETTERS = [("un", "one"), ("deux", "two"), ("trois", "three")]


def sentence(function, values):
    return function(*(term(fr, en, value) for (fr, en), value in zip(LETTERS, values, strict=False)))


def test_every_formula_is_tried():
    assert FORMULAS.keys() == INPUTS.keys()


@pytest.mark.parametrize("name", INPUTS)
def test_a_formula_gives_the_same_to_numbers_arrays_and_terms(name):
    formula, values = FORMULAS[name], INPUTS[name]
    number = formula(*values)
    assert formula(*(np.array([value, value]) for value in values)).tolist() == [number, number]
    assert sentence(formula, values).value == number


@pytest.mark.parametrize("name", [name for name in INPUTS if name != "larger"])
def test_changing_a_formula_changes_its_sentence(name):
    changed = Mutant().visit(ast.parse(inspect.getsource(FORMULAS[name])))
    room = {"larger": formulas.larger}
    exec(compile(ast.fix_missing_locations(changed), "changed", "exec"), room)  # noqa: S102
    for language in ("fr", "en"):
        assert sentence(room[name], INPUTS[name]).sentence(language) != sentence(FORMULAS[name], INPUTS[name]).sentence(
            language
        )


class Mutant(ast.NodeTransformer):
    """Every × becomes ÷, every ÷ and − becomes +, every « greater of » its first operand."""

    def visit_BinOp(self, node):
        self.generic_visit(node)
        swapped = {ast.Mult: ast.Div, ast.Div: ast.Add, ast.Sub: ast.Add}
        return ast.BinOp(node.left, swapped[type(node.op)](), node.right)

    def visit_Call(self, node):
        return node.args[0] if getattr(node.func, "id", "") == "larger" else node


def test_formulas_write_themselves_in_french_and_english():
    told = using_term(300, 1, 0.05)
    assert told.sentence("fr") == "kWh consommés × PUE × impact d'un kWh dans le pays"
    assert told.sentence("en") == "kWh used × PUE × impact of one kWh in the country"
    assert (told.figures("fr"), told.figures("en"), told.value) == ("300 kWh × 1 × 0,05", "300 kWh × 1 × 0.05", 15)


def test_the_whole_formula_goes_from_the_line_to_the_figure():
    making, use = formula_sentences(["embodied", "use"], "fr")
    assert making["words"] == (
        "quantité × jours en service ÷ jours de la période ÷ le plus grand de [durée de vie ; âge]"
        " × impact d'un appareil, utilisation non comprise"
    )
    assert use["words"].endswith("× kWh par an × PUE × impact d'un kWh dans le pays")


def test_a_masked_factor_shows_no_figure():
    assert making_term(2, "manufacturing", 180, masked=True).figures("fr") == "2 vies × •"
    assert making_term(2, "manufacturing", 180, masked=True).value == 360


def test_brackets_stand_where_the_order_of_operations_asks_for_them():
    a, b, c = (term(name, name, value) for name, value in (("a", 8), ("b", 4), ("c", 2)))
    assert ((a + b) * c).sentence() == "(a + b) × c"
    assert (a / (b / c)).sentence() == "a ÷ (b ÷ c)"
    assert (a / b / c).sentence() == "a ÷ b ÷ c"
    assert (a - (b - c)).sentence() == "a − (b − c)"
    assert (1 - a / b).sentence() == "1 − a ÷ b"
    assert (2 / c + 1 + 0.5 * b).value == 4
    assert (a / b).named("part", "share").sentence("en") == "share"


def test_a_formula_says_its_words_and_its_figures():
    made = making_term(2, "manufacturing", 180)
    assert made.value == 360
    assert made.sentence("en") == "lives spent × impact of manufacturing one device"
    assert made.figures("en") == "2 lives × 180"
