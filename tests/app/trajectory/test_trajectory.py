"""Where the plan leads: what counts and from when, the gap in words, the target and what is assumed, all remembered."""

import csv
import io
from datetime import date
from html import unescape

import pytest

from terreau.app.footprint import door as footprint
from terreau.app.journal.models import Entry
from terreau.app.plan import door
from terreau.app.plan import trajectory_asking as asking
from terreau.app.plan.models import TrajectoryHypotheses, TrajectoryTarget
from terreau.app.tasks import door as tasks
from tests.app.trajectory.conftest import AT, PLAN

HERE = f"{PLAN}trajectoire/"
TARGET = f"{HERE}cible/?critere=climate_change"


def page(client, **asked):
    answer = client.get(HERE, asked)
    assert answer.status_code == 200
    return (
        unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    )


def rows(client):
    text = client.get(f"{HERE}csv/").content.decode("utf-8-sig")
    return [
        one for one in csv.DictReader(io.StringIO(text), delimiter=";") if one["Clé du critère"] == "climate_change"
    ]


def test_without_an_inventory_the_page_says_what_to_do_first(owner_client):
    assert "Un inventaire d’abord" in page(owner_client)


def test_year_zero_is_the_footprint_to_the_last_digit(owner_client, organisation, fleet):
    first = next(one for one in rows(owner_client) if one["Clé de la lecture"] == "amortised")
    weighed = footprint.weighable(organisation).weigh().total("climate_change").value
    assert (first["Année"], float(first["Sans rien changer (central)"]), float(first["Avec le plan (haut)"])) == (
        "2026",
        weighed.central,
        weighed.high,
    )


def test_without_commitment_the_plan_is_the_reference(owner_client, fleet):
    text = page(owner_client)
    assert "Aucun engagement pris ne porte de levier calculable" in text and "Aucune cible pour ce critère" in text
    assert all(one["Sans rien changer (central)"] == one["Avec le plan (central)"] for one in rows(owner_client))


def test_a_commitment_counts_from_the_first_whole_year_after_its_start(owner_client, fleet, promised):
    promised("LV01=6", start=date(2027, 1, 15))
    told = {
        one["Année"]: float(one["Sans rien changer (central)"]) - float(one["Avec le plan (central)"])
        for one in rows(owner_client)
        if one["Clé de la lecture"] == "amortised"
    }
    assert told["2027"] == 0 and told["2028"] > 0
    text = page(owner_client)
    assert "Garder les portables six ans" in text and '<td data-label="Compte dès">2028</td>' in text


@pytest.mark.parametrize(
    ("at", "start", "year"),
    [
        (AT, date(2026, 1, 1), 1),
        (AT, date(2026, 10, 1), 1),
        (AT, date(2026, 10, 2), 2),
        (AT, date(2027, 10, 1), 2),
        (AT, date(2028, 10, 1), 3),  # 29 February 2028 is between
        (AT, date(2028, 10, 2), 4),
        (date(2026, 12, 31), date(2029, 1, 1), 3),
        (date(2026, 12, 31), date(2026, 12, 30), 1),
        (date(2026, 12, 31), date(2027, 1, 2), 2),
        (date(2028, 2, 28), date(2029, 3, 1), 2),  # years begin on 29 February, else on 1 March
        (date(2028, 2, 28), date(2029, 3, 2), 3),
        (date(2028, 2, 28), date(2032, 2, 29), 5),
    ],
)
def test_the_first_year_begins_the_day_after_the_footprint(at, start, year):
    assert asking.year_of(start, at) == year


def test_what_does_not_count_is_named_with_its_reason(owner_client, fleet, promised):
    promised("LV01=6")
    promised("LV01=6", statement="La même chose, ailleurs")
    promised(statement="Publier une charte")
    promised("LV09", statement="Éteindre le soir")
    promised("LV04=10", statement="Plus tard", start=date(2040, 1, 1), due=date(2042, 1, 1), taken=False)
    text = page(owner_client)
    for why, who in (("Même levier, même réglage", "La même chose, ailleurs"), ("N’ont pas de levier", "Publier une charte"),
                     ("sans gain propre", "Éteindre le soir")):  # fmt: skip
        assert who in text.partition(why)[2].partition("</li>")[0]
    assert "1 brouillon ne compte pas encore" in text


def test_a_target_is_set_the_gap_is_told_and_the_former_one_stays(owner_client, organisation, fleet, promised):
    promised("LV01=6")
    for amount in ("60", "50"):
        sent = {"rule": "share", "amount": amount, "year": "2030", "why": "Plan climat"}
        assert owner_client.post(TARGET, sent).status_code == 302
    text = page(owner_client)
    assert "50 % de moins en 2030" in text and "60 % de moins en 2030" in text.partition("Les cibles qu’il a eues")[2]
    assert "de la baisse visée" in text
    kept = TrajectoryTarget.objects.filter(organisation=organisation)
    assert [one.amount for one in kept] == [0.5, 0.6]
    assert kept[0].baseline_run == footprint.weighable(organisation).weigh().run
    with pytest.raises(TypeError):
        kept[0].save()
    assert Entry.objects.filter(organisation=organisation, action="plan.target_set").count() == 2


def test_a_target_or_hypotheses_sent_twice_are_one_line_of_history(owner_client, organisation, fleet):
    for _again in range(2):
        owner_client.post(TARGET, {"rule": "share", "amount": "40", "year": "2030", "why": "Plan climat"})
        owner_client.post(f"{HERE}hypotheses/", {"years": "6", "why": "Le mandat"})
    assert TrajectoryTarget.objects.count() == TrajectoryHypotheses.objects.count() == 1
    assert Entry.objects.filter(action__in=("plan.target_set", "plan.hypotheses_set")).count() == 2
    owner_client.post(TARGET, {"rule": "share", "amount": "40", "year": "2030", "why": "Le \u202ecomité"})
    assert [one.why for one in TrajectoryTarget.objects.all()] == ["Le comité", "Plan climat"]


def test_two_people_at_one_target_or_its_hypotheses_are_told_and_the_second_replaces_knowingly(owner_client, fleet):
    share = {"rule": "share", "year": "2030"}
    assert 'name="seen" value="0"' in owner_client.get(TARGET).content.decode()
    assert owner_client.post(TARGET, share | {"amount": "40", "seen": "0"}).status_code == 302
    late = owner_client.post(TARGET, share | {"amount": "30", "seen": "0"})
    stands = TrajectoryTarget.objects.get()
    assert "avant vous" in late.content.decode() and "40\xa0% de moins en 2030" in unescape(
        late.content.decode()
    ).replace("\u202f", "\xa0")
    assert f'name="seen" value="{stands.pk}"' in late.content.decode() and 'value="30"' in late.content.decode()
    assert owner_client.post(TARGET, share | {"amount": "30", "seen": stands.pk}).status_code == 302
    none = {"rule": "none", "seen": TrajectoryTarget.objects.first().pk}
    assert [owner_client.post(TARGET, none).status_code for _again in range(2)] == [302, 302], "sent twice, it is one"
    late = owner_client.post(TARGET, share | {"amount": "20", "seen": none["seen"]})
    assert "avant vous" in late.content.decode() and "plus de cible" in late.content.decode()
    assert owner_client.post(f"{HERE}hypotheses/", {"years": "6", "growth_laptop": "2", "seen": "0"}).status_code == 302
    late = owner_client.post(f"{HERE}hypotheses/", {"years": "4", "seen": "0"})
    held = TrajectoryHypotheses.objects.get()
    assert "avant vous" in late.content.decode() and f'name="seen" value="{held.pk}"' in late.content.decode()
    assert "En place maintenant" in late.content.decode() and ": 6</li>" in late.content.decode().replace("\xa0", " ")
    assert ": 2,0 % par an</li>" in late.content.decode().replace("\xa0", " "), "a category is named without its unit"
    assert owner_client.post(f"{HERE}hypotheses/", {"years": "4", "seen": held.pk}).status_code == 302
    assert [one.years for one in TrajectoryHypotheses.objects.order_by("pk")] == [6, 4]


def test_a_target_from_an_older_value_goes_in_a_straight_line_from_its_day(owner_client, organisation, fleet):
    sent = {"rule": "share", "amount": "50", "year": "2030", "baseline": "2000", "baseline_on": "2022-09-30"}
    assert owner_client.post(TARGET, sent).status_code == 302
    aimed = asking.aimed(asking.target(organisation, "climate_change"), AT)
    assert (aimed["elapsed"], aimed["year"], aimed["share"]) == (4.0, 4, 0.5)
    found = {one["Année"]: one["Cible"] for one in rows(owner_client) if one["Clé de la lecture"] == "amortised"}
    start = float(found["2026"])
    assert start == pytest.approx(aimed["baseline"] * 0.75)  # half of the way was to be done by now
    assert float(found["2030"]) == pytest.approx(aimed["baseline"] * 0.5)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"rule": "share", "amount": "-40", "year": "2030"}, "sans signe"),
        ({"rule": "share", "amount": "140", "year": "2030"}, "entre 0 et 100"),
        ({"rule": "value", "amount": "90000", "year": "2030"}, "une cible est une baisse"),
        (
            {"rule": "share", "amount": "0,00001", "year": "2030"},
            "719\N{NO-BREAK SPACE}kg\N{NO-BREAK SPACE}CO₂\N{NO-BREAK SPACE}éq. n’est pas",
        ),
        ({"rule": "share", "amount": "40", "year": "2026"}, "après l’empreinte, qui est de 2026"),
        ({"rule": "share", "amount": "40"}, "Donnez l’année"),
        ({"rule": "yearly", "amount": ""}, "Donnez un nombre"),
        ({"rule": "yearly", "amount": "quatre"}, "ne se lit pas comme un nombre"),
        ({"rule": "yearly", "amount": "4", "baseline": "3"}, "donnez les deux, ou aucun"),
        ({"rule": "yearly", "amount": "4", "baseline": "90000", "baseline_on": "0202-01-01"}, "sans doute une faute"),
        (
            {"rule": "yearly", "amount": "4", "baseline": "3", "baseline_on": "2027-01-01"},
            "ne peut pas venir après l’inventaire",
        ),
        ({"amount": "4"}, "obligatoire"),
    ],
)
def test_a_target_that_cannot_be_used_is_refused_with_its_remedy_and_nothing_typed_is_lost(
    owner_client, organisation, fleet, sent, words
):
    answer = owner_client.post(TARGET, sent)
    text = unescape(answer.content.decode())
    assert answer.status_code == 200 and 'role="alert"' in text and words in text
    if sent.get("amount"):
        assert f'value="{sent["amount"]}"' in text
    assert not TrajectoryTarget.objects.exists()


def test_a_target_is_dropped_and_its_history_stays(owner_client, fleet):
    owner_client.post(TARGET, {"rule": "yearly", "amount": "4,2"})
    assert "4,2 % de moins chaque année" in page(owner_client)
    owner_client.post(TARGET, {"rule": "none"})
    text = page(owner_client)
    assert "Aucune cible pour ce critère" in text and "4,2 % de moins chaque année" in text


def test_hypotheses_change_the_curve_and_say_who_wrote_them(owner_client, organisation, fleet):
    sent = {"years": "3", "growth_all": "2", "growth_laptop": "-5", "backlog": "", "why": "Moins de postes fixes"}
    assert owner_client.post(f"{HERE}hypotheses/", sent).status_code == 302
    held = TrajectoryHypotheses.objects.get(organisation=organisation)
    assert (held.years, held.growth, held.backlog) == (3, {"*": 2.0, "laptop": -5.0}, None)
    text = page(owner_client)
    assert "Moins de postes fixes" in text and "2029" in text and "2030" not in text.partition("Critère")[2]
    assert len(rows(owner_client)) == 8  # four years, two readings


@pytest.mark.parametrize(
    ("sent", "words"),
    [({"years": "0"}, "supérieure ou égale à 1"), ({"years": "5", "growth_all": "900"}, "de −50 à 100"),
     ({"years": "5", "backlog": "99"}, "De 0,1 à 30 ans")],
)  # fmt: skip
def test_hypotheses_that_cannot_be_used_are_refused(owner_client, fleet, sent, words):
    text = unescape(owner_client.post(f"{HERE}hypotheses/", sent).content.decode())
    assert words in text and not TrajectoryHypotheses.objects.exists()


def test_levers_that_contradict_each_other_leave_the_reference_and_say_so(owner_client, fleet, promised):
    promised("LV08=0.8", "swap:desktop:mini_pc=0.5", statement="Deux remplaçants pour un poste")
    text = page(owner_client)
    assert "Où nous mène le plan" in text and ('class="note bad"' in text or "Deux remplaçants pour un poste" in text)


def test_home_reads_the_headline_only_when_the_page_was_looked_at(owner_client, organisation, fleet, promised):
    promised("LV01=6.3")  # that nobody asked before
    assert door.trajectory(organisation) is None
    owner_client.post(TARGET, {"rule": "share", "amount": "50", "year": "2030"})
    page(owner_client)
    told = door.trajectory(organisation)
    assert (
        "50\N{NARROW NO-BREAK SPACE}% de moins en 2030" in told.target
        and told.standing in ("missed", "open")
        and told.gap
    )
    assert told.last.startswith("En 2031") and told.curve.startswith("<svg") and told.url == HERE


PENDING = "La trajectoire du plan se calcule"


def home_page(client):
    answer = client.get("/o/valmont/")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_home_says_that_the_trajectory_is_on_its_way_then_shows_it(owner_client, settings, fleet, promised):
    home_page(owner_client)  # the footprint is there
    promised("LV01=6.7")  # that nobody asked before
    settings.TASKS_HERE = False  # a worker will make it, later
    first = home_page(owner_client)
    assert PENDING in first and "En 2031" not in first
    settings.TASKS_HERE = True
    page(owner_client)
    text = home_page(owner_client)
    assert PENDING not in text and "En 2031" in text


def test_home_tells_nobody_to_wait_for_what_stranded(owner_client, owner, organisation, settings, fleet, promised):
    home_page(owner_client)
    promised("LV01=6.8")
    settings.TASKS_HERE = False
    assert door.look_ahead(organisation, owner)
    tasks.live(organisation).update(state=tasks.State.STRANDED)
    assert not door.look_ahead(organisation, owner)
    assert PENDING not in home_page(owner_client)


def test_what_is_cumulated_says_over_which_years(owner_client, fleet, promised):
    promised("LV01=6")
    assert "Achats et usages, cumul 2027–2031" in page(owner_client)


def test_a_second_look_weighs_nothing_again(owner_client, organisation, fleet, promised, django_assert_max_num_queries):
    promised("LV01=6")
    page(owner_client)
    with django_assert_max_num_queries(60):
        page(owner_client)


def test_another_criterion_has_its_own_curve(owner_client, fleet):
    assert "Énergie fossile, chaque appareil réparti sur sa vie" in page(owner_client, critere="resource_use_fossils")
