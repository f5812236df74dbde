"""What the other rooms see of the board."""

from datetime import date

from terreau.app.indicators import door


def test_home_sees_the_flagship_in_words(organisation, follow, yearly):
    yearly("PARC02", {2023: 4.2, 2025: 5.4})
    follow("PARC02", "flagship", start=(4.2, 2023), target=(6, 2028))
    follow("ACH01")
    (one,) = door.flagship(organisation)
    assert (one.key, one.on, one.standing, one.when) == ("PARC02", date(2025, 12, 31), "on_track", "2025")
    assert one.text == "5,4\xa0ans" and one.target == "6,0\xa0ans au 31/12/2028"
    assert one.spark.startswith("<svg") and one.url == "/o/valmont/indicateurs/fiche/PARC02/"
    assert [each.key for each in door.lines(organisation)] == ["PARC02", "ACH01"]


def test_the_calendar_sees_the_next_value_and_the_day_of_the_target(organisation, follow, yearly):
    yearly("PARC02", {2025: 4.7})
    follow("PARC02", start=(4.2, 2023), target=(6, 2028))
    told = {(one.kind, one.on) for one in door.due(organisation, "fr")}
    assert told == {("indicator", date(2026, 12, 31)), ("due", date(2028, 12, 31))}


def test_series_are_read_by_key(organisation, yearly):
    yearly("PARC02", {2024: 4.4, 2025: 4.7})
    assert [point.used.value for point in door.series_of(organisation, "PARC02").points] == [4.4, 4.7]
    assert door.series_for(organisation, ["PARC02", "ACH01"])["PARC02"].latest(date(2025, 1, 1)).used.value == 4.4
