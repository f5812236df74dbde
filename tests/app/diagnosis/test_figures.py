"""A figure of Terreau as the evidence of a result: pinned to its run, beside today's, never replaced."""

import html
import re

import pytest
from django.urls import reverse

from terreau.app.diagnosis.models import Answer
from terreau.app.evidence import door as evidence
from terreau.app.evidence.models import Evidence

FIRST = "nr-terreau:1.1.1"


def page(response):
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


@pytest.fixture
def offer(monkeypatch):
    """``offer("r1", "12,5 t")``: what a room that has figures offers today."""

    def offered(run, text, english=""):
        def lister(_organisation):
            from django.utils.translation import get_language

            label, said = ("Fleet", english or text) if get_language() == "en" else ("Empreinte du parc", text)
            return (evidence.Citable(key=f"figure:{run}/gwp/total", label=label, text=said, url="/pourquoi/"),)

        monkeypatch.setattr(evidence, "_LISTERS", [lister])

    return offered


@pytest.fixture
def there(assessment, at):
    facets = {"results": {"verdict": "yes"}}
    Answer.objects.create(assessment=assessment, criterion=FIRST, facets=facets, revision=1)
    return at(assessment, "critere/1.1.1/")


def test_the_results_of_a_criterion_lead_to_the_figures_and_back(contributor_client, there, offer):
    offer("r1", "12,5 t")
    seen = page(contributor_client.get(there))
    assert 'value="figure results"' in seen
    add = contributor_client.post(there, {"revision": "1", "prove": "figure results"}).url.removesuffix("#id_figure")
    form = page(contributor_client.get(add))
    assert 'id="id_figure"' in form and "Empreinte du parc : 12,5 t" in form
    sent = {
        "figure": "figure:r1/gwp/total",
        "kind": "figure",
        "confidentiality": "auditor",
        "facet": "results",
        "strength": "proves",
    }
    assert contributor_client.post(add, sent).url == there
    shown = page(contributor_client.get(there))
    assert "épinglé au calcul <code>r1</code>" in shown and 'href="/pourquoi/"' in shown
    assert "a changé depuis" not in shown


def test_a_figure_that_changed_is_said_and_stays_what_it_was(
    contributor_client, reader_client, there, offer, assessment, owner
):
    offer("r1", "12,5 t", "12.5 t")
    cited = {"title": "", "kind": "figure", "confidentiality": "organisation"}
    from terreau.app.evidence import gathering

    piece = gathering.add(
        assessment.organisation, owner, cited, figure=("figure:r1/gwp/total", "Empreinte du parc : 12,5 t")
    )
    gathering.tie(piece, owner, subject=f"answer:{assessment.pk}/{FIRST}", facet="results")
    offer("r2", "12,5 t", "12.5 t")
    for language in ("fr", "en"):
        seen = page(reader_client.get(there, headers={"accept-language": language}))
        assert "<code>r1</code>" in seen and "chip warn" not in seen, "the same figure, worked out again"
    offer("r2", "13,1 t", "13.1 t")
    seen = page(reader_client.get(there))
    assert "le chiffre a changé depuis" in seen and "13,1 t" in seen and "Empreinte du parc : 12,5 t" in seen
    assert Evidence.objects.get().figure == "figure:r1/gwp/total"
    assert reverse("evidence:piece", args=["valmont", piece.pk]) in seen
