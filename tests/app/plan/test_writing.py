"""Writing a commitment down, from nothing or from what suggested it."""

import html
import re
from datetime import date

import pytest

from terreau.app.audits.models import Audit
from terreau.app.diagnosis import starting
from terreau.app.evidence import door as evidence
from terreau.app.indicators.models import KeptValue
from terreau.app.journal.models import Entry
from terreau.app.plan.models import Commitment
from terreau.referentials import library

NEW = "/o/valmont/plan/nouveau/"


def fields_of(page):
    """What the form would send as it stands: names and values of its inputs, text areas and selects."""
    text = page.content.decode()
    found = {
        html.unescape(name): html.unescape(value)
        for name, value in re.findall(r'<input type="(?:text|date)" name="([^"]+)"(?: value="([^"]*)")?', text)
    }
    found |= {
        name: html.unescape(value).strip()
        for name, value in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', text, re.S)
    }
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', text, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def errors_of(page):
    box = re.search(r'<div class="errors".*?</ul>', page.content.decode(), re.S)
    return (
        [html.unescape(re.sub(r"<[^>]+>", "", one)) for one in re.findall(r"<li>(.*?)</li>", box[0], re.S)]
        if box
        else []
    )


def test_a_lever_fills_the_form_and_sending_it_makes_the_commitment(owner_client, organisation):
    sent = fields_of(owner_client.get(f"{NEW}?levier=LV01"))
    assert sent["statement"] == "Garder les ordinateurs portables six ans"
    assert (sent["theme"], sent["levers"], sent["origin"]) == ("fleet", "LV01=6", "lever")
    assert sent["result_indicator"].startswith("PARC02 ") and sent["result_target"] == ""
    assert "Cible souvent choisie : 6\xa0ans" in owner_client.get(f"{NEW}?levier=LV01").content.decode()
    assert [sent[f"milestone_{n}_due"][5:] for n in range(3)] == ["12-31"] * 3
    typed = {"result_baseline": "4,2", "result_baseline_on": "2025-12-31", "result_target": "6", "means_baseline": "72 %",
             "means_baseline_on": "2025-12-31", "means_target": "95", "budget": "1 200,50"}  # fmt: skip
    answer = owner_client.post(NEW, sent | typed | {"do": "take"})
    made = Commitment.objects.get()
    assert answer.url == f"/o/valmont/plan/{made.pk}/" and made.adopted_on
    assert {one.which: (one.indicator, one.baseline, one.target) for one in made.aims.all()} == {
        "result": ("PARC02", 4.2, 6.0), "means": ("PARC12", 72.0, 95.0),
    }  # fmt: skip
    assert str(made.budget) == "1200.50"
    told = [one.action for one in Entry.objects.filter(organisation=organisation)]
    assert told[-2:] == ["plan.drafted", "plan.taken"]
    page = owner_client.get(answer.url).content.decode()
    assert "en bonne voie" in page and "Garder les ordinateurs portables six ans" in page


def test_a_lever_is_taken_at_once_without_a_figure(owner_client):
    sent = fields_of(owner_client.get(f"{NEW}?levier=LV06"))
    page = owner_client.post(NEW, sent | {"do": "take"}, follow=True).content.decode()
    assert Commitment.objects.get().adopted_on and "À compléter" in page


def test_the_last_value_of_the_board_is_where_it_starts_from(owner_client, organisation, today):
    KeptValue.objects.create(
        organisation=organisation, indicator="PARC02", on=today, value=4.5, unit="year", method="sorties"
    )
    sent = fields_of(owner_client.get(f"{NEW}?levier=LV01"))
    assert (sent["result_baseline"], sent["result_baseline_on"], sent["result_target"]) == (
        "4,5",
        today.isoformat(),
        "6",
    )
    assert fields_of(owner_client.get(f"{NEW}?levier=LV01=4"))["result_target"] == ""  # below what is already done


def test_the_setting_chosen_on_a_lever_is_kept(owner_client):
    sent = fields_of(owner_client.get(f"{NEW}?levier=LV01=7,5"))
    assert (sent["levers"], sent["statement"]) == ("LV01=7.5", "Porter la durée de vie (ordinateur portable) à 7,5 ans")


def test_an_unknown_lever_is_named_with_its_remedy(owner_client):
    answer = owner_client.get(f"{NEW}?levier=LV999")
    assert answer.status_code == 400 and "LV999" in answer.content.decode()


BAD = {
    "statement": "Garder les portables", "start": "2027-01-01", "due": "2026-06-01", "budget": "-5", "levers": "LV01=40",
    "result_indicator": "PARC02", "result_baseline": "6,5", "result_baseline_on": "2026-01-01", "result_target": "4,2",
    "means_indicator": "PARX99", "means_baseline": "abc", "milestone_0": "Règle", "milestone_0_due": "2030-01-01",
    "milestone_1": "Sans jour", "criteria": "karma", "do": "take",
}  # fmt: skip


def test_everything_wrong_is_said_at_once_with_its_remedy_and_nothing_is_lost(owner_client):
    answer = owner_client.post(NEW, BAD)
    told = " | ".join(errors_of(answer))
    for words in ("échéance (01/06/2026)", "n'est pas un montant", "entre 2 et 12", "6,5\xa0ans", "« PARX99 »", "« abc »", "« Règle »",
                  "Donnez un jour à ce jalon", "« karma »"):  # fmt: skip
        assert words in told, words
    assert not Commitment.objects.exists()
    kept = fields_of(answer)
    for name, typed in BAD.items():
        if name != "do" and name != "result_indicator":
            assert kept[name] == typed, name


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"result_baseline": "4,2", "result_baseline_on": ""}, "sans date, rien ne s’y compare"),
        ({"result_baseline": "", "result_target": "6"}, "Donnez le jour"),
        ({"result_indicator": "", "result_target": "6"}, "Choisissez l’indicateur"),
        ({"result_baseline": "1e9999"}, "ne se lit pas comme un nombre"),
        ({"result_indicator": "duree de vie ordinateur"}, "Les plus proches"),
        ({"adopted_on": "2999-01-01"}, "2999"),
        ({"start": "32/13/2026"}, "date"),
        ({"due": "9999-12-31"}, "faute de frappe"),
        ({"person_days": "99999999"}, "vérifiez les zéros"),
    ],
)
def test_each_slip_is_named(owner_client, changed, words):
    good = {"statement": "Garder les portables", "start": "2026-01-01", "due": "2028-12-31", "do": "take",
            "result_indicator": "PARC02", "result_baseline": "4", "result_baseline_on": "2025-12-31", "result_target": "6"}  # fmt: skip
    told = " | ".join(errors_of(owner_client.post(NEW, good | changed)))
    assert words in told or (words == "Donnez le jour" and "départ" in told), told


def test_a_draft_is_kept_whatever_it_lacks_and_taken_only_when_sound(contributor_client, editor_client, organisation):
    answer = contributor_client.post(
        NEW, {"statement": "Peut-être", "start": "2027-01-01", "due": "2026-01-01", "do": "draft"}
    )
    made = Commitment.objects.get()
    assert answer.url == f"/o/valmont/plan/{made.pk}/" and made.adopted_on is None
    assert "tombe avant le début" in html.unescape(contributor_client.get(answer.url).content.decode())
    refused = editor_client.post(f"{answer.url}prendre/", follow=True).content.decode()
    assert "tombe avant le début" in html.unescape(refused)
    sent = fields_of(contributor_client.get(f"{answer.url}modifier/")) | {"due": "2028-01-01", "do": "draft"}
    contributor_client.post(f"{answer.url}modifier/", sent)
    editor_client.post(f"{answer.url}prendre/")
    made.refresh_from_db()
    assert (made.due, bool(made.adopted_on)) == (date(2028, 1, 1), True)


def test_a_draft_thrown_away_leaves_nothing_tied_to_it(promised, owner, owner_client, organisation):
    row = promised(taken=False)
    evidence.receive(organisation, owner, {"title": "Note", "confidentiality": "team"}, subject=f"commitment:{row.pk}", facet="means",
                     url="https://exemple.fr/note")  # fmt: skip
    assert owner_client.post(f"/o/valmont/plan/{row.pk}/supprimer/").url == "/o/valmont/plan/"
    assert evidence.panel(organisation, f"commitment:{row.pk}") == () and not Commitment.objects.exists()


def test_a_contributor_proposes_and_does_not_take(contributor_client):
    sent = {"statement": "Peut-être", "start": "2027-01-01", "due": "2028-01-01", "do": "take"}
    assert contributor_client.post(NEW, sent).status_code == 403
    assert "Prendre l’engagement" not in contributor_client.get(NEW).content.decode()


def test_what_is_taken_is_not_written_again(promised, owner_client):
    row = promised()
    here = f"/o/valmont/plan/{row.pk}/"
    assert owner_client.get(f"{here}modifier/").url == here
    assert owner_client.post(f"{here}supprimer/").status_code == 400
    assert Commitment.objects.filter(pk=row.pk).exists()


def test_a_gap_of_the_diagnosis_begins_a_commitment(organisation, owner, owner_client):
    framed = {
        "title": "Autodiagnostic",
        "period_start": date(2025, 11, 1),
        "period_end": date(2026, 10, 31),
        "target_on": None,
    }
    made = starting.begin(organisation, owner, library.edition("nr-terreau"), framed)
    page = owner_client.get(f"{NEW}?ecart={made.pk}/nr-terreau:1.1.1")
    sent = fields_of(page)
    assert (sent["criteria"], sent["origin"], sent["statement"]) == ("nr-terreau:1.1.1", "gap", "")
    assert "1.1.1" in page.content.decode()
    answer = owner_client.post(NEW, sent | {"statement": "Écrire à quoi sert le numérique", "do": "take"}, follow=True)
    assert f"/diagnostic/{made.pk}/critere/1.1.1/" in answer.content.decode()
    assert owner_client.get(f"{NEW}?ecart={made.pk}/nr-terreau:99.9").status_code == 404


def test_a_remark_of_another_organisation_begins_nothing(owner_client):
    assert owner_client.get(f"{NEW}?remarque=5c1a7f7e-0000-4000-8000-0000000000a1/1").status_code == 404
    assert owner_client.get(f"{NEW}?remarque=n'importe").status_code == 404


def test_a_finding_and_a_remark_lead_to_the_form_filled_from_them(organisation, owner, owner_client, today):
    framed = {
        "title": "Autodiagnostic",
        "period_start": date(2025, 11, 1),
        "period_end": date(2026, 10, 31),
        "target_on": None,
    }
    made = starting.begin(organisation, owner, library.edition("nr-terreau"), framed)
    audit = Audit.objects.create(organisation=organisation, title="Label", body="Organisme fictif", assessment=made.pk,
                                 window_from=today, window_until=today, state="committee")  # fmt: skip
    found = audit.findings.create(
        text="La charte n’est pas datée.", criterion="nr-terreau:1.1.1", due=date(today.year + 1, 6, 30)
    )
    said = audit.remarks.create(text="Précisez les indicateurs.", said_on=today)
    sent = fields_of(owner_client.get(f"{NEW}?remarque={audit.pk}/constat-{found.pk}"))
    assert (sent["origin"], sent["due"], sent["criteria"]) == ("remark", f"{today.year + 1}-06-30", "nr-terreau:1.1.1")
    page = owner_client.get(f"{NEW}?remarque={audit.pk}/{said.pk}")
    assert "Précisez les indicateurs." in page.content.decode()
    answer = owner_client.post(
        NEW, fields_of(page) | {"statement": "Préciser les indicateurs", "do": "take"}, follow=True
    )
    assert f"/o/valmont/audits/{audit.pk}/suivi/" in answer.content.decode()
