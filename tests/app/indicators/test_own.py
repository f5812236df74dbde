"""Own indicators: five questions, four steps, a file dropped, and what is refused in words."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.indicators import own
from terreau.app.indicators.models import Following, KeptValue, OwnIndicator
from terreau.app.indicators.naming import address, definitions
from terreau.app.journal.models import Entry
from tests.app.matrix_indicators_own import WHOLE

HERE = "/o/valmont/indicateurs/"
OWN = f"{HERE}propres/"
YAML = """key: reparation
name: {fr: "Portables réparés", en: "Laptops repaired"}
question: {fr: "Réparons-nous avant de remplacer ?", en: "Do we repair before we replace?"}
numerator: {fr: "portables réparés", en: "laptops repaired"}
denominator: {fr: "portables en panne", en: "laptops broken down"}
formula: "repaired / broken"
unit: "%"
theme: fleet
audience: performance
nature: result
direction: up
frequency: yearly
source: file
"""


def said(response):
    return re.sub(r"\s+", " ", response.content.decode())


def dropped(client, text):
    return client.post(f"{OWN}deposer/", {"file": SimpleUploadedFile("x.yaml", text.encode())})


@pytest.fixture
def made(organisation, owner):
    row = own.begin(organisation, owner, WHOLE, {}, "fr")
    own.finish(row, owner)
    row.refresh_from_db()
    return row


def test_a_definition_begun_twice_is_one_draft(organisation, editor_client):
    first = {"name": "Réparés", "question": "Réparons-nous ?", "theme": "fleet"}
    sent = [editor_client.post(f"{OWN}nouveau/", first).url for _again in range(2)]
    assert sent[0] == sent[1] and OwnIndicator.objects.count() == 1
    assert Entry.objects.filter(action="indicators.own_begun").count() == 1
    editor_client.post(f"{OWN}nouveau/", first | {"question": "Et ensuite ?"})
    assert OwnIndicator.objects.count() == 2


def test_five_questions_lead_to_a_definition_then_to_the_board(organisation, editor_client):
    page = said(editor_client.get(f"{HERE}bon-indicateur/"))
    assert "Question 1 sur 5" in page
    missed = editor_client.get(f"{HERE}bon-indicateur/?etape=decision&nom=Réparations")
    assert "Choisissez une réponse" in said(missed) and 'value="Réparations"' in said(missed)
    answers = {
        "nom": "Réparations",
        "decision": "decides",
        "pair": "both",
        "evaluable": "source",
        "objectified": "both",
    }
    assert "Question 5 sur 5" in said(editor_client.get(f"{HERE}bon-indicateur/", answers))
    last = re.findall(r'name="audience" value="([a-z_]+)"', said(editor_client.get(f"{HERE}bon-indicateur/", answers)))
    verdict = said(editor_client.get(f"{HERE}bon-indicateur/", answers | {"audience": last[0]}))
    assert "On avance" in verdict and "Écrire sa définition" in verdict
    define = re.search(r'href="([^"]*propres/nouveau/[^"]*)"', verdict)[1].replace("&amp;", "&")
    page = said(editor_client.get(define))
    assert 'value="Réparations"' in page and 'name="evaluable" value="source"' in page
    sent = {"name": "Réparations", "question": "Réparons-nous ?", "theme": "fleet", "evaluable": "source"}
    step = editor_client.post(f"{OWN}nouveau/", sent).url
    assert step.endswith("/etape/calcul/")
    calculation = {"numerator": "réparés", "denominator": "en panne", "formula": "", "unit": "%", "revision": "0"}
    step = editor_client.post(step, calculation).url
    reading = {"direction": "up", "nature": "result", "audience": "performance", "frequency": "yearly", "revision": "1"}
    step = editor_client.post(step, reading).url
    assert 'value="file" id="id_source_2" checked' in said(editor_client.get(step)) or "checked" in said(
        editor_client.get(step)
    )
    review = editor_client.post(step, {"source": "file", "revision": "2"}).url
    page = said(editor_client.get(review))
    assert "réparés ÷ en panne" in page and "Il manque encore" not in page
    row = OwnIndicator.objects.get()
    assert row.draft and not own.definitions(organisation)  # a draft is nobody's indicator yet
    follow = editor_client.post(review).url
    assert follow == address("follow", organisation, own.full_key(row))
    assert editor_client.get(follow).status_code == 200
    assert own.full_key(row) in definitions(organisation)
    assert list(Entry.objects.values_list("action", flat=True)) == ["indicators.own_begun", "indicators.own_made"]


def test_an_answer_that_stops_says_why_and_what_to_do_instead(reader_client):
    page = said(
        reader_client.get(
            f"{HERE}bon-indicateur/?decision=curious&pair=both&evaluable=nowhere&objectified=both&audience=x"
        )
    )
    answers = {"decision": "curious", "pair": "rate_only", "evaluable": "nowhere", "objectified": "both"}
    last = re.findall(r'name="audience" value="([a-z_]+)"', page)[0]
    page = said(reader_client.get(f"{HERE}bon-indicateur/", answers | {"audience": last}))
    assert "Mieux vaut ne pas le suivre" in page and "Ce qui manque" in page and "Écrire sa définition" not in page
    assert page.count('class="remedy"') == 3


def test_a_definition_that_lacks_something_is_not_finished(organisation, owner, editor_client):
    row = own.begin(organisation, owner, {"name": "Vague", "question": "Vague ?", "theme": "fleet"}, {}, "fr")
    page = said(editor_client.get(f"{OWN}{row.pk}/"))
    assert "Il manque encore" in page and "La source" in page and "Enregistrer et suivre" not in page
    assert editor_client.post(f"{OWN}{row.pk}/").status_code == 400
    assert OwnIndicator.objects.get().draft
    assert editor_client.post(f"{OWN}{row.pk}/retirer/").status_code == 302 and not OwnIndicator.objects.exists()


def test_two_people_who_write_the_same_definition_are_told(made, editor_client):
    page = f"{OWN}{made.pk}/etape/question/"
    sent = {"name": "Réparés d’abord", "question": "Réparons-nous ?", "theme": "fleet", "revision": str(made.revision)}
    assert editor_client.post(page, sent).url == f"{OWN}{made.pk}/"
    late = said(editor_client.post(page, sent | {"name": "Autre"}))
    assert "changer la même chose" in late and 'value="Autre"' in late
    assert Entry.objects.filter(action="indicators.own_changed").count() == 1


def test_the_unit_stays_once_there_are_values(made, organisation, editor_client):
    KeptValue.objects.create(
        organisation=organisation, indicator=own.full_key(made), on=date(2026, 1, 1), value=12, unit="%"
    )
    sent = {"numerator": "réparés", "denominator": "", "formula": "", "unit": "count", "revision": str(made.revision)}
    page = said(editor_client.post(f"{OWN}{made.pk}/etape/calcul/", sent))
    assert "ne peut pas devenir" in page and made.document["unit"] == "%"
    assert "sert encore" in said(editor_client.post(f"{OWN}{made.pk}/retirer/")) and OwnIndicator.objects.exists()


def test_words_said_once_stand_for_both_languages_until_the_other_is_written(made, organisation, owner):
    def name():
        one = definitions(organisation)[own.full_key(made)]
        return one.name.fr, one.name.en

    def say(text, language):
        own.write(made, owner, {"name": text}, language, OwnIndicator.objects.get().revision)

    assert name() == ("Portables réparés",) * 2
    say("Portables remis en service", "fr")
    assert name() == ("Portables remis en service",) * 2
    say("Laptops repaired", "en")
    assert name() == ("Portables remis en service", "Laptops repaired")
    say("Portables réparés", "fr")
    assert name() == ("Portables réparés", "Laptops repaired")


def test_a_file_dropped_becomes_an_indicator_and_comes_back_as_the_same_file(organisation, editor_client):
    assert dropped(editor_client, YAML).status_code == 302
    row = OwnIndicator.objects.get()
    one = definitions(organisation)[own.full_key(row)]
    assert (one.name.en, one.unit, one.origin) == ("Laptops repaired", "%", "organisation")
    back = editor_client.get(f"{OWN}{row.pk}/yaml/").content.decode()
    assert dropped(editor_client, back.replace("Laptops repaired", "Laptops mended")).status_code == 302
    assert (
        definitions(organisation)[own.full_key(row)].name.en == "Laptops mended" and OwnIndicator.objects.count() == 1
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (YAML.replace('unit: "%"', 'unit: "furlong"'), "furlong"),
        (YAML.replace("source: file", "source: meter\nmeter: {key: fleet.unheard_of}"), "Aucun compteur"),
        (
            YAML.replace('unit: "%"', 'unit: "kWh"').replace(
                "source: file", "source: meter\nmeter: {key: fleet.second_hand_share}"
            ),
            "se dit en kilowattheures",
        ),
        (YAML.replace("direction: up", "direction: up\ncolour: red"), "colour"),
        ("key: [", "YAML"),
        ("!!python/object:os.system {}", "YAML"),
        ("", ""),
        (YAML + YAML, ""),
    ],
)
def test_a_wrong_file_is_refused_in_words(organisation, editor_client, text, words):
    page = dropped(editor_client, text)
    assert page.status_code == 400 and "Que faire" in said(page) and words in said(page)
    assert not OwnIndicator.objects.exists()


def test_another_organisation_never_sees_it(made, other_organisation, outsider, signed_in):
    client = signed_in(outsider)
    assert client.get(f"/o/numa/indicateurs/propres/{made.pk}/").status_code == 404
    assert not own.definitions(other_organisation)
    assert (
        client.get(address("indicator", made.organisation, own.full_key(made)).replace("valmont", "numa")).status_code
        == 404
    )


def test_what_is_written_is_never_read_as_markup(organisation, owner, editor_client):
    hostile = WHOLE | {"name": "<script>alert(1)</script>"}
    row = own.begin(organisation, owner, hostile, {}, "fr")
    own.finish(row, owner)
    for page in (OWN, f"{OWN}{row.pk}/", address("indicator", organisation, own.full_key(row))):
        assert "<script>alert" not in editor_client.get(page).content.decode()
    assert not Following.objects.exists()
