"""Rules of arbitration: checked against a case, one's own by dropping a file, seen by nobody else."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.journal.models import Entry
from terreau.app.plan import packs
from tests.app.levers.conftest import PLAN

OURS = packs.specimen().replace("key: train-6h", "key: notre-train")
LEVER = """
key: NOUS1
title: {fr: "Garder nos portables neuf ans", en: "Keep our laptops nine years"}
explanation: {fr: "Ils tiennent.", en: "They last."}
tier: terminals
domain: fleet
kind: computed
parameter: "lifespan:laptop"
operator: set
value: 9
low: 2
high: 12
unit: {fr: "ans", en: "years"}
effort: 2
cost: {fr: "Pièces.", en: "Parts."}
rebound: low
rebound_words: {fr: "Peu.", en: "Little."}
sources: ["TERREAU-PRACTICE"]
"""


def checked(client, key, **facts):
    return unescape(client.get(f"{PLAN}regles/fiche/{key}/", {"verifier": "1", **facts}).content.decode())


def dropped(client, text, name="regle.yaml"):
    return client.post(f"{PLAN}regles/ajouter/", {"file": SimpleUploadedFile(name, text.encode())})


def test_a_case_keeps_a_rule_breaks_it_or_leaves_it_open(reader_client):
    assert "La règle est respectée" in checked(
        reader_client, "screen-8y", age="9", broken_down="non", health_need="non"
    )
    broken = checked(reader_client, "screen-8y", age="5,5", broken_down="non", health_need="non")
    assert "La règle n’est pas respectée" in broken and "5,5 ans" in broken
    assert "Il manque" in checked(reader_client, "screen-8y", age="5", broken_down="", health_need="non")


def test_a_fact_that_cannot_be_read_is_said_and_stays_in_the_form(reader_client):
    text = checked(reader_client, "screen-8y", age="vieux", broken_down="non")
    assert 'role="alert"' in text and 'value="vieux"' in text


def test_an_unknown_rule_has_no_page(reader_client):
    assert reader_client.get(f"{PLAN}regles/fiche/rien/").status_code == 404


def test_a_rule_of_ones_own_is_dropped_checked_and_removed(owner_client, organisation):
    answer = dropped(owner_client, OURS)
    key = f"org:{organisation.pk}/notre-train"
    assert answer.url == f"{PLAN}regles/fiche/{key}/"
    assert "Respect" not in answer.url and "la nôtre" in unescape(owner_client.get(f"{PLAN}regles/").content.decode())
    assert owner_client.post(f"{PLAN}regles/retirer/{key}/").status_code == 302
    assert not packs.own_rules(organisation)
    assert Entry.objects.filter(action__in=["plan.pack_kept", "plan.pack_removed"]).count() == 2


def test_a_lever_of_ones_own_is_removed_from_its_page_and_not_the_rule_of_its_name(
    owner_client, reader_client, organisation
):
    dropped(owner_client, OURS)
    page = dropped(owner_client, LEVER.replace("NOUS1", "notre-train")).url
    assert "Retirer ce levier" in unescape(owner_client.get(page).content.decode())
    assert "Retirer ce levier" not in unescape(reader_client.get(page).content.decode())
    assert "Retirer ce levier" not in unescape(owner_client.get(f"{PLAN}leviers/fiche/LV01/").content.decode())
    key = f"org:{organisation.pk}/notre-train"
    assert owner_client.post(f"{PLAN}regles/retirer/{key}/", {"nature": "levers"}).url == f"{PLAN}leviers/"
    assert not packs.own_levers(organisation) and len(packs.own_rules(organisation)) == 1
    assert owner_client.post(f"{PLAN}regles/retirer/{key}/", {"nature": "levers"}).status_code == 404


@pytest.mark.parametrize(("page", "nature"), [("regles", "rules"), ("leviers", "levers")])
def test_a_file_that_no_longer_reads_hides_no_other_and_is_taken_away_from_its_page(
    owner_client, reader_client, organisation, page, nature
):
    dropped(owner_client, OURS)
    dropped(owner_client, LEVER)
    (packs.folder(organisation, nature) / "ancien.yaml").write_text("key: ancien\n")
    assert len(packs.own_rules(organisation)) == len(packs.own_levers(organisation)) == 1
    told = unescape(owner_client.get(f"{PLAN}{page}/").content.decode())
    assert "Le fichier « ancien »" in told and "Retirer ce fichier : ancien" in told
    read = unescape(reader_client.get(f"{PLAN}{page}/").content.decode())
    assert "Le fichier « ancien »" in read and "Retirer ce fichier" not in read
    key = f"org:{organisation.pk}/ancien"
    assert owner_client.post(f"{PLAN}regles/retirer/{key}/", {"nature": nature}).status_code == 302
    assert "ancien" not in owner_client.get(f"{PLAN}{page}/").content.decode()
    assert len(packs.own_rules(organisation)) == len(packs.own_levers(organisation)) == 1


def test_a_copy_put_there_by_hand_hides_nothing_and_what_has_just_gone_breaks_nothing(owner_client, organisation):
    dropped(owner_client, OURS)
    place = packs.folder(organisation, "rules")
    (place / "copie.yaml").write_bytes((place / "notre-train.yaml").read_bytes())
    (place / "parti.yaml").symlink_to(place / "nulle-part")
    assert [one.key for one in packs.own_rules(organisation)] == [f"org:{organisation.pk}/notre-train"]
    told = unescape(owner_client.get(f"{PLAN}regles/").content.decode())
    assert "Le fichier « copie »" in told and "parti" not in told
    owner_client.post(f"{PLAN}regles/retirer/org:{organisation.pk}/copie/")
    assert not (place / "copie.yaml").exists() and (place / "notre-train.yaml").exists()


def test_a_file_of_a_very_long_name_is_read_like_any_other(owner_client, organisation):
    assert dropped(owner_client, OURS, "🌱" * 90 + ".yaml").status_code == 302
    assert len(packs.own_rules(organisation)) == 1


def test_the_same_key_again_replaces_the_file(owner_client, organisation):
    dropped(owner_client, OURS)
    dropped(owner_client, OURS)
    assert len(packs.own_rules(organisation)) == 1


@pytest.mark.parametrize("text", ["key: x\ncondition: age > 3\n", "- 1\n- 2\n", "key: [", "a: &a [*a]\n", "\x00"])
def test_a_file_that_does_not_hold_is_refused_in_words_and_nothing_is_kept(owner_client, organisation, text):
    answer = dropped(owner_client, text)
    assert answer.status_code == 200 and 'role="alert"' in answer.content.decode()
    assert not packs.own_rules(organisation) and not packs.own_levers(organisation)


def test_a_heavy_file_and_none_at_all_are_refused(owner_client):
    assert "dépasse 64 ko" in unescape(dropped(owner_client, "a" * 70_000).content.decode())
    assert "Aucun fichier" in unescape(owner_client.post(f"{PLAN}regles/ajouter/").content.decode())


def test_a_rule_is_seen_by_its_organisation_only(owner_client, organisation, other_organisation, signed_in, outsider):
    dropped(owner_client, OURS)
    other = signed_in(outsider)
    assert "la nôtre" not in unescape(other.get(f"/o/{other_organisation.slug}/plan/regles/").content.decode())
    key = f"org:{organisation.pk}/notre-train"
    assert other.get(f"/o/{other_organisation.slug}/plan/regles/fiche/{key}/").status_code == 404
    assert other.post(f"/o/{other_organisation.slug}/plan/regles/retirer/{key}/").status_code in (403, 404)
    assert packs.own_rules(organisation)


def test_a_lever_of_ones_own_is_ranked_with_the_others(owner_client, organisation, fleet):
    answer = dropped(owner_client, LEVER, "levier.yaml")
    assert answer.url == f"{PLAN}leviers/fiche/org:{organisation.pk}/NOUS1/"
    assert "Garder nos portables neuf ans" in unescape(owner_client.get(f"{PLAN}leviers/").content.decode())
    assert "9 ans" in unescape(owner_client.get(answer.url).content.decode())
