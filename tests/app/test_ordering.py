"""Lists sorted by links: services, the fleet."""

import re

from terreau.app.portfolio.models import Service

SERVICES = "/o/valmont/services/"


def names(client, query=""):
    page = client.get(SERVICES + query).content.decode()
    return re.findall(r'<th scope="row">(?:<a [^>]*>)?([^<]+)', page)


def test_services_are_sorted_by_links_and_their_stage_follows_their_life(organisation, reader_client):
    for name, stage, client in (("Budget", "run", ""), ("agenda", "build", "Mairie"), ("École", "upstream", "CCAS")):
        Service.objects.create(organisation=organisation, name=name, stage=stage, client=client)
    assert names(reader_client) == ["agenda", "Budget", "École"]
    assert names(reader_client, "?tri=etape") == ["École", "agenda", "Budget"]
    assert names(reader_client, "?tri=client") == ["École", "agenda", "Budget"]
    assert names(reader_client, "?tri=nimporte") == names(reader_client)
    assert 'href="?tri=etape"' in reader_client.get(SERVICES).content.decode()


def test_the_next_page_of_a_list_keeps_its_order(organisation, reader_client):
    for number in range(30):
        Service.objects.create(organisation=organisation, name=f"Service {number:02}")
    page = reader_client.get(SERVICES + "?tri=etape").content.decode()
    assert "?tri=etape&amp;page=2" in page
    assert len(names(reader_client, "?tri=etape&page=2")) == 5


def test_every_service_can_be_taken_away_and_no_cell_runs(organisation, reader_client):
    for number in range(30):
        Service.objects.create(organisation=organisation, name=f"=1+{number}")
    lines = reader_client.get(SERVICES + "fichier/").content.decode().splitlines()
    assert len(lines) == 31
    assert lines[1].startswith("'=1+0")


def test_a_language_chosen_once_outlives_the_browser(client, db):
    answer = client.post("/langue/", {"language": "en", "next": "/a-propos/"})
    assert int(answer.cookies["django_language"]["max-age"]) == 365 * 24 * 3600
    assert 'lang="en"' in client.get("/a-propos/").content.decode()
