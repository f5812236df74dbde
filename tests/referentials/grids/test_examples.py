"""A verdict written in a free cell takes the words the grid shows, in the language the grid speaks."""

import pytest

from terreau.referentials.grids.book import open_book
from terreau.referentials.grids.filling import GridAnswer, fill
from terreau.referentials.grids.proposing import propose
from terreau.referentials.grids.reading import read

FRENCH = "N°;Critère;{heading};Commentaire\n1.1;Une politique est-elle écrite ?;{one};\n1.2;Est-elle relue chaque année ?;{two};\n1.3;Et suivie par une personne ?;;\n"
ENGLISH = "Ref;Requirement;{heading};Comments\nA.1;The policy is written down and signed;{one};\nA.2;The policy is read again each year;{two};\nA.3;A person is in charge of it;;\n"


@pytest.mark.parametrize(
    ("text", "heading", "one", "two", "told"),
    [
        (FRENCH, "Statut", "", "", ["Oui", "Non", "Non applicable"]),
        (FRENCH, "Statut", "Conforme", "Non conforme", ["Conforme", "Non conforme", "Non applicable"]),
        (FRENCH, "Évaluation (atteint / non atteint / sans objet)", "", "", ["atteint", "non atteint", "sans objet"]),
        (ENGLISH, "Assessment", "", "", ["Yes", "No", "Not applicable"]),
        (ENGLISH, "Assessment", "Met", "", ["Met", "No", "Not applicable"]),
    ],
)
def test_the_word_of_a_free_cell(tmp_path, text, heading, one, two, told):
    path = tmp_path / "grille.csv"
    path.write_text(text.format(heading=heading, one=one, two=two), encoding="utf-8")
    book = open_book(path)
    grid = read(book, propose(book))
    keys = list(grid.cells)
    answers = {
        keys[0]: GridAnswer(verdicts={"verdict": "yes"}),
        keys[1]: GridAnswer(verdicts={"verdict": "none"}),
        keys[2]: GridAnswer(applicable=False, reason="x"),
    }
    fill(path, grid, answers, tmp_path / "rendue.csv")
    rows = [line.split(";") for line in (tmp_path / "rendue.csv").read_text(encoding="utf-8").splitlines()]
    assert [rows[1][2], rows[2][2]] == told[:2]
    assert rows[3][3].startswith(told[2])
