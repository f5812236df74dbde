"""Following: a full board resists, targets are checked and never change without a reason."""

from datetime import date

import pytest

from terreau.app.indicators import door, following
from terreau.app.indicators.models import Aim, Following
from terreau.app.journal.models import Entry
from terreau.indicators.catalogue import indicator
from terreau.kernel.errors import TerreauError
from tests.app.indicators.conftest import HOME
from tests.app.indicators.test_board import text

FORM = {"role": "followed", "audience": "performance", "owner": "DSI", "review_body": "Comité NR", "revision": ""}
PAGE = f"{HOME}fiche/PARC02/suivre/"
AIM = f"{HOME}fiche/PARC02/cible/"


def test_the_tenth_followed_takes_the_place_of_another(editor_client, nine, organisation):
    page = editor_client.post(PAGE, FORM)
    assert page.status_code == 409 and "10 indicateurs suivis ; au-delà de 9" in text(page)
    assert not Following.objects.filter(indicator="PARC02").exists()
    gone = nine[0].indicator
    page = editor_client.post(PAGE, FORM | {"place-followed": gone})
    assert page.status_code == 302
    held = set(Following.objects.filter(organisation=organisation).values_list("indicator", flat=True))
    assert "PARC02" in held and gone not in held and len(held) == 9


def test_or_says_why_one_more_and_the_reason_stays_on_its_page(editor_client, nine):
    editor_client.post(PAGE, FORM | {"why": "Demandé par le conseil"})
    assert "Demandé par le conseil" in text(editor_client.get(f"{HOME}fiche/PARC02/"))


def test_the_fifth_flagship_resists_and_the_one_it_replaces_stays_followed(editor_client, follow):
    rows = [follow(key, "flagship", audience="performance") for key in ("ACH01", "FOR01", "EMP01", "EMP02")]
    page = editor_client.post(PAGE, FORM | {"role": "flagship"})
    assert page.status_code == 409 and "5 indicateurs phares ; 4 au plus" in text(page)
    editor_client.post(PAGE, FORM | {"role": "flagship", "place-flagship": "ACH01"})
    rows[0].refresh_from_db()
    assert rows[0].role == "followed" and Following.objects.get(indicator="PARC02").role == "flagship"


def test_a_fourth_public_one_resists_too(editor_client, follow):
    for key in ("ACH01", "FOR01", "EMP01"):
        follow(key, audience="public")
    assert editor_client.post(PAGE, FORM | {"audience": "public"}).status_code == 409
    assert editor_client.post(PAGE, FORM | {"audience": "public", "place-public": "FOR01"}).status_code == 302
    assert Following.objects.get(indicator="FOR01").audience == "performance"


def test_a_flagship_that_is_public_too_takes_both_places(editor_client, follow):
    for key in ("ACH01", "FOR01", "EMP01", "EMP02"):
        follow(key, "flagship", audience="performance" if key == "ACH01" else "public")
    form = FORM | {"role": "flagship", "audience": "public"}
    page = editor_client.post(PAGE, form | {"place-flagship": "ACH01"})
    assert (
        page.status_code == 409
        and "4 indicateurs sont publics" in text(page)
        and "phares ; 4 au plus" not in text(page)
    )
    assert '<input type="hidden" name="place-flagship" value="ACH01">' in page.content.decode(), "what was chosen stays"
    assert Following.objects.get(indicator="ACH01").role == "flagship", "nothing moves before it all fits"
    assert editor_client.post(PAGE, form | {"place-flagship": "ACH01", "place-public": "EMP02"}).status_code == 302
    assert Following.objects.get(indicator="EMP02").audience == "performance"


def test_a_board_already_too_long_may_still_be_mended(editor_client, follow, nine):
    row = follow("PARC02", audience="performance")  # with its reason
    page = editor_client.post(PAGE, FORM | {"owner": "Achats", "revision": row.revision})
    assert page.status_code == 302 and Following.objects.get(indicator="PARC02").owner == "Achats"


def test_two_people_changing_it_at_once_are_told(editor_client, follow):
    row = follow("PARC02", audience="performance")
    assert editor_client.post(PAGE, FORM | {"owner": "Achats", "revision": row.revision}).status_code == 302
    late = editor_client.post(PAGE, FORM | {"owner": "Finances", "revision": row.revision})
    assert "vient de changer la même chose" in text(late) and "Finances" in late.content.decode()
    assert Following.objects.get(indicator="PARC02").owner == "Achats"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"target_value": "3"}, "doit monter, mais sa cible (3) est sous son départ (4,2)"),
        ({"target_due": "2023-01-31"}, "n’est pas avant l’échéance de sa cible"),
        ({"baseline_value": "", "baseline_on": ""}, "n’a pas de valeur de départ"),
        ({"baseline_value": "quatre"}, "Écrivez un nombre seul"),
        ({"target_value": "1.234"}, "Des milliers ou des décimales ?"),
        ({"target_due": ""}, "Donnez la valeur et la date"),
    ],
)
def test_a_target_that_cannot_be_followed_is_named_with_its_remedy(editor_client, follow, sent, said):
    follow("PARC02")
    form = {
        "baseline_value": "4,2",
        "baseline_on": "2023-12-31",
        "baseline_method": "GLPI",
        "target_value": "6",
        "target_due": "2028-12-31",
    }
    assert said in text(editor_client.post(AIM, form | sent))
    assert not Aim.objects.exists()


def test_two_people_setting_one_target_at_once_are_told_and_nothing_is_replaced_unread(editor_client, follow):
    follow("PARC02")
    page = editor_client.get(AIM).content.decode()
    assert '<input type="hidden" name="seen" value="0">' in page
    form = {"baseline_value": "4,2", "baseline_on": "2023-12-31", "target_due": "2028-12-31"}
    assert editor_client.post(AIM, form | {"target_value": "6", "seen": "0"}).status_code == 302
    assert editor_client.post(AIM, form | {"target_value": "6", "seen": "0"}).status_code == 302, (
        "sent twice, it is one"
    )
    late = editor_client.post(AIM, form | {"target_value": "5", "seen": "0"})
    first = Aim.objects.get()
    assert "avant vous" in text(late) and "31 décembre 2028" in text(late) and "En place maintenant" in text(late)
    assert f'name="seen" value="{first.pk}"' in late.content.decode() and 'name="why"' in late.content.decode()
    slipped = editor_client.post(AIM, form | {"target_value": "six", "seen": "0"}).content.decode()
    assert "<legend></legend>" not in slipped and 'for=""' not in slipped, "no reason is asked of who saw no target"
    knowing = form | {"target_value": "5", "seen": first.pk, "why": "Le comité a tranché"}
    assert editor_client.post(AIM, knowing).status_code == 302
    assert [one.target_value for one in Aim.objects.all()] == [6, 5]


def test_a_target_changes_with_its_reason_and_the_older_one_stays_visible(editor_client, follow):
    follow("PARC02", start=(4.2, 2023), target=(6, 2028))
    form = {"baseline_value": "4,2", "baseline_on": "2023-12-31", "target_value": "5.5", "target_due": "2028-12-31"}
    assert Aim.objects.count() == 1 and editor_client.post(AIM, form).status_code == 200
    assert editor_client.post(AIM, form | {"why": "Budget réduit"}).status_code == 302
    seen = text(editor_client.get(f"{HOME}fiche/PARC02/"))
    assert (
        "Budget réduit" in seen
        and "6,0 ans au 31/12/2028" in seen.replace("\xa0", " ")
        and "5,5 ans" in seen.replace("\xa0", " ")
    )
    with pytest.raises(TypeError):
        Aim.objects.update(target_value=1)


def test_leaving_the_board_keeps_the_values_and_the_journal_says_so(editor_client, follow, yearly):
    follow("PARC02", start=(4.2, 2023), target=(6, 2028))
    yearly("PARC02", {2025: 4.7})
    editor_client.post(f"{HOME}fiche/PARC02/retirer/")
    assert "4,7" in text(editor_client.get(f"{HOME}fiche/PARC02/")) and not Following.objects.exists()
    assert list(Entry.objects.filter(action__startswith="indicators").values_list("action", flat=True)) == [
        "indicators.followed", "indicators.aimed", "indicators.unfollowed"]  # fmt: skip


def test_an_indicator_followed_again_comes_back_with_its_targets_and_their_history(editor_client, follow, organisation):
    row = follow("PARC02", start=(4.2, 2023), target=(6, 2028))
    new = {"baseline_value": "4,2", "baseline_on": "2023-12-31", "target_value": "5,5", "target_due": "2028-12-31"}
    assert editor_client.post(AIM, new | {"why": "Budget réduit"}).status_code == 302
    assert "celles d’avant reviennent" in text(editor_client.get(f"{HOME}fiche/PARC02/retirer/"))
    assert editor_client.post(f"{HOME}fiche/PARC02/retirer/").status_code == 302
    assert door.due(organisation) == () and door.lines(organisation) == (), "off the board, nothing is expected of it"
    assert "Il n’est pas sur votre tableau" in text(editor_client.get(f"{HOME}fiche/PARC02/"))
    assert 'value="Comité NR"' in editor_client.get(PAGE).content.decode(), "who reviewed it is proposed again"

    page = editor_client.post(PAGE, FORM | {"owner": "Achats"})
    assert page.url == f"{HOME}fiche/PARC02/", "its target is known: nobody asks for it again"
    seen = text(editor_client.get(page.url)).replace("\xa0", " ")
    assert "5,5 ans au 31/12/2028" in seen and "6,0 ans au 31/12/2028" in seen and "Budget réduit" in seen
    back = Following.objects.get()
    assert (back.pk, back.owner, back.left_on, back.aims.count()) == (row.pk, "Achats", None, 2)
    assert [one.key for one in door.due(organisation)] == ["indicator:PARC02", "target:PARC02"]


def test_the_one_that_made_room_comes_back_with_its_target(editor_client, nine, follow, organisation, owner):
    gone = nine[0]
    made = {"baseline_value": 1, "baseline_on": date(2023, 12, 31), "target_value": None, "target_due": None}
    following.aim(gone, owner, indicator(gone.indicator), made)
    assert editor_client.post(PAGE, FORM | {"place-followed": gone.indicator}).status_code == 302
    assert not Following.objects.filter(pk=gone.pk).exists()
    assert follow(gone.indicator).aims.get().baseline_value == 1


def test_what_left_the_board_meanwhile_is_neither_aimed_nor_left_twice(follow, owner):
    row, again = follow("PARC02"), Following.objects.get()
    following.unfollow(row, owner)
    with pytest.raises(TerreauError, match="app.changed_meanwhile"):
        following.unfollow(again, owner)
    with pytest.raises(TerreauError, match="app.changed_meanwhile"):
        following.aim(again, owner, indicator("PARC02"), {"baseline_value": 1, "baseline_on": date(2023, 12, 31)})
    assert not Aim.objects.exists() and Entry.objects.filter(action="indicators.unfollowed").count() == 1


def test_readers_and_contributors_define_nothing(reader_client, contributor_client, follow):
    follow("PARC02")
    for client in (reader_client, contributor_client):
        assert [client.post(page, FORM).status_code for page in (PAGE, AIM, f"{HOME}fiche/PARC02/retirer/")] == [
            403
        ] * 3
