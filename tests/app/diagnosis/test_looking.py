"""What an assessment lacks, what it hands to other rooms, who is to be reminded, what stands beside the answers."""

import html
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from terreau.app.diagnosis import answering, door, reminding
from terreau.app.diagnosis.models import Answer, Assessment, Delegation, Interview, OffGrid
from terreau.app.diagnosis.recording import subject_of
from terreau.app.evidence import door as evidence
from terreau.app.evidence.models import Evidence, EvidenceLink
from terreau.app.portfolio.models import Service
from terreau.diagnosis.records import AssessmentRecord
from terreau.referentials import library


def page(response):
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


@pytest.fixture
def write(owner):
    """``write(assessment, "1.1.1", documents="yes")``: an answer, straight to the rows."""

    def written(assessment, short, due=None, to=None, **verdicts):
        key = f"{assessment.referential}:{short}"
        fields = {"facets": {facet: {"verdict": verdict} for facet, verdict in verdicts.items()}, "due": due} | (
            {"owner_id": to.pk} if to else {}
        )
        held = Answer.objects.filter(assessment=assessment, criterion=key).first()
        writer = answering.Writer(label=str(owner), user=owner, edits=True)
        return answering.change(assessment, key, writer, fields, revision=held.revision if held else 0)

    return written


def test_the_record_says_what_was_answered_with_its_evidence_and_no_team_note(assessment, write, owner, organisation):
    write(assessment, "1.1.1", documents="yes", means="partial", results="none")
    described = {"title": "Charte", "kind": "document", "confidentiality": "auditor"}
    evidence.receive(organisation, owner, described, subject=subject_of(assessment, "nr-terreau:1.1.1"), facet="documents",
                     upload=SimpleUploadedFile("charte.txt", b"signee"), locator="p. 2", strength="proves")  # fmt: skip
    OffGrid.objects.create(assessment=assessment, title="Prêt d'outils", facets={"means": {"verdict": "yes"}})
    Interview.objects.create(assessment=assessment, role="Achats", on=date(2026, 3, 2), criteria=["nr-terreau:1.1.1"])
    record = door.record_of(organisation, assessment.pk)
    answer = record.answers["nr-terreau:1.1.1"]
    assert [(link.subject, link.facet, link.locator) for link in answer.links] == [
        ("nr-terreau:1.1.1", "documents", "p. 2")
    ]
    assert list(record.evidence) == [answer.links[0].evidence]
    assert (record.off_grid[0].title, record.interviews[0].role) == ("Prêt d'outils", "Achats")
    assert AssessmentRecord.from_json(record.as_json()).digest == record.digest
    assert door.record_of(organisation, assessment.pk, auditor=True).answers["nr-terreau:1.1.1"].facets == (), "a draft"


def test_a_record_is_its_own_organisation_s(assessment, other_organisation):
    assert door.record_of(other_organisation, assessment.pk) is None
    assert door.assessments_of(other_organisation) == ()


def test_a_service_takes_the_answers_of_its_relative_until_it_gives_its_own(assess, write, organisation):
    portal = Service.objects.create(organisation=organisation, name="Portail")
    first = assess("rgesn-2024", title="Socle commun")
    second = assess("rgesn-2024", title="Portail", inherits=first, service=portal)
    write(first, "1.1", verdict="conforming")
    assert door.record_of(organisation, second.pk).answers["rgesn-2024:1.1"].inherited_from == "organisation"
    assert door.summary(organisation)[0].answered == 1
    write(second, "1.1", verdict="non_conforming")
    told = door.record_of(organisation, second.pk).answers["rgesn-2024:1.1"]
    assert (told.verdict("verdict"), told.inherited_from) == ("non_conforming", None)


def test_readiness_counts_five_things_apart_and_names_what_blocks(reader_client, assessment, write, at):
    write(assessment, "1.1.1", documents="yes", means="yes", results="yes")
    seen = page(reader_client.get(at(assessment, "echeance/?le=2027-03-01")))
    assert "Serons-nous prêts le 01/03/2027" in seen
    assert re.search(r"Répondus</dt><dd><span class=\"number\">1<small>/52", seen)
    assert re.search(r"Affirmés sans preuve <small>\(1\).*critere/1.1.1/", seen)
    assert reader_client.get(at(assessment, "echeance/?le=hier")).status_code == 200
    assert "1.1.1" in page(reader_client.get(at(assessment, "radiographie/")))


def test_gaps_name_what_would_reach_the_level_easiest_first(reader_client, assessment, at):
    seen = page(reader_client.get(at(assessment, "ecarts/?niveau=avance")))
    assert "Que manque-t-il pour « Avancé »" in seen
    efforts = re.findall(r'data-label="Difficulté">(\w+)<', seen)
    assert efforts == sorted(efforts, key=["facile", "moyenne", "difficile"].index)


def test_without_a_level_to_reach_no_page_says_it_is_held(reader_client, assess, at, edition):
    reading = page(reader_client.get(at(assess("iso26000-nr"), "ecarts/")))
    assert "n'a pas de niveau à atteindre" in reading and "le niveau est tenu" not in reading
    made = assess()
    Answer.objects.bulk_create(
        Answer(assessment=made, criterion=one.key, applicable=False, reason="Sans objet") for one in edition.criteria
    )
    empty = page(reader_client.get(at(made, "ecarts/")))
    assert "Rien ne s'applique" in empty and "le niveau est tenu" not in empty
    facets = {facet: {"verdict": "yes"} for facet in ("documents", "means", "results")}
    Answer.objects.update(applicable=None, facets=facets)
    assert "le niveau est tenu" in page(reader_client.get(at(made, "ecarts/")))


def test_a_gap_tells_a_low_answer_from_none(reader_client, assessment, at, write):
    write(assessment, "1.1.2", documents="none", means="none")
    seen = page(reader_client.get(at(assessment, "ecarts/?niveau=socle")))
    row = seen[seen.index("/critere/1.1.2/") :].partition("</tr>")[0]
    assert "répondu, sous le seuil" in row, "its results are open, but the level does not ask them"


def test_home_says_where_each_assessment_stands(reader_client, assessment, write, organisation):
    write(assessment, "1.1.1", date(2026, 12, 24), documents="yes", means="yes", results="yes")
    seen = page(reader_client.get("/o/valmont/"))
    assert "sur 52 critères répondus" in seen and "24/12/2026" in seen
    assert [one.meter for one in door.measures(organisation)][:2] == ["diagnosis.answered", "diagnosis.proven"]


def test_a_date_is_reminded_once_and_a_new_date_again(
    editor_client, assessment, write, at, mailoutbox, settings, owner
):
    soon = timezone.localdate() + timedelta(days=3)
    write(assessment, "1.1.1", soon, owner, documents="none")
    write(assessment, "1.1.2", soon + timedelta(days=60), documents="none")
    seen = page(editor_client.get(at(assessment, "rappels/")))
    assert seen.count('name="who"') == 1
    editor_client.post(at(assessment, "rappels/"), {"who": re.search(r'name="who" value="(\w+)"', seen)[1]})
    assert reminding.waiting(assessment) == []
    assert mailoutbox == [], "no mail server: people are told by hand"
    write(assessment, "1.1.1", soon + timedelta(days=1), documents="none")
    assert len(reminding.waiting(assessment)) == 1
    settings.MAIL_WORKS = True
    assert (reminding.remind_all(), reminding.remind_all()) == (1, 0)
    assert [letter.to for letter in mailoutbox] == [["owner@valmont.example"]]
    assert "1.1.1" in mailoutbox[0].body and "1.1.2" not in mailoutbox[0].body


def test_a_reminder_that_could_not_leave_is_still_to_make(assessment, write, settings, owner):
    write(assessment, "1.1.1", timezone.localdate(), owner, documents="none")
    settings.MAIL_WORKS, settings.EMAIL_BACKEND = True, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert reminding.remind_all() == 0
    assert len(reminding.waiting(assessment)) == 1


def test_one_referential_that_cannot_be_read_stops_no_reminder(
    assess, write, editor_client, at, mailoutbox, settings, owner
):
    settings.MAIL_WORKS = True
    lost, kept = assess(title="Perdue"), assess(title="Tenue")
    for made in (lost, kept):
        write(made, "1.1.1", timezone.localdate(), owner, documents="none")
    Answer.objects.create(assessment=kept, criterion="nr-terreau:9.9.9", due=timezone.localdate(), owner=owner)
    Assessment.objects.filter(pk=lost.pk).update(version="0")
    seen = page(editor_client.get(at(kept, "rappels/")))
    assert "9.9.9" in seen and "1.1.1" in seen, "a question the grid no longer asks is still due"
    assert reminding.remind_all() == 3
    assert sorted("Perdue" in letter.subject for letter in mailoutbox) == [False, True]


def test_what_is_set_aside_is_expected_of_nobody(reader_client, assessment, write, at, owner):
    yesterday = timezone.localdate() - timedelta(days=1)
    write(assessment, "1.1.1", yesterday, documents="none")
    assert page(reader_client.get(at(assessment, "rubrique/1.1/"))).count("chip bad") == 1
    assert "Prochaine date" in page(reader_client.get("/o/valmont/diagnostic/"))
    Answer.objects.update(applicable=False, reason="Sans objet")
    Assessment.objects.update(target_on=None)
    assert "chip bad" not in page(reader_client.get(at(assessment, "rubrique/1.1/")))
    assert "Prochaine date" not in page(reader_client.get("/o/valmont/diagnostic/"))


def test_a_value_alone_is_something_said(reader_client, assessment, at):
    Answer.objects.create(assessment=assessment, criterion="nr-terreau:1.1.1", facets={"results": {"value": "38 %"}})
    assert "Brouillon" in page(reader_client.get(at(assessment, "critere/1.1.1/")))


def test_no_list_ends_without_its_next_page(editor_client, editor, assessment, at, edition):
    Interview.objects.bulk_create(
        Interview(assessment=assessment, role=f"Rôle {n}", on=date(2026, 3, 2)) for n in range(26)
    )
    OffGrid.objects.bulk_create(OffGrid(assessment=assessment, title=f"Pratique {n:02}") for n in range(26))
    Delegation.objects.bulk_create(
        Delegation(assessment=assessment, name=f"Équipe {n}", made_by=editor) for n in range(16)
    )
    late, aside = timezone.localdate(), {"applicable": False, "reason": "Sans objet", "decided_on": date(2026, 3, 2)}
    Answer.objects.bulk_create(
        Answer(assessment=assessment, criterion=one.key, **(aside if n < 26 else {"due": late}))
        for n, one in enumerate(edition.criteria)
    )
    for rest in ("entretiens/", "hors-grille/", "confier/", "applicabilite/", "rappels/"):
        first, last = (
            page(editor_client.get(at(assessment, rest))),
            page(editor_client.get(at(assessment, f"{rest}?page=2"))),
        )
        assert "Page 1 sur 2" in first and "Page 2 sur 2" in last, rest


def test_the_list_of_assessments_asks_the_database_as_often_however_many_there_are(reader_client, assess):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert reader_client.get("/o/valmont/diagnostic/").status_code == 200
        return len(seen)

    assess()
    first = asked()
    for _more in range(4):
        assess()
    assert asked() == first


def test_an_interview_names_criteria_of_the_grid_and_its_questions_print_by_profession(
    contributor_client, assessment, at
):
    sent = {
        "role": "Responsable des achats",
        "on": "2026-03-02",
        "profession": "purchasing",
        "notes": "Oui",
        "criteria_text": "1.1.1 9.9.9",
    }
    refused = contributor_client.post(at(assessment, "entretiens/nouveau/"), sent)
    assert "pas de critère 9.9.9" in page(refused)
    contributor_client.post(at(assessment, "entretiens/nouveau/"), sent | {"criteria_text": "1.1.1"})
    assert Interview.objects.get().criteria == ["nr-terreau:1.1.1"]
    assert "Achats" in page(contributor_client.get(at(assessment, "questions/?metier=purchasing")))
    printed = page(contributor_client.get(at(assessment, "questions/?metier=it")))
    assert printed.count('<span class="num">') == 29 and "Page suivante" not in printed, "one sheet for one profession"


def test_a_practice_beside_the_grid_has_the_same_facets_and_leaves_its_owner(contributor_client, assessment, at):
    sent = {"title": "Prêt d'outils", "theme": "", "text": "", "owner_text": "DRH", "existing_action": "Plan QVT",
            "p-documents-verdict": "partial"}  # fmt: skip
    contributor_client.post(at(assessment, "hors-grille/nouvelle/"), sent)
    kept = OffGrid.objects.get()
    assert (kept.facets, kept.owner_text) == ({"documents": {"verdict": "partial"}}, "DRH")
    seen = page(contributor_client.get(at(assessment, "hors-grille/")))
    assert "Plan QVT" in seen and "Aucune preuve" in seen
    assert (kept.action_name, kept.action_url) == ("Plan QVT", ""), "a name alone leads nowhere"
    add = re.search(r'href="(/o/valmont/preuves/nouvelle/[^"]+)"', seen)[1]
    assert "Prêt d'outils" in page(contributor_client.get(add)), "its evidence is tied like any other"


@pytest.mark.parametrize(
    ("written", "name", "url"),
    [
        ("Plan QVT https://intranet.example/qvt", "Plan QVT", "https://intranet.example/qvt"),
        ("Plan QVT : https://intranet.example/qvt", "Plan QVT", "https://intranet.example/qvt"),
        ("https://intranet.example/qvt", "https://intranet.example/qvt", "https://intranet.example/qvt"),
        ("javascript:alert(1)", "javascript:alert(1)", ""),
        ("", "", ""),
    ],
)
def test_the_action_of_another_team_is_linked_by_its_address(written, name, url, contributor_client, assessment, at):
    made = OffGrid.objects.create(
        assessment=assessment, title="Prêt d'outils", owner_text="DRH", existing_action=written
    )
    assert (made.action_name, made.action_url) == (name, url)
    seen = page(contributor_client.get(at(assessment, "hors-grille/")))
    assert (f'<a href="{url}" rel="noreferrer noopener nofollow">{name}</a>' in seen) == bool(url)
    assert "qui en répond : DRH" in seen


def test_a_law_shows_its_calendar_what_is_late_first(editor_client, assess, at, write):
    made = assess("reen-35", profile={"over_50000": True})
    write(made, "1.1", verdict="yes")
    write(made, "1.2", verdict="partial")
    write(made, "3.1", verdict="yes")
    told = re.search(r'id="calendrier">.*?</dl>', page(editor_client.get(at(made))))[0]
    rows = re.findall(r"<dt>(.*?)</dt><dd><span class=\"chip (\w*)\">(.*?)</span> (.*?)</dd>", told)
    assert rows[0][:3] == ("01/01/2023", "bad", "passée, pas encore tenue")
    assert ">1.2</a>" in rows[0][3] and ">1.1</a>" not in rows[0][3]
    assert ("01/01/2023", "ok", "tenue") in {one[:3] for one in rows}
    assert any(words == "passée, sans réponse" and ">1.3</a>" in who for _day, _tone, words, who in rows)
    assert any(words == "passée, sans réponse" and ">3.2</a>" in who for _day, _tone, words, who in rows)
    coming = next(who for _day, tone, words, who in rows if (tone, words) == ("", "à venir"))
    assert ">3.1</a>" in coming and ">3.2</a>" in coming, "what comes back every year comes, met or not the year before"
    assert "31/12/2025, puis une fois par an" in page(editor_client.get(at(made, "critere/3.1/")))


@pytest.mark.parametrize(
    ("rest", "times"),
    [("critere/1.1/", 1), ("rubrique/1/repondre/", 5), ("rubrique/1/", 1), ("questions/", 1)],
)
def test_wherever_our_words_stand_for_official_ones_it_is_said_with_the_link(rest, times, editor_client, assess, at):
    made = assess("rgesn-2024")
    rubric = library.edition("rgesn-2024").rubrics[0].key
    seen = page(editor_client.get(at(made, rest.replace("rubrique/1/", f"rubrique/{rubric}/"))))
    said = re.findall(r'<a href="https://[^"]+" rel="noreferrer">[^<]+</a> · questions? reformulées? par nous', seen)
    assert len(said) == times


def test_our_own_grid_says_nothing_of_official_words(editor_client, assessment, at):
    for rest in ("critere/1.1.1/", "rubrique/1.1/", "questions/"):
        assert "reformulée" not in page(editor_client.get(at(assessment, rest)))


def test_a_grid_without_days_shows_no_calendar(editor_client, assessment, at):
    assert 'id="calendrier"' not in page(editor_client.get(at(assessment)))


def test_an_assessment_begun_from_a_service_is_about_that_service(contributor_client, organisation):
    kept = Service.objects.create(organisation=organisation, name="Espace famille")
    seen = page(contributor_client.get(f"/o/valmont/services/{kept.pk}/fiche/"))
    choose = re.search(r'href="(/o/valmont/diagnostic/nouveau/[^"]*)"', seen)[1]
    offered = re.findall(r'href="(\?referentiel=[^"]*)"', page(contributor_client.get(choose)))
    assert "referentiel=rgesn-2024" in "".join(offered[:3]), "what assesses a service comes first"
    there = next(one for one in offered if "rgesn-2024" in one)
    begun = page(contributor_client.get(f"/o/valmont/diagnostic/nouveau/{there}"))
    assert f'<option value="{kept.pk}" selected>Espace famille</option>' in begun


def test_a_reading_grid_gives_questions_and_no_score(editor_client, assess, at):
    made = assess("iso26000-nr")
    seen = page(editor_client.get(at(made)))
    assert "Avancement" in seen and "%" not in seen
    first = re.search(r'href="([^"]+/critere/[^"]+)"', seen)[1]
    assert "Points de vigilance" in page(editor_client.get(first))


def test_a_criterion_page_asks_the_database_as_often_whatever_it_holds(
    editor_client, assessment, write, at, organisation, edition
):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert editor_client.get(at(assessment, "critere/1.1.1/")).status_code == 200
        return len(seen)

    write(assessment, "1.1.1", documents="yes")
    first = asked()
    pieces = Evidence.objects.bulk_create(Evidence(organisation=organisation, title=f"Pièce {n}") for n in range(200))
    EvidenceLink.objects.bulk_create(
        EvidenceLink(organisation=organisation, evidence=piece, facet="documents",
                     subject=subject_of(assessment, criterion.key), locator=str(n))
        for n, piece in enumerate(pieces) for criterion in edition.criteria[:3]
    )  # fmt: skip
    assert asked() <= first <= 24
