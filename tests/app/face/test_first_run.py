"""A first visit offers only what can be done, and says honestly what it is worth."""

from django.urls import reverse

from terreau.app import demo
from terreau.app.accounts.models import Organisation, User
from terreau.app.indicators import door as indicators
from terreau.app.inventory import door
from terreau.app.inventory.models import Snapshot
from terreau.app.plan import door as plan
from terreau.app.plan.trajectory_asking import target


def test_a_first_run_offers_a_file_or_ten_lines_to_someone_who_may_import(owner_client, organisation):
    page = owner_client.get("/bienvenue/").content.decode()
    assert reverse("parc:arrival", args=[organisation.slug]) in page
    assert reverse("parc:quick", args=[organisation.slug]) in page


def test_a_reader_is_not_offered_what_they_may_not_do(reader_client, organisation):
    page = reader_client.get(f"/o/{organisation.slug}/").content.decode()
    assert reverse("parc:arrival", args=[organisation.slug]) not in page
    assert "Votre rôle permet de lire" in page


def test_someone_who_contributes_may_begin_by_assessing_or_by_acting(owner_client, reader_client, organisation):
    start = reverse("diagnosis:start", args=[organisation.slug])
    act = reverse("plan:paths", args=[organisation.slug])
    told = owner_client.get("/bienvenue/").content.decode()
    assert start in told
    assert act in told
    told = reader_client.get("/bienvenue/").content.decode()
    assert start not in told
    assert act not in told


def test_an_example_is_shown_only_when_there_is_one_to_enter(owner_client, organisation, owner):
    assert "Montrez-moi un exemple" not in owner_client.get("/bienvenue/").content.decode()
    example = Organisation.objects.create(slug="exemple", name="Ville d'Exemple", is_example=True)
    example.memberships.create(user=owner, role="reader")
    page = owner_client.get("/bienvenue/").content.decode()
    assert "Montrez-moi un exemple" in page
    assert "/o/exemple/" in page


def test_someone_without_an_organisation_is_told_what_to_do(signed_in, stranger):
    assert "Demandez une invitation" in signed_in(stranger).get("/bienvenue/").content.decode()
    stranger.is_host = True
    stranger.save()
    assert reverse("accounts:new_organisation") in signed_in(stranger).get("/bienvenue/").content.decode()


def test_an_empty_home_teaches_the_one_thing_to_do_first(owner_client, organisation):
    page = owner_client.get(f"/o/{organisation.slug}/").content.decode()
    assert "Une seule chose à faire" in page


def test_an_empty_footprint_teaches_too_and_has_no_csv(owner_client, organisation):
    assert "Rien à peser encore" in owner_client.get(f"/o/{organisation.slug}/empreinte/").content.decode()
    assert owner_client.get(f"/o/{organisation.slug}/empreinte/stages.csv").status_code == 404


def test_statements_are_public_and_claim_no_conformity(client, db):
    page = client.get("/accessibilite/").content.decode()
    assert "non conforme" in page
    assert "%" not in page.partition("<main")[2].partition("</main>")[0]
    assert "RGESN" in client.get("/ecoconception/").content.decode()


def test_the_site_map_lists_the_rooms_of_my_organisations_only(owner_client, organisation, other_organisation):
    page = owner_client.get("/plan-du-site/").content.decode()
    assert f"/o/{organisation.slug}/empreinte/" in page
    assert f"/o/{other_organisation.slug}/" not in page


def test_statements_read_in_english(client, db):
    client.cookies["django_language"] = "en"
    page = client.get("/accessibilite/").content.decode()
    assert "non-compliant" in page
    assert "non conforme" not in page.partition("<main")[2].partition("</main>")[0]


def test_a_host_can_have_the_example_made_once_and_never_over_a_real_organisation(signed_in, db):
    host = User.objects.create_user("host@ailleurs.example", "une phrase assez longue", is_host=True)
    client = signed_in(host)
    assert "Créer l'exemple" in client.get("/bienvenue/").content.decode()
    Organisation.objects.create(slug="numa", name="Une vraie")
    assert "Créer l'exemple" not in client.get("/bienvenue/").content.decode()
    assert client.post("/exemple/").status_code == 403
    assert not host.memberships.exists()


def test_the_example_made_is_entered_with_its_fleet_and_making_it_again_adds_nothing(signed_in, db):
    host = User.objects.create_user("host@ailleurs.example", "une phrase assez longue", is_host=True)
    response = signed_in(host).post("/exemple/")
    assert response.url == "/o/valmont/"
    assert set(host.memberships.values_list("organisation__is_example", flat=True)) == {True}
    valmont, numa = (Organisation.objects.get(slug=slug) for slug in ("valmont", "numa"))
    assert Snapshot.objects.of(valmont).count() == 8
    assert len(door.fleet_inputs(valmont).snapshots) == 4
    assert 900 < door.headline(valmont).counted < 1317
    told = door.headline(numa)
    assert told.counted > 150
    assert 0 < told.unsettled <= 10
    for organisation in Organisation.objects.all():
        _promised_at_every_stage(organisation)
    demo.seed(host)
    assert Snapshot.objects.count() == 9


STAGES = {"kept", "on_track", "late", "missed", "missed_answered", "not_started"}


def _promised_at_every_stage(organisation):
    standing = plan.standing(organisation)
    assert {status for status, n in standing.counts.items() if n} >= STAGES
    assert standing.total >= 11
    assert standing.drafts == 1
    proven = {one.commitment.key for one in plan.judged(organisation) if one.commitment.evidence}
    assert len(proven) >= 2
    assert target(organisation, "climate_change").why
    assert len(indicators.flagship(organisation)) == 4
    assert plan.trajectory(organisation).gap  # made with the example: the first home says where the plan leads


def test_nobody_else_can_have_it_made(reader_client):
    assert reader_client.post("/exemple/").status_code == 403
