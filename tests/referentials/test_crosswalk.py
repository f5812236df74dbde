"""Crosswalks are pairs of identifiers, to confirm one by one; they hold no sentence and no verdict."""

from __future__ import annotations

import json

import pytest

from terreau.kernel.errors import TerreauError
from terreau.referentials import library
from terreau.referentials.citations import Citations, Cited, identifiers_in, pairs_of, read_wsg_citations
from terreau.referentials.crosswalk import (
    INVERSE,
    SEEDS,
    TO_CONFIRM,
    Pair,
    neighbours,
    read_pairs,
    seed,
    write_pairs,
)
from terreau.referentials.outside import documents, link_of, name_of
from tests.referentials.official_files import official
from tests.referentials.test_official import WSG, written

GPF = "GPF - General Policy Framework (PDF)"


@pytest.mark.parametrize(
    ("label", "identifiers"),
    [
        (f"{GPF} - 4.12 - UX and UI (Flags)", ["rgesn-2024:4.12"]),
        (f"{GPF} - 9.1-7 - Algorithms (Complete Chapter)", [f"rgesn-2024:9.{n}" for n in range(1, 8)]),
        ("GR491 - 10-3072 - Respect", ["gr491:10-3072"]),
        ("AFNOR Spec 5.1.6 (French)", ["afnor-spec-2201:5.1.6"]),
        ("AFNOR Spec 5.1.1 & 5.1.2 (French)", ["afnor-spec-2201:5.1.1", "afnor-spec-2201:5.1.2"]),
        ("AFNOR Spec 5.4.6 and 5.4.7 (French)", ["afnor-spec-2201:5.4.6", "afnor-spec-2201:5.4.7"]),
        ("United Nations SDGS - Goal 12 - Consumption", ["sdg:12"]),
        ("United Nations Global Impact", []),
        ("Learn Performance", []),
    ],
)
def test_a_label_names_identifiers(label, identifiers):
    assert list(identifiers_in(label)) == identifiers


def test_where_a_label_and_its_page_disagree_the_page_is_right():
    page = "https://gr491.isit-europe.org/en/crit.php?id=1-7020-words"
    assert list(identifiers_in("GR491 - 2-6010 - Words", page)) == ["gr491:1-7020"]


def test_identifiers_cited_together_become_pairs_to_confirm():
    cited = (
        Cited(criterion="wsg:a.b", identifiers=("gr491:1-1", "rgesn-2024:1.1", "rgesn-2024:1.2")),
        Cited(criterion="wsg:a.c", identifiers=("gr491:1-1", "rgesn-2024:1.1")),
    )
    pairs = pairs_of(Citations(version="2026-07-03", cited=cited, links={}))
    told = {(pair.a, pair.b): pair.times for pair in pairs}
    assert told[("rgesn-2024:1.1", "gr491:1-1")] == 2
    assert told[("rgesn-2024:1.2", "gr491:1-1")] == 1
    assert told[("rgesn-2024:1.2", "wsg:a.b")] == 1
    assert ("rgesn-2024:1.1", "rgesn-2024:1.2") not in told, "two criteria of one document are no crosswalk"
    assert {(pair.relation, pair.status) for pair in pairs} == {("intersect", "to_confirm")}


def test_a_pair_is_seen_from_either_side():
    pair = Pair(a="x:1", b="y:1", relation="subset", origin="test")
    assert neighbours("y:1", [pair]) == (Pair(a="y:1", b="x:1", relation="superset", origin="test"),)
    assert pair.turned().turned() == pair
    assert neighbours("z:1", [pair]) == ()
    assert all(INVERSE[INVERSE[relation]] == relation for relation in INVERSE)


def test_pairs_written_are_read_back_and_a_faulty_line_is_named(tmp_path):
    pairs = (Pair(a="x:1", b="y:1", relation="equal", origin="test", times=3),)
    write_pairs(pairs, tmp_path / "a.csv")
    assert read_pairs(tmp_path / "a.csv") == pairs
    head = "from,to,relation,origin,status\n"
    for faulty in (
        "x:1,y:1,near,t,to_confirm",
        "x:1,,equal,t,to_confirm",
        "x:1,x:1,equal,t,confirmed",
        "x:1,y:1,equal,t,maybe",
    ):
        (tmp_path / "b.csv").write_text(head + "x:1,y:2,equal,t,confirmed\n" + faulty + "\n", encoding="utf-8")
        with pytest.raises(TerreauError) as caught:
            read_pairs(tmp_path / "b.csv")
        assert caught.value.facts["line"] == 3
    (tmp_path / "c.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(TerreauError):
        read_pairs(tmp_path / "c.csv")


def test_every_shipped_pair_is_to_confirm_and_names_known_documents():
    shipped = {head.key: library.edition(head.key) for head in library.editions()}
    for pair in seed():
        assert pair.status == TO_CONFIRM, "nobody has confirmed a shipped pair"
        for identifier in (pair.a, pair.b):
            edition, _, item = identifier.partition(":")
            assert edition in documents() or edition in shipped, identifier
            if edition in shipped and item:
                assert shipped[edition].criterion(identifier).key == identifier


def test_no_pair_is_told_twice():
    told = [frozenset((pair.a, pair.b)) for pair in seed()]
    assert len(told) == len(set(told))


def test_a_document_outside_has_a_name_and_a_link():
    assert name_of("sdg:12", "en") == "Sustainable development goal, 12"
    assert link_of("sdg:12").endswith("/goal12")
    assert "7-3047" in link_of("gr491:7-3047")
    assert link_of("afnor-spec-2201:5.1.6").startswith("https://")
    assert link_of("unknown:1") == "" and name_of("unknown:1") == "unknown:1"


def test_a_wsg_file_without_citation_is_refused(tmp_path):
    with pytest.raises(TerreauError) as caught:
        read_wsg_citations(written(tmp_path, WSG))
    assert caught.value.code == "referentials.no_citation"
    cited = json.loads(json.dumps(WSG))
    cited["category"][1]["guidelines"][0]["criteria"][0]["resources"] = [{f"{GPF} - 1.1 - A": "https://x.org"}]
    assert read_wsg_citations(written(tmp_path, cited)).identifiers("rgesn-2024") == ("rgesn-2024:1.1",)


@pytest.mark.shared
def test_the_true_file_gives_the_shipped_seed():
    citations = read_wsg_citations(official("wsg-unabridged"))
    all_numbers = {criterion.key for criterion in library.edition("rgesn-2024").criteria}
    assert all_numbers - {*citations.identifiers("rgesn-2024")} == {"rgesn-2024:4.10", "rgesn-2024:5.5"}
    # 114 labels: one criterion bears two
    assert len(citations.identifiers("gr491")) == 113
    assert len(citations.identifiers("afnor-spec-2201")) == 19, "15 labels, some naming two clauses"
    assert len(citations.identifiers("sdg")) == 14
    assert read_pairs(SEEDS / "wsg-citations.csv") == pairs_of(citations)
