"""The first page says what comes next and what is blocked, and nothing of it to an auditor."""

from datetime import timedelta

from django.utils import timezone

from terreau.app.diagnosis import starting, taking_in
from terreau.app.diagnosis.answering import Writer
from terreau.app.pages import ahead
from terreau.app.portfolio.models import Service
from terreau.referentials import library


def begun(organisation, owner, answers, **given):
    edition, (start, end) = library.edition("nr-terreau"), starting.this_year()
    made = starting.begin(
        organisation, owner, edition, {"title": "Grille", "period_start": start, "period_end": end, **given}
    )
    taking_in.take_in(made, Writer(label="Camille", user=owner, edits=True),
                      {f"nr-terreau:{short}": fields for short, fields in answers.items()})  # fmt: skip
    return made


def test_the_next_three_dates_come_in_order_whatever_room_they_are_from(organisation, owner):
    today = timezone.localdate()
    due = {
        short: {"due": today + timedelta(days=n)}
        for short, n in (("1.1.1", 9), ("1.1.2", 3), ("1.1.3", -4), ("1.2.1", 30))
    }
    begun(
        organisation,
        owner,
        due | {"1.2.2": {"due": today, "state": "accepted", "reviewed_on": today}},
        target_on=today + timedelta(days=5),
    )
    found = ahead.around(organisation)
    assert [one.what for one in found["dates"]] == [
        "Réponse attendue (Grille, 1.1.2)",
        "Grille : prêt",
        "Réponse attendue (Grille, 1.1.1)",
    ]
    assert [(one.what, one.state) for one in found["stops"]] == [("1 réponse en retard", "bad")]


def test_what_is_blocked_is_counted_once_and_leads_where_it_is_mended(owner_client, organisation, owner):
    begun(
        organisation,
        owner,
        {
            "1.1.1": {"state": "changes_asked"},
            "1.1.2": {"applicable": False},
            "1.1.3": {"applicable": False, "reason": "Rien."},
        },
    )
    Service.objects.create(organisation=organisation, name="Portail")
    page = owner_client.get(f"/o/{organisation.slug}/").content.decode()
    for words in ("1 réponse à reprendre", "1 critère écarté sans raison", "1 service sans décision à jour"):
        assert words in page
    assert "critere/1.1.2/" in page and "critere/1.1.3/" not in page


def test_a_closed_assessment_expects_nothing_and_an_auditor_is_not_told_what_the_team_tells_itself(
    signed_in, organisation, owner, stranger
):
    yesterday = timezone.localdate() - timedelta(days=1)
    made = begun(organisation, owner, {"1.1.1": {"due": yesterday}})
    assert ahead.around(organisation)["stops"]
    organisation.memberships.create(user=stranger, role="auditor", until=timezone.now() + timedelta(days=9))
    assert "Ce qui bloque" not in signed_in(stranger).get(f"/o/{organisation.slug}/").content.decode()
    starting.reframe(made, owner, {"state": "closed"})
    assert ahead.around(organisation) == {"dates": (), "stops": ()}
