"""The example organisations answer as a person would: partly, with strong and weak points, and the same at each making."""

import tomllib

import pytest

from terreau.app import demo, demo_diagnosis, demo_evidence
from terreau.app.accounts.models import Organisation
from terreau.app.audits import door as audits
from terreau.app.diagnosis import door
from terreau.app.diagnosis.models import Answer, AnswerChange, Assessment
from terreau.app.evidence.models import Evidence
from terreau.app.files.kinds import agrees
from terreau.app.journal.door import verify
from terreau.diagnosis.readiness import readiness
from terreau.diagnosis.xray import xray
from terreau.referentials import library

FOLDER = demo.examples() / "diagnostics"
TOLD = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}


@pytest.fixture
def places(owner):
    names = {"valmont": "Métropole de Valmont", "numa": "Atelier Numa"}
    made = {
        slug: Organisation.objects.create(slug=f"{slug}-exemple", name=name, is_example=True)
        for slug, name in names.items()
    }
    for organisation in made.values():
        organisation.memberships.create(user=owner, role="owner")
    demo_diagnosis.seed(owner, made, FOLDER)
    return made


def test_what_is_seeded_is_partly_answered_partly_proven_written_down_and_made_once(places, owner):
    valmont, numa = places["valmont"], places["numa"]
    grid = demo_diagnosis.uuid_of(valmont, "nr-terreau")
    record, edition = door.record_of(valmont, grid), door.edition_pinned(valmont, grid)
    counters = readiness(record, edition).counters
    assert counters["answered"].of == 51 and 30 <= counters["answered"].done <= 40
    codes = {one.code.removeprefix("diagnosis.") for one in xray(record, edition)}
    assert codes >= {
        "na_without_reason",
        "strong_without_evidence",
        "statement_alone",
        "evidence_unfit",
        "evidence_questioned",
    }
    assert [one.title for one in door.assessments_of(numa)] == ["Extranet client, écoconception", "Premier tour"]
    heir = Assessment.objects.get(service_name="Portail associations")
    assert len(door.record_of(valmont, heir.pk).answers) > 40 and heir.answers.count() == 3
    audit = audits.summary(valmont)[0]
    assert audit.waiting == 2 and len(audits.freezes_of(valmont, grid)) == 1
    assert AnswerChange.objects.count() > Answer.objects.count() > 140
    assert all(verify(place).sound for place in places.values())
    _made_again_nothing_is_added(places, owner)


def _made_again_nothing_is_added(places, owner):
    before = [kind.objects.count() for kind in (Assessment, Answer, Evidence)]
    demo_diagnosis.seed(owner, places, FOLDER)
    assert [kind.objects.count() for kind in (Assessment, Answer, Evidence)] == before


def test_every_criterion_verdict_and_proof_of_the_examples_is_one_of_their_referential():
    for told in TOLD.values():
        for one in told["assessment"]:
            edition = library.edition(one["referential"]).for_variant(one.get("variant", ""))
            known, scale = {each.short: each for each in edition.criteria}, {each.key for each in edition.scale}
            for short, given in one.get("answers", {}).items():
                said = demo_diagnosis.facets(given)
                assert said.keys() <= {each.key for each in known[short].facets}
                assert {each["verdict"] for each in said.values()} <= scale
            assert {sign[:-1] for sign in one.get("verdicts", "").split()} | one.get("apart", {}).keys() <= known.keys()
            assert one.get("profile", {}).keys() <= {each.key for each in edition.profile}


def test_every_example_file_is_of_the_kind_its_name_says(tmp_path):
    for one in (each for told in TOLD.values() for each in told["evidence"] if "file" in each):
        path = tmp_path / one["file"]
        path.write_bytes(demo_evidence.made(path.name, one))
        assert agrees(path.name, path), path.name
        assert path.stat().st_size < 4000
