"""Referentials and grids made to break pages, to stall a server, or to reach another organisation's."""

import json
import time
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from terreau.app.accounts.models import Membership
from terreau.app.diagnosis.models import Assessment
from terreau.app.referentials import door, receiving
from terreau.app.referentials.models import PrivateReferential, ReceivedGrid
from terreau.referentials.document import to_yaml
from terreau.referentials.loading import edition_from
from tests.app.referentials.assessed import EXAMPLE, example_grid
from tests.referentials.small import document

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
ENDLESS = "9" * 5_000


def bring(client, document, name="grille.yaml"):
    text = document if isinstance(document, str) else to_yaml(edition_from(document, "x.yaml"))
    return client.post(
        reverse("referentials:import", args=["valmont"]), {"file": SimpleUploadedFile(name, text.encode())}
    )


@pytest.fixture
def draft(organisation, editor):
    upload = SimpleUploadedFile("grille-recue.xlsx", EXAMPLE.read_bytes())
    return receiving.begin(organisation, editor, upload)


HARM = [
    {"word-0": "1e99999999"}, {"word-0": "1e-99999999"}, {"word-0": ENDLESS}, {"word-0": f"1/{ENDLESS}"}, {"word-0": "nan"},
    {"depth": ENDLESS}, {"first": ENDLESS}, {"first": "0"}, {"first": "²"}, {"first": "999999999"},
    {"levels": "a ; 1e99999999\n" * 400}, {"themes": "nowhere"}, {"role-0": SCRIPT}, {"version": "x" * 900},
    {"sheet": "a\r\nX: y"}, {"sheet": "\x00"}, {"title": SCRIPT},
]  # fmt: skip


def test_a_mapping_typed_to_harm_is_read_or_refused_at_once(draft, editor_client):
    sheet = draft.understood["sheets"][0]["name"]
    address = reverse("referentials:grid", args=["valmont", draft.pk])
    for sent in HARM:
        began = time.process_time()
        answer = editor_client.post(address, {"sheet": sheet, "used": "1"} | sent)
        assert answer.status_code in (302, 400) and time.process_time() - began < 60, (
            sent
        )  # a number of 1e99999999 digits would take hours
        assert SCRIPT not in answer.content.decode() and "X" not in answer.headers, sent
    seen = editor_client.get(address)
    assert seen.status_code == 200 and SCRIPT not in seen.content.decode()


def hostile():
    made = document()
    made["title"] = {"fr": SCRIPT, "en": SCRIPT}
    made["authority"] = SCRIPT
    criterion = made["themes"][0]["rubrics"][0]["criteria"][0]
    criterion["question"] = criterion["why"] = SCRIPT
    criterion["number"] = SCRIPT
    return made


def test_the_words_of_an_edition_are_shown_as_words(organisation, editor_client):
    assert bring(editor_client, hostile()).status_code == 302
    row = PrivateReferential.objects.get()
    short = door.edition_for(organisation, row.key).criteria[0].short
    sent = {
        "referential": row.key,
        "title": SCRIPT,
        "period_start": "2026-01-01",
        "period_end": "2026-12-31",
        "subject": "",
    }
    begun = editor_client.post(reverse("diagnosis:start", args=["valmont"]), sent)
    assert begun.status_code == 302, begun.content.decode()
    made = Assessment.objects.get()
    pages = [
        reverse("referentials:list", args=["valmont"]),
        reverse("referentials:edition", args=["valmont", row.pk]),
        reverse("referentials:criterion", args=["valmont", row.pk, short]),
        reverse("diagnosis:start", args=["valmont"]),
        *(reverse(f"diagnosis:{name}", args=["valmont", made.pk]) for name in ("assessment", "gaps", "readiness", "xray", "delegate", "questions")),
        reverse("diagnosis:criterion", args=["valmont", made.pk, short]),
        reverse("diagnosis:home", args=["valmont"]),
        "/o/valmont/",
    ]  # fmt: skip
    for page in pages:
        seen = editor_client.get(page)
        assert seen.status_code == 200, page
        assert "<script>alert" not in seen.content.decode() and "<img src=x" not in seen.content.decode(), page
    for form in ("xlsx", "yaml"):
        assert editor_client.get(reverse("referentials:export", args=["valmont", row.pk, form])).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"), [("link", "javascript:alert(1)"), ("key", "../x"), ("key", ".."), ("key", "a/b")]
)
def test_an_address_or_a_key_that_leads_elsewhere_is_refused(field, value, editor_client):
    made = document()
    made["themes"][0]["rubrics"][0]["criteria"][0][field] = value
    assert bring(editor_client, json.dumps(made, default=str)).status_code == 400
    assert not PrivateReferential.objects.exists()


@pytest.mark.parametrize("scoring", [["unknown-1"], ["points-1"], ["reading-0"]])
def test_a_rule_that_does_not_fit_breaks_no_page(scoring, organisation, editor_client):
    made = document() | {"scoring": scoring}
    if bring(editor_client, made).status_code == 400:
        return
    row = PrivateReferential.objects.get()
    sent = {
        "referential": row.key,
        "title": "Essai",
        "period_start": "2026-01-01",
        "period_end": "2026-12-31",
        "subject": "",
    }
    assert editor_client.post(reverse("diagnosis:start", args=["valmont"]), sent).status_code in (302, 400)
    for found in Assessment.objects.all():
        for name in ("assessment", "gaps", "readiness", "xray"):
            assert editor_client.get(reverse(f"diagnosis:{name}", args=["valmont", found.pk])).status_code in (200, 400)
    assert editor_client.get(reverse("diagnosis:home", args=["valmont"])).status_code == 200
    assert editor_client.get("/o/valmont/").status_code == 200


def test_who_edits_two_organisations_reaches_in_each_its_own_only(organisation, other_organisation, editor, signed_in):
    Membership.objects.create(organisation=other_organisation, user=editor, role="editor")
    theirs = example_grid(organisation, editor)
    grid = receiving.begin(organisation, editor, SimpleUploadedFile("g.xlsx", EXAMPLE.read_bytes()))
    made = Assessment.objects.create(organisation=organisation, referential=theirs.key, version=theirs.version, digest=theirs.digest,
                                     title="x", period_start=date(2026, 1, 1), period_end=date(2026, 12, 31))  # fmt: skip
    client = signed_in(editor)
    for name, args in (("edition", [theirs.pk]), ("criterion", [theirs.pk, "1.1.1"]), ("export", [theirs.pk, "yaml"]),
                       ("migration", [theirs.pk]), ("grid", [grid.pk]), ("lines", [grid.pk]), ("filled", [made.pk])):  # fmt: skip
        assert client.get(reverse(f"referentials:{name}", args=["numa", *args])).status_code == 404, name
    for name, key in (("withdraw", theirs.pk), ("abandon", grid.pk)):
        assert client.post(reverse(f"referentials:{name}", args=["numa", key])).status_code == 404
    assert ReceivedGrid.objects.exists()
    sent = {"referential": theirs.key, "title": "x", "period_start": "2026-01-01", "period_end": "2026-12-31"}
    client.post(reverse("diagnosis:start", args=["numa"]), sent)
    assert not Assessment.objects.filter(organisation=other_organisation).exists()


def test_the_passages_of_an_edition_are_named_by_a_rank_of_the_list(editor_client):
    address = reverse("referentials:migration", args=["valmont", "rgesn-2024"])
    for rank in (ENDLESS, "99999", "-1", "²", ""):
        assert editor_client.post(address, {"rank": rank, "accepted": "1"}).status_code in (302, 404)
