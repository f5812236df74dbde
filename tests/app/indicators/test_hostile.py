"""What somebody hostile or hurried sends to the board: nothing breaks, nothing hides, nothing is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from terreau.app.evidence import door as evidence
from terreau.app.indicators import own_forms, xray
from terreau.app.indicators.models import Aim, KeptValue, OwnIndicator
from terreau.app.indicators.naming import FACET, value_subject
from terreau.app.journal.models import Entry
from terreau.indicators.meters import known_units
from tests.app.indicators.conftest import HOME
from tests.app.indicators.test_board import text

AIM = f"{HOME}fiche/PARC02/cible/"
SOUND = {"baseline_value": "4", "baseline_on": "2025-12-31", "target_value": "6", "target_due": "2028-12-31"}


@pytest.mark.parametrize("figure", ["1e400", "1e308", "-1e308", "1000000000000000"])
def test_a_figure_that_overflows_is_refused_in_words(owner_client, follow, figure):
    follow("PARC02")
    for name in ("baseline_value", "target_value"):
        page = owner_client.post(AIM, SOUND | {name: figure})
        assert page.status_code == 200 and "Écrivez un nombre seul" in text(page)
    give = f"{HOME}fiche/PARC02/valeurs/nouvelle/"
    assert owner_client.post(give, {"date": "2025", "value": figure, "sure": "1"}).status_code == 400
    assert not Aim.objects.exists() and not KeptValue.objects.exists()


@pytest.mark.parametrize(("name", "day"), [("baseline_on", "0001-01-01"), ("target_due", "9999-12-31")])
def test_a_slip_of_the_year_is_named(owner_client, follow, name, day):
    follow("PARC02")
    page = owner_client.post(AIM, SOUND | {name: day})
    assert "sans doute une faute de frappe" in text(page) and not Aim.objects.exists()


def test_a_revision_of_five_thousand_digits_is_another_one(owner_client, organisation):
    owner_client.post(f"{HOME}propres/nouveau/", {"name": "Prêts", "question": "Combien ?", "theme": "fleet"})
    step = f"{HOME}propres/{OwnIndicator.objects.get().pk}/etape/question/"
    sent = {"name": "Autre", "question": "Combien ?", "theme": "fleet", "revision": "9" * 5000}
    assert owner_client.post(step, sent).status_code == 200
    assert OwnIndicator.objects.get().document["name"] == "Prêts"


def test_nothing_turns_the_line_round_in_a_name(owner_client, follow):
    sent = {"name": "Prêts \u202elmx.exe\u200b", "question": "Combien ?", "theme": "fleet"}
    owner_client.post(f"{HOME}propres/nouveau/", sent)
    assert OwnIndicator.objects.get().document["name"] == "Prêts lmx.exe"
    row = follow("PARC02")
    owner_client.post(
        f"{HOME}fiche/PARC02/suivre/", {"role": "followed", "owner": "DSI\u2066", "revision": row.revision}
    )
    row.refresh_from_db()
    assert row.owner == "DSI"


def test_the_spaces_of_french_quotes_stay_in_what_explains_a_value(contributor_client):
    said = "Bilan\u00a0: «\u202fparc\u202f» revu\u202e"
    give = f"{HOME}fiche/PARC02/valeurs/nouvelle/"
    contributor_client.post(give, {"date": "2025", "value": "4,7", "explained": said})
    assert KeptValue.objects.get().explained == "Bilan\u00a0: «\u202fparc\u202f» revu"


def test_a_definition_dropped_over_another_leaves_the_older_one_in_the_journal(owner_client):
    told = (
        "key: prets\nname: {fr: %s, en: Loans}\nquestion: {fr: Combien ?, en: How many?}\nnumerator: {fr: prêts, en: loans}\n"
        "formula: prêts\nunit: '%%'\ntheme: fleet\naudience: performance\nnature: result\ndirection: up\n"
        "frequency: yearly\nsource: form\n"
    )
    for name in ("Prêts", "Emprunts"):
        file = SimpleUploadedFile("prets.yaml", (told % name).encode())
        page = owner_client.post(f"{HOME}propres/deposer/", {"file": file})
        assert page.status_code == 302, text(page)
    first, last = Entry.objects.filter(action="indicators.own_dropped").order_by("pk")
    assert "before" not in first.facts
    assert (last.facts["before"]["name"]["fr"], last.facts["after"]["name"]["fr"]) == ("Prêts", "Emprunts")


def test_the_radiography_asks_for_proofs_without_naming_every_value(organisation, owner, follow, yearly, tied):
    follow("PARC02", "flagship")
    rows = yearly("PARC02", {year: 4.0 + year / 1000 for year in range(1996, 2026)})
    yearly("PARC03", {2025: 3.0})
    piece = tied(value_subject(rows[-1].pk))
    with CaptureQueriesContext(connection) as asked:
        found = xray.checks(organisation, timezone.localdate())
    assert not {"indicators.no_proof", "indicators.proof_lost"} & {one.code for one in found}, piece
    assert max(len(one["sql"]) for one in asked) < 1500, "a query names one value or another, not all of them"


@pytest.fixture
def tied(organisation, owner):
    """``tied(subject)``: a piece of evidence that supports it."""
    from terreau.app.evidence.models import Evidence, EvidenceLink

    def made(subject):
        piece = Evidence.objects.create(organisation=organisation, title="Export")
        EvidenceLink.objects.create(organisation=organisation, evidence=piece, subject=subject, facet=FACET)
        assert evidence.tied(organisation, "value") == {subject: (str(piece.pk),)}
        return piece

    return made


@pytest.mark.parametrize("said", ["fr", "en"])
def test_meters_are_offered_by_their_name_and_not_by_their_key(said):
    offered = own_forms.meter_names(said)
    assert {key for key, _name in offered} == set(known_units())
    assert not [name for key, name in offered if key in name or "." in name or "'" in name]
    assert len({name for _key, name in offered}) == len(offered), "no two alike"
    form = own_forms.SourceStep({}, said)
    assert not [label for _key, label in form.fields["meter"].choices if "fleet." in str(label)]


def test_a_target_sent_twice_is_one_line_of_history(owner_client, follow):
    follow("PARC02", start=(4.2, 2023), target=(6, 2028))
    for _time in range(2):
        assert owner_client.post(AIM, SOUND | {"why": "Budget réduit"}).status_code == 302
    assert Aim.objects.count() == 2 and Entry.objects.filter(action="indicators.aimed").count() == 2
