"""A line that needs no parser is copied as it is: its cells are those the parser would have found."""

import csv
import random

import pytest

from terreau.tables.dialect import Dialect, records
from terreau.tables.tidying import ready_lines


@pytest.mark.parametrize("doubled", [True, False])
def test_a_line_copied_without_the_parser_has_the_cells_the_parser_finds(doubled):
    dialect = Dialect(separator=";", doubled=doubled)
    ready, dice, copied = ready_lines(dialect, ";", 3), random.Random(7), 0
    for _ in range(4_000):
        cells = ["".join(dice.choice('ab"; ') for _ in range(dice.randint(0, 4))) for _ in range(3)]
        line = ('"' + '";"'.join(cells) + '"') if dice.random() < 0.7 else "".join(cells)
        told = ready(line)
        if told is not None:
            copied += 1
            assert next(csv.reader([told], delimiter=";")) == next(records([line], dialect))[1], line
    assert copied > 300
