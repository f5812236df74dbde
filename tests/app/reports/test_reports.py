"""A report: drafted from figures, written by people, published for good, taken away in four formats."""

import html
import io
import zipfile
from datetime import date, timedelta

import pytest
from django.utils import timezone

from terreau.app.calendar.models import Facts, HeldLabel
from terreau.app.indicators.models import KeptValue
from terreau.app.journal.models import Entry
from terreau.app.plan import acting
from terreau.app.reports import composing, drafting, writing
from terreau.app.reports.models import Drafting, Passage, Publication, Report
from terreau.app.reports.parts import PARTS, TITLES
from terreau.plan.aims import Aim, Baseline
from terreau.plan.commitments import Commitment

FRAMED = {"title": "Rapport 2026", "period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31), "language": "fr"}
HOME = "/o/valmont/rapports/"


@pytest.fixture
def report(organisation, owner):
    Facts.objects.create(organisation=organisation, nature="authority", population=60_000)
    return writing.begin(organisation, owner, FRAMED | {"kind": "yearly"})


def part(report, key):
    return next(one for one in composing.standings(report) if one.key == key)


def sent(report, key, **more):
    one = part(report, key)
    return {"text": one.text, "revision": str(one.passage.revision if one.passage else 0), "drafted": one.digest} | more


def test_every_kind_has_parts_with_a_title_and_a_draft():
    assert {key for keys in PARTS.values() for key in keys} == set(TITLES) == set(drafting.DRAFTS)


def test_a_report_begins_with_what_is_known_and_says_what_is_not(report, owner_client):
    context = part(report, "context")
    assert (
        "du 01/01/2026 au 31/12/2026" in context.text
        and ["Habitants", "60\u202f000"] in context.kept["blocks"][0]["rows"]
    )
    assert "pas encore calculée" in part(report, "footprint").text
    page = owner_client.get(f"{HOME}{report.pk}/").content.decode()
    assert page.count("texte proposé") >= 5 and "vide" in page
    read = owner_client.get(f"{HOME}{report.pk}/lire/").content.decode()
    assert "Brouillon : ce rapport n’est pas publié".replace(" :", "\xa0:") in read and "Avant-propos" not in read


def test_a_report_begun_twice_is_one_until_somebody_writes_in_it(report, organisation, owner, editor, owner_client):
    framed = FRAMED | {"kind": "yearly"}
    assert writing.begin(organisation, owner, framed) == report and Drafting.objects.count() == 1
    assert writing.begin(organisation, editor, framed) != report, "somebody else's is theirs"
    owner_client.post(f"{HOME}{report.pk}/parties/context/", sent(report, "context", text="À nous."))
    assert writing.begin(organisation, owner, framed) != report
    assert Entry.objects.filter(action="reports.begun").count() == 3


def test_new_figures_never_overwrite_what_a_person_wrote_and_stand_beside_it(report, organisation, owner, owner_client):
    address = f"{HOME}{report.pk}/parties/context/"
    assert (
        owner_client.post(address, sent(report, "context", text="Notre métropole, en toutes lettres.")).status_code
        == 302
    )
    Facts.objects.update(population=61_000)
    assert "2 parties" not in owner_client.post(f"{HOME}{report.pk}/chiffres/", follow=True).content.decode()
    one = part(report, "context")
    assert one.text == "Notre métropole, en toutes lettres." and one.to_read_again
    assert ["Habitants", "61\u202f000"] in one.kept["blocks"][0]["rows"] and ["Habitants", "60\u202f000"] in one.was[
        "blocks"
    ][0]["rows"]
    page = owner_client.get(address).content.decode()
    assert "Les chiffres ont changé depuis" in page and "61\u202f000" in page and "60\u202f000" in page
    owner_client.post(address, sent(report, "context"))  # read again, kept as it is
    assert not part(report, "context").to_read_again and part(report, "context").written
    owner_client.post(address, sent(report, "context", take="1"))
    assert not part(report, "context").written and "Ce rapport couvre" in part(report, "context").text
    assert Drafting.objects.count() == 2
    assert writing.redraft(report, owner) == 0 and Drafting.objects.count() == 2  # the same figures are not kept twice


def test_the_text_proposed_sent_back_unchanged_goes_on_following_the_figures(report, owner_client):
    owner_client.post(f"{HOME}{report.pk}/parties/diagnosis/", sent(report, "diagnosis", left_out="on"))
    one = part(report, "diagnosis")
    assert not one.written and one.left_out
    assert "Le diagnostic" not in [told["title"] for told in composing.content(report)["parts"]]


def test_two_people_writing_the_same_part_are_told_and_nothing_is_lost(report, owner_client):
    first, late = sent(report, "word", text="La première."), sent(report, "word", text="La seconde.")
    address = f"{HOME}{report.pk}/parties/word/"
    assert owner_client.post(address, first).status_code == 302
    answer = owner_client.post(address, late)
    page = answer.content.decode()
    assert answer.status_code == 409 and "La première." in page and "La seconde." in page
    assert owner_client.post(address, sent(report, "word", text="Les deux.")).status_code == 302
    assert Passage.objects.get().text == "Les deux."
    assert owner_client.post(address, {"text": "x", "revision": "abc"}).status_code == 409


def test_a_publication_never_changes_while_the_report_goes_on(report, organisation, owner, owner_client):
    assert owner_client.post(f"{HOME}{report.pk}/publier/").url == f"{HOME}{report.pk}/versions/1/"
    owner_client.post(f"{HOME}{report.pk}/publier/")
    assert Publication.objects.count() == 1  # nothing changed: the same version
    owner_client.post(f"{HOME}{report.pk}/parties/word/", sent(report, "word", text="Un mot ajouté."))
    owner_client.post(f"{HOME}{report.pk}/publier/")
    one, two = (owner_client.get(f"{HOME}{report.pk}/versions/{n}/").content.decode() for n in (1, 2))
    assert "Un mot ajouté." not in one and "Un mot ajouté." in two and "Brouillon" not in two
    with pytest.raises(TypeError):
        Publication.objects.first().save()
    with pytest.raises(TypeError):
        Publication.objects.update(number=3)
    owner_client.post(f"{HOME}{report.pk}/supprimer/")
    assert Report.objects.exists()
    actions = list(Entry.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["reports.begun", "reports.published", "reports.written", "reports.published"]


def test_a_report_is_taken_away_in_four_formats_that_say_the_same(report, owner, owner_client):
    writing.write(
        report, "word", owner, text="Deux <b>mots</b>.\n\nEt un autre.", left_out=False, revision=0, drafted=""
    )
    writing.publish(report, owner)
    files = {}
    for kind in ("html", "odt", "docx", "pdf"):
        answer = owner_client.get(f"{HOME}{report.pk}/versions/1/rapport.{kind}", follow=True)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="rapport-2026-v1.{kind}"'
        files[kind] = answer.content if kind == "html" else b"".join(answer.streaming_content)
    assert "Deux &lt;b&gt;mots&lt;/b&gt;." in files["html"].decode() and "<script" not in files["html"].decode()
    assert "Et un autre." in zipfile.ZipFile(io.BytesIO(files["odt"])).read("content.xml").decode()
    assert "Et un autre." in zipfile.ZipFile(io.BytesIO(files["docx"])).read("word/document.xml").decode()
    assert files["pdf"].startswith(b"%PDF-")
    assert owner_client.get(f"{HOME}{report.pk}/versions/1/rapport.exe").status_code == 404
    draft = owner_client.get(f"{HOME}{report.pk}/brouillon.html")
    assert "Brouillon" in draft.content.decode() and "brouillon.html" in draft.headers["Content-Disposition"]


def test_a_management_review_goes_to_what_is_late_and_to_decisions(organisation, owner):
    today = timezone.localdate()
    HeldLabel.objects.create(
        organisation=organisation,
        name="Label NR",
        granted_on=today - timedelta(days=1200),
        ends_on=today - timedelta(days=9),
    )
    review = writing.begin(organisation, owner, FRAMED | {"kind": "review", "title": "Revue"})
    assert part(review, "late").text == "2 dates sont passées sans que ce soit fait."  # preparing it, and its end
    assert len(part(review, "late").kept["blocks"]) == 1
    assert "Fin du label : Label NR : qui s’en charge" in part(review, "decisions").text
    english = writing.begin(organisation, owner, FRAMED | {"kind": "review", "title": "Review", "language": "en"})
    assert "End of the label: Label NR" in part(english, "decisions").text
    assert [one["title"] for one in composing.content(english)["parts"]][-1] == "Decisions to take"


@pytest.fixture
def measured_late(organisation, owner):
    """A commitment behind its line: devices per person, from 0.2 to 0.125, still 0.165299."""
    today = timezone.localdate()
    KeptValue.objects.create(
        organisation=organisation, indicator="PARC05", on=today - timedelta(days=5), value=0.197123, unit="unit/user"
    )
    aim = Aim(indicator="PARC05", unit="unit/user", direction="down", target=0.125,
              baseline=Baseline(value=0.2, on=today - timedelta(days=400)))  # fmt: skip
    told = Commitment(key="", statement="Moins d’appareils par personne", theme="fleet", owner="Parc", start=today - timedelta(days=400),
                      due=today + timedelta(days=30), result=aim)  # fmt: skip
    return acting.write(organisation, owner, told, take_on=today - timedelta(days=400))


def test_a_reason_reads_in_a_report_as_on_the_page_of_the_plan(measured_late, report, owner_client):
    said = "4 % du chemin était fait (0,1971\xa0par pers.)"
    kept = str(part(report, "commitments").kept["blocks"]).replace("\\xa0", "\xa0")
    assert said in kept, kept
    assert said in html.unescape(owner_client.get(f"/o/valmont/plan/{measured_late.pk}/").content.decode())


def test_dates_left_out_agree_with_dates():
    from terreau.app.reports.drafting_steering import _days, _table
    from terreau.plan.calendar import DUE, Event

    events = [
        Event(key=f"due:{n}", on=date(2026, 1, n + 1), kind=DUE, title_fr="x", title_en="x", url="") for n in range(12)
    ]
    assert _days("Dates", events).caption == "Dates (les 10 premières sur 12)"
    assert _table("Engagements", []) is None


def test_what_is_asked_badly_is_named(owner_client, other_organisation, outsider, organisation):
    answer = owner_client.post(
        f"{HOME}nouveau/", FRAMED | {"kind": "yearly", "period_end": "2025-01-01", "period_start": "2026-01-01"}
    )
    assert "finit avant de commencer" in answer.content.decode() and not Report.objects.exists()
    theirs = writing.begin(other_organisation, outsider, FRAMED | {"kind": "yearly"})
    assert owner_client.get(f"{HOME}{theirs.pk}/").status_code == 404
    mine = writing.begin(organisation, outsider, FRAMED | {"kind": "yearly"})
    assert owner_client.get(f"{HOME}{mine.pk}/parties/decisions/").status_code == 404


def test_a_long_report_is_read_a_few_parts_at_a_time_and_taken_away_whole(report, owner, owner_client, monkeypatch):
    monkeypatch.setattr(composing, "LEAF", 30)
    first, second = (owner_client.get(f"{HOME}{report.pk}/lire/?page={n}").content.decode() for n in (1, 2))
    assert (
        "L’organisation et son numérique" in first and "L’empreinte du parc" not in first and "Page suivante" in first
    )
    assert "L’empreinte du parc" in second
    whole = composing.document(composing.content(report)).as_json()["blocks"]
    assert [block for leaf in composing.leaves(whole) for block in leaf] == whole
