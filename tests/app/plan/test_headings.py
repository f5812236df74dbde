"""What is taken away speaks the language of the reader: as many headings in one as in the other, and a cell under each."""

import pytest

PLAN = "/o/valmont/plan/"
FILES = ("leviers/csv/", "trajectoire/csv/", "ecarts/csv/", "scenarios/csv/", "arbitrages/csv/")


def _first_line(client, file, language):
    answer = client.get(PLAN + file, headers={"accept-language": language})
    assert answer.status_code == 200, file
    return answer.content.decode("utf-8-sig").splitlines()[0].split(";")


@pytest.mark.parametrize("file", FILES)
def test_headings_are_words_in_french_and_in_english(owner_client, file):
    french, english = _first_line(owner_client, file, "fr"), _first_line(owner_client, file, "en")
    assert len(french) == len(english) and french != english
    assert not any("_" in one for one in (*french, *english))
