"""``terreau indicators values`` and ``check`` of one organisation: text, JSON, and 1 when the board says something false."""

import json
from datetime import date

import pytest

from terreau.app.indicators.models import Aim, Following, KeptValue
from terreau.cli import main

SHAPE = {"key", "name", "unit", "followed", "last", "values"}


def ran(capsys, *arguments):
    code = main(["indicators", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def board(organisation):
    row = Following.objects.create(
        organisation=organisation, indicator="PARC02", role="flagship", owner="DSI", review_body="Comité"
    )
    given = {"organisation": organisation, "indicator": "PARC02", "unit": "year", "numerator": 51, "denominator": 10}
    first = KeptValue.objects.create(**given, on=date(2024, 12, 31), value=4.2)
    KeptValue.objects.create(
        **given, on=date(2024, 12, 31), value=4.8, corrects=first.pk, explained="Oubli", signed_by="DSI"
    )
    KeptValue.objects.create(**(given | {"indicator": "GOV03", "unit": "%"}), on=date(2025, 6, 1), value=12)
    return row


def test_values_tell_everything_ever_kept(board, capsys):
    code, out, err = ran(capsys, "values", "--organisation", "valmont", "--json")
    told = json.loads(out)
    assert (code, err, told["organisation"]) == (0, "", "valmont")
    assert [set(one) for one in told["indicators"]] == [SHAPE] * 2
    first, second = told["indicators"]
    assert (first["key"], first["followed"]["role"], len(first["values"])) == ("PARC02", "flagship", 2)
    assert first["last"] == first["values"][1]["id"] and second["followed"] is None
    code, out, _ = ran(capsys, "values", "--organisation", "valmont")
    assert code == 0 and "4,8 ans" in out and "2 indicateurs, 3 valeurs gardées" in out


def test_check_leaves_with_one_when_the_board_says_something_false(board, capsys):
    code, out, _ = ran(capsys, "check", "--organisation", "valmont", "--json")
    told = json.loads(out)
    assert (
        code == 1 and told["counts"]["error"] == sum(one["severity"] == "error" for one in told["checks"]) > 0
    )  # shown to all without proof
    board.audience = "performance"
    board.save()
    code, out, _ = ran(capsys, "check", "--organisation", "valmont", "--lang", "en")
    assert code == 0 and "0 errors" in out and "→" in out
    Aim.objects.create(following=board, unit="year", target_value=7, target_due=date(2029, 12, 31))
    assert ran(capsys, "check", "--organisation", "valmont")[0] == 1  # a target that starts from nowhere


def test_an_organisation_nobody_has_is_refused_in_words(organisation, capsys):
    code, out, err = ran(capsys, "check", "--organisation", "ailleurs")
    assert (code, out) == (2, "") and "valmont" in err and "Traceback" not in err
