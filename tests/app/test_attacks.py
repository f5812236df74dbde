"""What someone ill-meaning, careless or merely quick tries, and what they get: words, and nothing of others."""

import logging
import re
import stat
import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from terreau.app.accounts import joining, opening, people
from terreau.app.accounts.models import Membership, Role
from terreau.app.home import home, private_file, secret
from terreau.app.inventory import arrivals
from terreau.app.inventory.models import Decision, Draft, Snapshot, Source
from terreau.app.journal import door as journal
from terreau.app.journal.locks import lifted
from terreau.app.journal.models import Entry
from terreau.app.security.logs import WithoutSecrets
from terreau.kernel.errors import TerreauError
from tests.app.parc.dropping import SMALL, confirm, drop_text

pytestmark = pytest.mark.usefixtures("results_made_once")
PASSWORD = "une phrase assez longue"
PACK = """title = "{title}"
publisher = "Nous"
version = "1"
licence = "private"
redistribution = "private"
link = "{link}"
checked_on = 2026-01-01
best_before = 2027-01-01
"""
TABLE = "subject,criterion,stage,value,unit\nlaptop,climate_change,manufacturing,200,kg CO2 eq\n"


def refused(act):
    with pytest.raises(TerreauError) as refusal:
        act()
    return refusal.value.code


def send_pack(client, title="Nos relevés", link="", before=""):
    papers = before + PACK.format(title=title, link=link)
    files = [SimpleUploadedFile("pack.toml", papers.encode()), SimpleUploadedFile("factors.csv", TABLE.encode())]
    return client.post(reverse("sources:packs", args=["valmont"]), {"files": files})


def test_an_owner_shown_out_does_not_come_back_by_a_link_made_before(organisation, owner):
    leaving = Membership.objects.create(
        organisation=organisation, user=opening.User.objects.create_user("part@valmont.example"), role=Role.OWNER
    )
    token = joining.invite(organisation, leaving.user, "owner")[1]
    assert joining.invitation_of(token)
    user = leaving.user
    people.remove(leaving, owner)
    assert refused(lambda: joining.accept(token, user)) == "app.invitation_gone"
    assert joining.pending(organisation) == []


def test_an_invitation_whose_access_is_already_over_opens_nothing(organisation, owner, stranger):
    yesterday = timezone.now() - timedelta(days=1)
    token = joining.invite(organisation, owner, "auditor", until=yesterday)[1]
    assert refused(lambda: joining.accept(token, stranger)) == "app.invitation_gone"


def test_the_first_code_taken_by_one_is_not_there_for_another(db):
    code = opening.new_first_code()
    with opening._only_once():
        assert (
            refused(lambda: opening.first_owner(code, organisation="x", email="b@x.example", password=PASSWORD))
            == "app.first_code_refused"
        )


def test_the_first_code_is_given_back_when_nothing_was_made(db):
    code = opening.new_first_code()
    with pytest.raises(RuntimeError), opening._only_once():
        raise RuntimeError
    assert opening.first_owner(code, organisation="Sauge", email="b@x.example", password=PASSWORD)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-31", "٣", "\x00"])
def test_an_impossible_end_of_access_is_said_beside_its_field(organisation, owner_client, day):
    sent = {"email": "", "role": "auditor", "until": day}
    answer = owner_client.post("/o/valmont/reglages/personnes/inviter/", sent)
    assert answer.status_code == 200 and answer.context["form"].errors["until"]


@pytest.mark.parametrize(
    "key", ["null", "12", "[" * 90_000, '["\\ud800","x","y"]', '["a\\u0000","x","y"]', "[1,2,3]", '["a","b"]']
)
def test_a_question_nobody_asked_is_not_an_answer(organisation, editor_client, key):
    answer = editor_client.post("/o/valmont/parc/a-regler/", {"k1": key, "a1": "Ordinateur portable"})
    assert answer.status_code == 302
    assert not Decision.objects.exists()


@pytest.mark.parametrize("quantity", ["1e-999999", "1e999999", "NaN", "-3", "0", "²"])
def test_a_number_of_devices_that_is_none_is_refused(organisation, editor_client, quantity):
    answer = editor_client.post("/o/valmont/parc/a-regler/", {"l1": "serial:abc", "q1": quantity})
    assert answer.status_code < 500
    assert not Decision.objects.exists()


def test_a_sheet_or_a_column_that_does_not_exist_is_no_failure(editor_client, organisation):
    drop_text(editor_client, SMALL)
    draft = Draft.objects.get()
    page = reverse("parc:understood", args=["valmont", draft.pk])
    for number in ("²", "9" * 5000, "0", "-1"):
        assert editor_client.get(page, {"feuille": number}).status_code == 200
        sent = {"sheet": draft.understood["sheets"][0]["name"], "column": number, "becomes": "Modèle"}
        assert editor_client.post(page, sent).status_code == 302


def test_an_address_that_runs_a_script_is_never_a_link(editor_client, organisation):
    assert send_pack(editor_client, link="javascript:alert(1)").status_code == 302
    drop_text(editor_client, SMALL)
    confirm(editor_client)
    for page in ("/o/valmont/sources/", "/o/valmont/empreinte/pourquoi/"):
        assert b'href="javascript:' not in editor_client.get(page).content


@pytest.mark.parametrize("title", ["x" * 500, "a\\u0000b"])
def test_a_pack_whose_name_no_database_holds_is_refused_in_words(editor_client, organisation, title):
    answer = send_pack(editor_client, before=f'key = "{title}"\n')
    assert answer.status_code == 400 and "Que faire" in answer.content.decode()


@pytest.mark.parametrize("before", ["a = " + "[" * 5000 + "\n", "# " + "x" * 300_000 + "\n"])
def test_papers_too_deep_or_too_long_are_refused_in_words(editor_client, organisation, before):
    answer = send_pack(editor_client, before=before)
    assert answer.status_code == 400 and "Que faire" in answer.content.decode()


def test_a_source_named_as_the_ten_lines_does_not_stop_them(editor_client, organisation):
    drop_text(editor_client, SMALL, name="Dix lignes")
    confirm(editor_client)
    answer = editor_client.post("/o/valmont/parc/dix-lignes/", {"laptop": 3, "laptops": 3, "country": "France"})
    assert answer.status_code == 302
    assert Source.objects.filter(organisation=organisation).count() == 2


def test_one_import_confirmed_twice_at_once_is_journalled_once(editor, editor_client, organisation):
    drop_text(editor_client, SMALL)
    first, second = Draft.objects.get(), Draft.objects.get()
    digest = first.understood["snapshot"]["sha256"]
    arrivals.confirm(first, editor, digest)
    assert arrivals.confirm(second, editor, digest) == Snapshot.objects.get()
    assert Entry.objects.filter(action="inventory.imported").count() == 1


@pytest.mark.parametrize(
    "spoiled",
    ["at = 'hier'", "at = '2026-99-99 00:00:00'", "digest = 'é'", "written = 'x'", "written = '[1]'", "number = 'un'"],
)
def test_a_spoiled_cell_breaks_the_chain_not_the_page(organisation, owner, owner_client, spoiled):
    if connection.vendor != "sqlite" and spoiled.startswith(("at", "number")):
        pytest.skip("this database refuses the value itself")
    with transaction.atomic():
        journal.record(organisation, owner, "portfolio.added", {"name": "un"})
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute(f"UPDATE journal_entry SET {spoiled}")
    assert not journal.verify(organisation).sound
    page = owner_client.get("/o/valmont/reglages/journal/")
    assert page.status_code == 200 and not page.context["verification"].sound


def test_an_organisation_taken_out_of_the_database_is_missed(organisation, owner):
    gone = home() / "organisations" / "00000000-0000-4000-8000-000000000001"
    gone.mkdir(parents=True)
    (gone / "journal.heads").write_text(f"1 {'a' * 64}\n")
    (found,) = [each for each in journal.verify_all() if not each.sound]
    assert found.organisation == gone.name


def test_a_person_named_as_another_is_told_apart_in_the_journal(organisation, owner, reader):
    reader.name = owner.email
    with transaction.atomic():
        journal.record(organisation, reader, "portfolio.added", {"name": "un"})
    assert Entry.objects.get().actor_label == f"{owner.email} ({reader.email})"


def test_a_secret_has_one_value_whatever_the_number_that_ask(own_home):
    home()
    seen = set()
    asking = [threading.Thread(target=lambda: seen.add(secret("race.key"))) for _ in range(12)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert len(seen) == 1 and len(seen.pop()) > 60
    assert [path.name for path in home().iterdir()] == ["race.key"]


def test_an_empty_secret_is_never_used(own_home):
    (home() / "journal.key").write_text("")
    with pytest.raises(SystemExit, match=r"journal\.key"):
        secret("journal.key")


def test_the_database_and_the_secrets_are_closed_to_others_even_in_an_open_home(tmp_path):
    open_home = tmp_path / "open"
    open_home.mkdir(mode=0o755)
    (open_home / "terreau.sqlite3").write_bytes(b"")
    (open_home / "terreau.sqlite3").chmod(0o644)
    kept = private_file(open_home / "terreau.sqlite3")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_logs_hold_no_token(organisation, owner, client):
    token = joining.invite(organisation, owner, "reader")[1]
    written = []

    class Kept(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    handler = Kept()
    handler.addFilter(WithoutSecrets())
    log = logging.getLogger("django.request")
    log.addHandler(handler)
    try:
        client.put(f"/invitation/{token}/")
        client.get(f"/invitation/{token}x/")
    finally:
        log.removeHandler(handler)
    assert written and all("/invitation/…" in line for line in written)
    assert token not in "".join(written)


def test_the_console_handler_leaves_tokens_out(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["secrets"]


def test_a_stranger_sends_no_large_file(db, client, reader, signed_in):
    body = {"data": b"x" * (4 * 1024 * 1024), "content_type": "application/octet-stream"}
    assert client.post("/connexion/", **body).status_code == 413
    assert signed_in(reader).post("/moi/", **body).status_code != 413


def test_two_changes_at_once_are_said_in_words(organisation, owner_client, reader, monkeypatch):
    membership = reader.memberships.get()
    kept = people._still_owned

    def gone_meanwhile(organisation):
        kept(organisation)
        raise IntegrityError

    monkeypatch.setattr(people, "_still_owned", gone_meanwhile)
    answer = owner_client.post(f"/o/valmont/reglages/personnes/{membership.pk}/retirer/")
    assert answer.status_code == 409 and "vient de changer" in answer.content.decode()
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_every_identifier_of_another_organisation_is_as_good_as_unknown(
    organisation, other_organisation, owner_client, outsider, signed_in
):
    drop_text(owner_client, SMALL)
    confirm(owner_client)
    theirs = Snapshot.objects.get()
    drop_text(owner_client, SMALL.replace("Latitude", "Precision"), name="deux")
    draft = Draft.objects.get()
    from_elsewhere = signed_in(outsider)
    digests = {"digest": theirs.sha256}
    numa = [
        (f"/o/numa/parc/importer/{draft.pk}/", "get", {}),
        (f"/o/numa/parc/importer/{draft.pk}/raisons.csv", "get", {}),
        (f"/o/numa/parc/importer/{draft.pk}/confirmer/", "post", digests),
        (f"/o/numa/parc/importer/{draft.pk}/abandonner/", "post", {}),
        (f"/o/numa/parc/a-regler/{theirs.pk}/retirer/", "post", {}),
        (f"/o/numa/fichiers/{theirs.pk}/", "get", {}),
    ]
    for address, how, sent in numa:
        assert getattr(from_elsewhere, how)(address, sent).status_code == 404, address
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_the_csv_of_the_journal_runs_no_formula(organisation, contributor_client, owner_client):
    contributor_client.post("/o/valmont/services/nouveau/", {"name": '=HYPERLINK("http://x")', "stage": "run"})
    contributor_client.post("/moi/", {"name": "=1+1"})
    contributor_client.post("/o/valmont/services/nouveau/", {"name": "+2", "stage": "run"})
    told = owner_client.get(reverse("journal:csv", args=["valmont"])).content.decode("utf-8-sig")
    assert "=1+1" in told and not re.search(r'(^|;)"?[=+@]', told, re.M)
