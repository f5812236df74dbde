"""Who followed what, from a person's hands to the rates: both terms told, and no name left anywhere."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from terreau.app.home import home
from terreau.app.journal.models import Entry
from terreau.app.keeping.gathering import gather
from terreau.app.training import acting, door, sealing
from terreau.app.training.models import Attendance, Batch, Course, Profession, Staff
from terreau.indicators.people import handles
from terreau.kernel.errors import TerreauError

HERE = "/o/valmont/formation/"
NAMES = ("Aïcha Benali", "Tomas Lindqvist", "Maëlle Kerdraon")
STAFF = """Nom et prénom;Métier;Date d’arrivée;Date de départ
Aïcha Benali;Achats;2019-04-01;
Tomas Lindqvist;Achats;{recent};
Maëlle Kerdraon;Informatique;2020-01-06;
Zoé Prigent;Informatique;2021-02-01;
"""
ATTENDANCES = """Nom et prénom;Formation;Suivie le
Aïcha Benali;Acheter durable;{day}
BENALI Aïcha;Acheter durable;{day}
Tomas Lindqvist;Premier jour;{day}
Maëlle Kerdraon;Formation inconnue;{day}
Zoé Prigent;Premier jour;31/31/2026
"""


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def begun(organisation, owner):
    """Two professions, a course for buyers, another for those who arrive."""
    buyers = acting.add_profession(organisation, owner, "Achats")
    acting.add_profession(organisation, owner, "Informatique")
    acting.save_course(
        organisation, owner, {"title": "Acheter durable", "professions": [buyers.key], "onboarding": False, "hours": 3}
    )
    acting.save_course(
        organisation, owner, {"title": "Premier jour", "professions": [], "onboarding": True, "hours": 1}
    )
    return organisation


def a_file(text, name="liste.csv", **days):
    return SimpleUploadedFile(name, text.format(**days).encode(), "text/csv")


def sent(client, kind, text, keep=True, **days):
    data = {"kind": kind, "file": a_file(text, **days), ("keep" if keep else "check"): "1"}
    return client.post(f"{HERE}importer/", data)


def said(response):
    return re.sub(r"\s+", " ", response.content.decode())


def everything_kept():
    """All that the tables and the files hold, as text."""
    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if name.startswith(("training", "journal", "files"))
        ]
        rows = []
        for name in tables:
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 our own tables
            rows += [str(row) for row in cursor.fetchall()]
    return "\n".join(
        [
            *rows,
            *(
                path.read_text(errors="ignore")
                for path in home().rglob("*")
                if path.is_file() and "results" not in path.parts
            ),
        ]
    )


def test_what_is_sent_twice_is_made_once(begun, owner, owner_client, today):
    form = {"title": "Éteindre", "professions": ["achats"], "hours": "2"}
    pages = [owner_client.post(f"{HERE}formations/nouvelle/", form).status_code for _time in range(2)]
    assert pages == [302, 302] and Course.objects.filter(title="Éteindre").count() == 1
    acting.add_profession(begun, owner, "Achats")
    assert Profession.objects.filter(name="Achats").count() == 1
    buy, key = Course.objects.get(title="Acheter durable"), sealing.key_of(begun)
    people = [handles(key, name=name) for name in NAMES]
    made = [acting.note_session(buy, owner, today, people, "") for _time in range(2)]
    assert [(one.kept, one.already) for one in made] == [(3, 0), (0, 3)] and Attendance.objects.count() == 3


def test_two_files_give_the_rates_with_both_terms_and_leave_no_name(begun, editor_client, reader_client, today, caplog):
    day, recent = today - timedelta(days=30), today - timedelta(days=200)
    page = said(sent(editor_client, "staff", STAFF, recent=recent))
    assert "4 lignes gardées" in page and Staff.objects.count() == 4
    checked = said(sent(editor_client, "attendances", ATTENDANCES, keep=False, day=day))
    assert "Vérifié, rien n’est gardé" in checked and not Attendance.objects.exists()
    kept = sent(editor_client, "attendances", ATTENDANCES, day=day)
    assert "2 lignes gardées" in said(kept) and "3 refusées" in said(kept)
    assert "pas dans votre liste" in said(kept)  # what was refused is told, line by line
    assert kept.headers["Cache-Control"] == "private, no-store"
    page = said(reader_client.get(HERE))
    assert "2 personnes sur 4" in page  # everybody
    assert "2 sur 2" in page  # buyers: one by the course for buyers, the other by the one for everybody
    assert "0 sur 2" in page  # computing
    told = {(one.meter, one.group): one for one in door.measures(begun)}
    assert told["training.rate", ""].value == 0.5
    assert told["training.rate", "achats"].numerator == told["training.rate", "achats"].denominator == 2
    assert (
        told["training.onboarding_rate", ""].denominator == 1
    )  # one arrived, and was trained after 170 days: too late
    assert told["training.onboarding_rate", ""].value == 0
    left = everything_kept() + caplog.text
    for name in NAMES:
        for word in name.split():
            assert word not in left, word
    again = said(sent(editor_client, "attendances", ATTENDANCES, day=day))
    assert "0 ligne gardée" in again and "2 étaient déjà là" in again


def test_a_session_is_noted_by_names_that_are_let_go(begun, contributor_client, reader_client, today):
    course = Course.objects.get(title="Premier jour")
    given = {
        "course": course.pk,
        "followed_on": today.isoformat(),
        "profession": "achats",
        "people": "\n".join((*NAMES, "kerdraon maelle", "M-0042")),
    }
    assert contributor_client.post(f"{HERE}seance/", given).status_code == 302
    assert Attendance.objects.count() == 4  # the same name written another way is the same person
    page = said(reader_client.get(HERE))
    assert "pas de taux" in page and "4 personnes formées" in page  # no headcount: no rate, and the remedy
    assert door.measures(begun)[0].value is None
    late = given | {"followed_on": (today + timedelta(days=2)).isoformat()}
    refused = contributor_client.post(f"{HERE}seance/", late)
    assert "pas encore eu lieu" in said(refused) and "Aïcha Benali" in said(refused)  # nothing is lost on an error
    entry = Entry.objects.get(action="training.session_noted")
    assert entry.written == f'{{"count": 4, "on": "{today.isoformat()}", "title": "Premier jour"}}'


def test_headcounts_are_the_denominator_without_a_list_of_staff(begun, editor_client, today):
    course = Course.objects.get(title="Premier jour")
    key = sealing.key_of(begun)
    acting.note_session(course, None, today, [handles(key, name=one) for one in NAMES], "achats")
    buyers, computing = Profession.objects.order_by("name")
    sent = {f"p{buyers.pk}": "12", f"p{computing.pk}": "8", "days": "60", "revision": "0"}
    assert editor_client.post(f"{HERE}metiers/", sent).status_code == 302
    assert door.measures(begun)[0].value == 3 / 20
    assert "pendant que vous écriviez" in said(editor_client.post(f"{HERE}metiers/", sent | {"days": "30"}))
    refused = editor_client.post(f"{HERE}metiers/", sent | {f"p{buyers.pk}": "-3", "revision": "1"})
    assert "À corriger" in said(refused)
    buyers.refresh_from_db()
    assert buyers.headcount == 12
    few = {f"p{buyers.pk}": "2", f"p{computing.pk}": "8", "days": "60", "revision": "1"}
    assert editor_client.post(f"{HERE}metiers/", few).status_code == 302
    assert door.measures(begun)[1].value is None  # three trained of two people: no rate rather than 150 %


def test_what_a_file_brought_is_taken_back_at_once(begun, editor_client, reader_client, today):
    sent(editor_client, "attendances", ATTENDANCES, day=today)
    batch = Batch.objects.get()
    assert reader_client.post(f"{HERE}apports/{batch.pk}/retirer/").status_code == 403
    assert editor_client.post(f"{HERE}apports/{batch.pk}/retirer/").status_code == 302
    assert not Attendance.objects.exists() and not door.measures(begun)


def test_what_another_file_told_too_stays_when_one_is_taken_back(begun, editor_client, owner, today):
    sent(editor_client, "attendances", ATTENDANCES, day=today)
    sent(editor_client, "attendances", ATTENDANCES, day=today)
    course, key = Course.objects.get(title="Premier jour"), sealing.key_of(begun)
    acting.note_session(course, owner, today, [handles(key, name="Zoé Neuve")], "")
    first, again, session = Batch.objects.order_by("pk")
    there = set(Attendance.objects.values_list("pk", flat=True))
    assert (first.kept, again.kept, again.already) == (2, 0, 2) and len(there) == 3
    told = said(editor_client.post(f"{HERE}apports/{first.pk}/retirer/", follow=True))
    assert "0 ligne" in told and "2 restent" in told
    assert set(Attendance.objects.values_list("pk", flat=True)) == there
    again.refresh_from_db()
    assert (again.kept, again.already) == (2, 0)
    assert "2 lignes" in said(editor_client.post(f"{HERE}apports/{again.pk}/retirer/", follow=True))
    assert [one.batch for one in Attendance.objects.all()] == [session]


def test_what_another_file_says_otherwise_does_not_stay_under_its_name(begun, editor_client, today):
    sent(editor_client, "attendances", ATTENDANCES, day=today)
    Attendance.objects.update(profession="autre")
    sent(editor_client, "attendances", ATTENDANCES, day=today)
    first = Batch.objects.order_by("pk").first()
    assert "2 lignes" in said(editor_client.post(f"{HERE}apports/{first.pk}/retirer/", follow=True))
    assert not Attendance.objects.exists()


def test_what_two_files_said_again_goes_to_the_earlier_then_to_the_other(begun, editor_client, today):
    for _ in range(3):
        sent(editor_client, "attendances", ATTENDANCES, day=today)
    first, second, third = Batch.objects.order_by("pk")
    for removed, left, count in ((second, first, 2), (first, third, 2)):
        editor_client.post(f"{HERE}apports/{removed.pk}/retirer/")
        assert {one.batch for one in Attendance.objects.all()} == {left} and Attendance.objects.count() == count
    editor_client.post(f"{HERE}apports/{third.pk}/retirer/")
    assert not Attendance.objects.exists()


def test_a_person_asks_what_is_kept_of_them_and_is_erased(begun, editor_client, today):
    sent(editor_client, "staff", STAFF, recent=today - timedelta(days=200))
    sent(editor_client, "attendances", ATTENDANCES, day=today)
    asked = {"person": "Benali, Aïcha", "number": ""}
    page = said(editor_client.post(f"{HERE}personne/", asked))
    assert "Acheter durable" in page and "Achats" in page
    assert editor_client.post(f"{HERE}personne/", asked | {"forget": "1"}).status_code == 302
    assert Staff.objects.count() == 3 and Attendance.objects.count() == 1
    assert "Benali" not in Entry.objects.get(action="training.person_forgotten").written
    assert "Rien ne correspond" in said(editor_client.post(f"{HERE}personne/", asked))


def test_namesakes_are_told_apart_by_their_staff_number(begun, owner, today):
    key, course = sealing.key_of(begun), Course.objects.get(title="Premier jour")
    one, two = (handles(key, name="Jeanne Martin", number=number) for number in ("A1", "B2"))
    alone = handles(key, number="A1")
    acting.note_session(course, owner, today, [one, two], "")
    acting.note_session(course, owner, today - timedelta(days=9), [alone], "")
    assert acting.rows_about(begun, handles(key, name="Jeanne Martin")) == ([], [])  # whose rows would they be?
    assert len(acting.rows_about(begun, alone)[0]) == 2
    assert acting.forget(begun, owner, alone) == 2
    assert len(acting.rows_about(begun, handles(key, name="Jeanne Martin"))[0]) == 1


def test_a_number_nobody_has_never_leads_to_the_rows_of_a_namesake(begun, owner, today):
    key, course = sealing.key_of(begun), Course.objects.get(title="Premier jour")
    acting.note_session(course, owner, today, [handles(key, name="Jeanne Martin", number="A1")], "")
    assert acting.forget(begun, owner, handles(key, name="Jeanne Martin", number="C3")) == 0
    assert acting.forget(begun, owner, handles(key, name="Jeanne Martin", number="A1")) == 1
    acting.note_session(course, owner, today, [handles(key, name="Jeanne Martin")], "")
    assert acting.forget(begun, owner, handles(key, name="Jeanne Martin", number="C3")) == 1  # nobody else bears it


def test_an_address_with_a_figure_tells_the_same_person_in_a_session_as_in_a_file(begun, editor_client, today):
    staff = "Adresse électronique;Métier\njeanne.martin2@valmont.example;Achats\n"
    sent(editor_client, "staff", staff)
    course = Course.objects.get(title="Premier jour")
    given = {"course": course.pk, "followed_on": today, "profession": "", "people": "jeanne.martin2@valmont.example"}
    assert editor_client.post(f"{HERE}seance/", given).status_code == 302
    assert Attendance.objects.get().person == Staff.objects.get().person
    page = said(editor_client.get(HERE))
    assert "1 personne notée. Aucun nom n’a été gardé." in page and "1 sur 1" in page.replace("\u202f", " ")


@pytest.mark.parametrize("revision", ["9" * 5000, "²", "-1", ""])
def test_a_revision_nobody_sent_is_a_stale_one(begun, editor_client, revision):
    course = Course.objects.get(title="Premier jour")
    page = editor_client.post(f"{HERE}formations/{course.pk}/", {"title": "Autre", "revision": revision})
    assert page.status_code == 200 and "pendant que vous écriviez" in said(page)
    assert editor_client.post(f"{HERE}metiers/", {"days": "90", "revision": revision}).status_code == 200


def test_a_profession_taken_away_is_told_in_words_and_a_step_names_what_it_serves(organisation, editor_client):
    page = said(editor_client.get(f"{HERE}parcours/purchasing/"))
    assert not re.search(r"\b[A-Z]{2,3}\d\d\b", re.sub(r"<[^>]+>", " ", page))
    step = re.search(r'name="etape" value="([a-z-]+)"', page)[1]
    editor_client.post(f"{HERE}parcours/purchasing/reprendre/", {"etape": step})
    name = Profession.objects.get().name
    editor_client.post(f"{HERE}metiers/{Profession.objects.get().pk}/retirer/")
    shown = [said(editor_client.get(f"{HERE}formations/{path}")) for path in ("", f"{Course.objects.get().pk}/")]
    assert all(name in one and ">purchasing<" not in one and "> purchasing" not in one for one in shown)


def test_a_profession_nobody_counted_takes_the_rate_of_everybody_away(begun, owner, editor_client, today):
    course, key = Course.objects.get(title="Premier jour"), sealing.key_of(begun)
    acting.note_session(course, owner, today, [handles(key, name="Aïcha Benali")], "achats")
    counted = Profession.objects.get(key="achats")
    acting.set_headcounts(begun, owner, {counted.pk: 4}, 90, 0)
    rates = {one.group: one for one in door.measures(begun) if one.meter == "training.rate"}
    assert (rates["achats"].value, rates[""].value, rates[""].denominator) == (0.25, None, None)
    page = said(editor_client.get(HERE))
    assert "personne formée ; pas de taux" in page.replace("\xa0", " ") and "Écrire les effectifs" in page
    Attendance.objects.update(followed_on=today - timedelta(days=500))
    page = said(editor_client.get(HERE))  # nobody this year, and still no rate of zero
    assert (
        "personne dans cette période" not in page
        and 'class="number">0</span>' in page
        and "Écrire les effectifs" in page
    )
    Attendance.objects.update(followed_on=today)
    other = Profession.objects.get(key="informatique")
    acting.set_headcounts(begun, owner, {counted.pk: 4, other.pk: 0}, 90, 1)
    assert {one.group: one.value for one in door.measures(begun) if one.meter == "training.rate"}[""] == 0.25


def test_a_key_that_changed_is_refused_rather_than_used(begun, editor_client, other_organisation, today):
    key = sealing.key_of(begun)
    assert key != sealing.key_of(other_organisation)  # the same person is another one elsewhere
    Path(home() / "people.key").write_text("une tout autre clé".encode("ascii", "ignore").decode() * 3)
    with pytest.raises(TerreauError, match="people_key_changed"):
        sealing.key_of(begun)
    page = sent(editor_client, "attendances", ATTENDANCES, day=today)
    assert page.status_code == 400 and "n&#x27;est plus celle d&#x27;avant" in said(page)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "aucune donnée"),
        (b"a;b;c\n1;2;3\n", "colonne"),
        (
            "Nom et prénom;Formation;Suivie le\n;Premier jour;2026-01-05\nX Y;Premier jour;2999-01-05\n".encode(),
            "2 refusées",
        ),
        (b"PK\x03\x04 not a workbook", "fichier"),
    ],
)
def test_a_bad_file_is_refused_in_words(begun, editor_client, content, words):
    page = editor_client.post(
        f"{HERE}importer/", {"kind": "attendances", "file": SimpleUploadedFile("x.csv", content), "keep": "1"}
    )
    assert page.status_code in (200, 400) and words in said(page).lower()
    assert not Attendance.objects.exists()


def test_a_step_of_a_path_becomes_a_course_for_its_profession(organisation, editor_client, reader_client):
    page = said(reader_client.get(f"{HERE}parcours/purchasing/"))
    assert "En faire une formation" not in page
    step = re.search(r'name="etape" value="([a-z-]+)"', said(editor_client.get(f"{HERE}parcours/purchasing/")))[1]
    for _twice in range(2):
        assert editor_client.post(f"{HERE}parcours/purchasing/reprendre/", {"etape": step}).status_code == 302
    course = Course.objects.get()
    assert course.professions == ["purchasing"] and Profession.objects.get().key == "purchasing"
    assert editor_client.post(f"{HERE}parcours/purchasing/reprendre/", {"etape": "rien"}).status_code == 404
    assert "une de vos formations" in said(reader_client.get(f"{HERE}parcours/purchasing/"))


def test_a_course_followed_stays_and_two_writers_are_told(begun, editor_client, today):
    course = Course.objects.get(title="Acheter durable")
    page = f"{HERE}formations/{course.pk}/"
    given = {"title": "Acheter mieux", "professions": ["achats"], "hours": "2,5", "revision": "0"}
    assert editor_client.post(page, given).status_code == 302
    refused = said(editor_client.post(page, given | {"title": "Autre"}))
    assert "pendant que vous écriviez" in refused and 'value="Autre"' in refused
    acting.note_session(course, None, date(2026, 1, 5), [("a" * 32,)], "")
    assert "elle reste" in said(editor_client.post(f"{page}retirer/"))
    assert Course.objects.get(pk=course.pk).title == "Acheter mieux"


def test_another_organisation_s_training_is_not_there(begun, outsider, signed_in):
    outsider_client = signed_in(outsider)
    course = Course.objects.first()
    assert outsider_client.get(HERE).status_code == 404
    assert outsider_client.post(f"/o/numa/formation/formations/{course.pk}/", {"title": "x"}).status_code == 404


def test_a_backup_takes_the_key_and_an_organisation_that_leaves_does_not(begun, tmp_path):
    sealing.key_of(begun)
    everything, one = tmp_path / "all", tmp_path / "one"
    everything.mkdir(), one.mkdir()
    assert "home/people.key" in gather(home(), everything, results=False).files
    assert not any("key" in name for name in gather(home(), one, results=False, only=str(begun.pk)).files)
