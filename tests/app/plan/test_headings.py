"""What is taken away speaks the language of the reader: as many headings in one as in the other, and a cell under each."""

import csv
import io
from datetime import date

import pytest

from tests.app.trajectory.conftest import FLEET, YEAR_BEFORE, kept

PLAN = "/o/valmont/plan/"
FILES = ("leviers/csv/", "trajectoire/csv/", "scenarios/csv/", "ecarts/csv/", "arbitrages/csv/")


def _table(client, file, language):
    answer = client.get(PLAN + file, headers={"accept-language": language})
    assert answer.status_code == 200, file
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


@pytest.fixture
def two_years(organisation, owner):
    kept(organisation, owner, YEAR_BEFORE, on=date(2025, 9, 30))
    kept(organisation, owner, FLEET)


@pytest.mark.parametrize("file", FILES)
def test_headings_are_words_in_french_and_in_english_with_a_cell_under_each(owner_client, two_years, file):
    french, english = _table(owner_client, file, "fr"), _table(owner_client, file, "en")
    assert len(french[0]) == len(english[0]) == len(set(french[0])) and french[0] != english[0]
    assert not any("_" in one for one in (*french[0], *english[0]))
    assert {len(row) for row in (*french, *english)} == {len(french[0])}
    assert len(french) > 10 or file in ("scenarios/csv/", "arbitrages/csv/")  # nobody kept any
