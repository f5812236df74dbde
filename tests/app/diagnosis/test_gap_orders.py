"""What a criterion would bring is shown, whatever the order: an order never hides what it is made of."""

import re


def gains(page):
    return [float(one.replace(",", ".")) for one in re.findall(r'data-label="Apport">([\d,]+)', page)]


def test_each_criterion_says_what_it_would_add_in_both_orders(reader_client, assess, at):
    made = assess("rgesn-2024")
    easy = reader_client.get(at(made, "ecarts/")).content.decode()
    most = reader_client.get(at(made, "ecarts/?ordre=apport")).content.decode()
    assert gains(easy) == gains(most) == [1.3] * 25, "each of 78 criteria weighs the same, in %"
    assert "Il manque 100 %" in easy.replace("\N{NO-BREAK SPACE}", " ") and "sous le seuil" not in easy, "it has none"


def test_our_grid_has_no_number_to_add_to(reader_client, assessment, at):
    assert "Apport" not in reader_client.get(at(assessment, "ecarts/")).content.decode()
