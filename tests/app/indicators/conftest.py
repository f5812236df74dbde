"""A board one can fill in a line: what is followed, and yearly values already signed."""

from datetime import UTC, date, datetime

import pytest

from terreau.app.indicators import following
from terreau.app.indicators.models import KeptValue
from terreau.indicators.catalogue import indicator, indicators

HOME = "/o/valmont/indicateurs/"


@pytest.fixture
def follow(organisation, owner):
    """``follow("PARC02", "flagship", start=(4.2, 2023), target=(6, 2028))``: on the board, ends of year."""

    def followed(key, role="followed", start=None, target=None, **more):
        one = indicator(key)
        framed = {"role": role, "audience": "", "owner": "DSI", "review_body": "Comité NR"} | more
        row = following.follow(organisation, owner, one, framed, why="pour l’essai")
        if start:
            value, year = target or (None, None)
            following.aim(row, owner, one, {
                "baseline_value": start[0], "baseline_on": date(start[1], 12, 31), "baseline_method": "inventaire",
                "target_value": value, "target_due": date(year, 12, 31) if year else None,
            })  # fmt: skip
        return row

    return followed


@pytest.fixture
def yearly(organisation, owner):
    """``yearly("PARC02", {2024: 4.4, 2025: 4.7}, method="v2")``: one value for each year, signed."""

    def kept(key, values, method="inventaire", **more):
        one = indicator(key)
        return [
            KeptValue.objects.create(
                organisation=organisation, indicator=key, on=date(year, 12, 31), period_start=date(year, 1, 1),
                period_end=date(year, 12, 31), precision="year", value=value, unit=one.unit, method=method, signed_by="Camille",
                by=owner, recorded_at=datetime(year + 1, 2, 1, tzinfo=UTC) if year < 2026 else datetime(2026, 11, 1, tzinfo=UTC), **more,
            )
            for year, value in values.items()
        ]  # fmt: skip

    return kept


@pytest.fixture
def nine(follow):
    """A full board: nine indicators followed, none of them flagship, none public."""
    keys = [one.key for one in indicators() if one.key != "PARC02"][:9]
    return [follow(key, audience="performance") for key in keys]
