"""Values: typed, doubted, corrected, recomputed, taken from meters; signed, and never changed."""

import re
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from terreau.app.evidence import door as evidence
from terreau.app.indicators import board, metering, valuing
from terreau.app.indicators.models import KeptValue
from terreau.app.journal.models import Entry
from terreau.indicators.values import Value
from terreau.kernel.errors import TerreauError
from terreau.kernel.meter import Measured, PaperRow
from terreau.kernel.period import Period
from tests.app.indicators.conftest import HOME
from tests.app.indicators.test_board import text

GIVE = f"{HOME}fiche/PARC02/valeurs/nouvelle/"


def test_a_value_is_typed_as_one_writes_and_signed(contributor_client, contributor):
    page = contributor_client.post(
        GIVE, {"date": "2025", "value": "4,7", "low": "4,2", "high": "5", "explained": "Bilan"}
    )
    kept = KeptValue.objects.get()
    assert page.status_code == 302 and str(kept.pk) in page.url
    assert (kept.on, kept.precision, kept.value, kept.low, kept.high) == (date(2025, 12, 31), "year", 4.7, 4.2, 5)
    assert (kept.signed_by, kept.by, kept.origin, kept.unit) == (str(contributor), contributor, "form", "year")
    assert "D’où vient la valeur « 2025 » ?" in text(contributor_client.get(page.url))


def test_two_terms_make_the_value_and_none_is_invented(contributor_client):
    contributor_client.post(GIVE, {"date": "T2 2026", "numerator": "38", "denominator": "8"})
    assert KeptValue.objects.get().value == 4.75
    for sent, said in (
        ({"denominator": "0", "numerator": "38"}, "le dénominateur est zéro"),
        ({"numerator": "38"}, "ce par quoi on divise n’est pas connu"),
        ({"value": "beaucoup"}, ""),
        ({"value": "4", "date": "2031"}, ""),
        ({"value": "4", "date": ""}, ""),
    ):
        page = contributor_client.post(GIVE, {"date": "2025"} | sent)
        assert page.status_code == 400 and said in text(page)
        assert sent.get("value", "") in page.content.decode(), "nothing typed is lost"
    assert KeptValue.objects.count() == 1


def test_what_may_be_read_two_ways_is_looked_at_before_it_is_signed(contributor_client):
    give = f"{HOME}fiche/ACH01/valeurs/nouvelle/"
    page = contributor_client.post(give, {"date": "2025", "value": "0,45"})
    assert "À regarder avant de signer" in text(page) and not KeptValue.objects.exists()
    assert contributor_client.post(give, {"date": "2025", "value": "0,45", "sure": "1"}).status_code == 302


def test_a_day_already_told_is_corrected_with_a_reason(contributor_client, yearly):
    yearly("PARC02", {2025: 4.7})
    form = {"date": "2025", "value": "4,9", "method": "inventaire"}
    assert "À regarder avant de signer" in text(contributor_client.post(GIVE, form))
    assert "ne dit pas pourquoi" in text(contributor_client.post(GIVE, form | {"sure": "1"}))
    contributor_client.post(GIVE, form | {"sure": "1", "explained": "Deux postes oubliés"})
    old, new = KeptValue.objects.order_by("recorded_at")
    assert (old.value, new.value, new.corrects) == (4.7, 4.9, old.pk)


def test_a_correction_leaves_the_older_value_with_its_reason(contributor_client, yearly, organisation):
    (old,) = yearly("PARC02", {2025: 4.7})
    correct = f"{HOME}fiche/PARC02/valeurs/{old.pk}/corriger/"
    assert "4,7" in contributor_client.get(correct).content.decode()
    assert "ne dit pas pourquoi" in text(contributor_client.post(correct, {"value": "4,9"}))
    assert contributor_client.post(correct, {"value": "4,9", "explained": "Deux postes oubliés"}).status_code == 302
    assert contributor_client.get(correct).status_code == 404, "corrected already: the newer one is to be corrected"
    seen = text(contributor_client.get(f"{HOME}fiche/PARC02/valeurs/"))
    assert re.search(r"4,9 .* en vigueur .* 4,7 .* remplacée", seen)
    assert "Deux postes oubliés" in text(contributor_client.get(f"{HOME}fiche/PARC02/valeurs/{old.pk}/"))
    with pytest.raises(TypeError):
        old.save()
    with pytest.raises(TypeError):
        KeptValue.objects.filter(pk=old.pk).update(value=1)
    assert Entry.objects.filter(action="indicators.corrected").count() == 1


def test_two_people_who_correct_or_recompute_one_value_at_once_lose_nothing(contributor_client, editor_client, yearly):
    (old,) = yearly("PARC02", {2025: 4.7})
    here = f"{HOME}fiche/PARC02/valeurs/{old.pk}/"
    first = {"value": "4,9", "explained": "Deux postes oubliés"}
    assert contributor_client.post(f"{here}corriger/", first).status_code == 302
    late = editor_client.post(f"{here}corriger/", {"value": "5,1", "explained": "Trois postes"})
    assert "vient de changer la même chose" in text(late) and 'value="5,1"' in late.content.decode()
    late = editor_client.post(f"{here}recalculer/", {"value": "5,2", "method": "v2"})
    assert "vient de changer la même chose" in text(late) and 'value="5,2"' in late.content.decode()
    assert KeptValue.objects.count() == 2


def test_two_people_who_tell_one_day_at_once_are_told_and_a_value_sent_twice_is_one(organisation, owner, contributor):
    sent = Value(id=str(uuid4()), indicator="PARC02", on=date(2025, 12, 31), value=4.7, unit="year", method="inventaire",
                 recorded_at=timezone.now())  # fmt: skip
    made = valuing.give(organisation, owner, sent)
    assert valuing.give(organisation, owner, replace(sent, id=str(uuid4()))).pk == made.pk
    for who, told in ((contributor, sent), (owner, replace(sent, value=5.0))):
        with pytest.raises(TerreauError, match="app.changed_meanwhile"):
            valuing.give(organisation, who, replace(told, id=str(uuid4())))
    again = replace(sent, recomputes=sent.id, value=5.0, method="v2")
    keys = {valuing.give(organisation, owner, replace(again, id=str(uuid4()))).pk for _time in range(2)}
    assert len(keys) == 1 and KeptValue.objects.count() == 2
    assert Entry.objects.filter(action__in=["indicators.valued", "indicators.recomputed"]).count() == 2


def test_a_value_taken_away_leaves_the_day_empty(contributor_client, yearly):
    (old,) = yearly("PARC02", {2025: 4.7})
    page = f"{HOME}fiche/PARC02/valeurs/{old.pk}/corriger/"
    contributor_client.post(page, {"away": "1", "explained": "Autre périmètre"})
    assert "Pas encore de valeur" in text(contributor_client.get(f"{HOME}fiche/PARC02/"))


def test_an_older_value_recomputed_bridges_the_change_of_method(editor_client, yearly, follow):
    (old,) = yearly("EMP01", {2023: 744}, method="v1")
    yearly("EMP01", {2025: 640}, method="v2")
    follow("EMP01", start=(744, 2023), target=(600, 2027))
    page = f"{HOME}fiche/EMP01/valeurs/{old.pk}/recalculer/"
    assert "même méthode" in text(editor_client.post(page, {"value": "720", "method": "v1"}))
    assert editor_client.post(page, {"value": "720", "method": "v2", "explained": "Facteurs 2026"}).status_code == 302
    seen = text(editor_client.get(f"{HOME}fiche/EMP01/"))
    assert "méthode changée" not in seen and "La méthode a changé" not in seen
    assert "telle que mesurée alors" in text(editor_client.get(f"{HOME}fiche/EMP01/valeurs/"))


def test_a_meter_gives_its_value_with_its_papers_once(organisation, owner, owner_client, follow):
    follow("PARC02")
    line = board.lines(organisation, board.followings(organisation), timezone.localdate())[0]
    rows = (PaperRow(role="numerator", fr="Années de service", en="Years of service", value=38.0, unit="year"),
            PaperRow(role="excluded", fr="Sans date de sortie", en="Without exit date", value=3.0))  # fmt: skip
    said = Measured(meter=line.one.meter.key, group=(line.one.meter.groups or ("",))[0], value=4.75, low=4.5, high=5.0, numerator=38.0,
                    denominator=8.0, period=Period(date(2025, 1, 1), date(2025, 12, 31)), perimeter=("GLPI",), papers=rows)  # fmt: skip
    assert valuing.take(organisation, owner, metering.readings([line], [said], "Camille")) == 1
    kept = KeptValue.objects.get()
    page = text(owner_client.get(f"{HOME}fiche/PARC02/valeurs/{kept.pk}/"))
    assert "Années de service" in page and "Sans date de sortie 3" in page and "GLPI" in page
    line = board.lines(organisation, board.followings(organisation), timezone.localdate())[0]
    assert not metering.readings([line], [said], "Camille")[0].news
    assert valuing.take(organisation, owner, metering.readings([line], [said], "Camille")) == 0
    assert valuing.take(organisation, owner, metering.readings([line], [replace(said, value=4.9)], "Camille")) == 1
    corrected = KeptValue.objects.order_by("recorded_at").last()
    assert corrected.corrects == kept.pk
    assert (
        valuing.take(organisation, owner, metering.readings([line], [replace(said, version="règles 2")], "Camille"))
        == 1
    )
    assert KeptValue.objects.order_by("recorded_at").last().recomputes == corrected.pk, (
        "another version is another method"
    )


def test_meters_without_data_say_so(reader_client, contributor_client, follow):
    assert "Aucun indicateur suivi n’a de compteur" in text(reader_client.get(f"{HOME}compteurs/"))
    follow("PARC02")
    assert "Rien à mesurer encore" in text(reader_client.get(f"{HOME}compteurs/"))
    page = contributor_client.post(f"{HOME}compteurs/", {"key": "PARC02"}, follow=True)
    assert "Rien de nouveau" in text(page) and reader_client.post(f"{HOME}compteurs/").status_code == 403


def test_another_organisation_and_a_reader_touch_nothing(reader_client, outsider, signed_in, yearly):
    (old,) = yearly("PARC02", {2025: 4.7})
    one = f"{HOME}fiche/PARC02/valeurs/{old.pk}/"
    assert [reader_client.get(one + act).status_code for act in ("", "corriger/", "recalculer/")] == [200, 403, 403]
    assert signed_in(outsider).get(one).status_code == 404
    assert signed_in(outsider).get(one.replace("valmont", "numa")).status_code == 404
    assert reader_client.get(one.replace("PARC02", "ACH01")).status_code == 404


def test_evidence_is_tied_to_a_value_and_leaves_with_it(contributor_client, organisation, owner, reader_client, yearly):
    (kept,) = yearly("PARC02", {2025: 4.7})
    subject = f"value:{kept.pk}"
    page = contributor_client.get(f"/o/valmont/preuves/nouvelle/?pour={subject}&facette=source")
    assert "Durée de vie réelle des ordinateurs sortis, 31/12/2025" in text(page)
    piece = evidence.receive(organisation, owner, {"title": "Export GLPI", "confidentiality": "organisation"}, subject=subject,
                             facet="source", url="https://exemple.example/export")  # fmt: skip
    assert "Export GLPI" in text(reader_client.get(f"{HOME}fiche/PARC02/valeurs/{kept.pk}/"))
    assert piece.key in reader_client.get(f"{HOME}fiche/PARC02/csv/").content.decode()
    assert reader_client.get(f"/o/valmont/preuves/nouvelle/?pour=value:{organisation.pk}").status_code in (403, 404)


def test_what_no_database_keeps_is_left_out_of_what_was_typed(contributor_client):
    sent = {
        "date": "2025",
        "value": "4,7",
        "method": "GLPI\x00" + "x" * 300,
        "explained": "Bilan\x00",
        "group": "g" * 300,
    }
    assert contributor_client.post(GIVE, sent).status_code == 302
    kept = KeptValue.objects.get()
    assert (kept.method[:6], len(kept.method), kept.explained, len(kept.group)) == ("GLPIxx", 200, "Bilan", 160)
