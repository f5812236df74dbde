"""Run apart: ``python -m benchmarks.board_times INDICATORS [VALUES A YEAR]`` prints the seconds of each look at each page."""

import json
import os
import sys
import tempfile
from datetime import UTC, date, datetime
from typing import Any

from benchmarks.assessing_times import LOOKS, _seconds
from benchmarks.organisations import EMAIL, SLUG, stand

YEARS = range(2016, 2026)


def main() -> None:
    """Make the organisation and its board, look at each page, print wall and processor time of each look [s]."""
    with tempfile.TemporaryDirectory(prefix="terreau-bench-home-") as home:
        os.environ["TERREAU_HOME"] = home
        stand()
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        _made(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
        print(json.dumps(_looked()))


def _made(count: int, a_year: int) -> None:
    from terreau.app.accounts.models import Membership, Organisation, Role, User
    from terreau.app.indicators.models import Aim, Following, KeptValue, OwnIndicator
    from terreau.app.indicators.naming import definitions
    from terreau.indicators.loading import to_document

    owner = User.objects.create_user(EMAIL, "une phrase assez longue", is_host=True)
    organisation = Organisation.objects.create(slug=SLUG, name="Banc de mesure", headcount=400)
    Membership.objects.create(organisation=organisation, user=owner, role=Role.OWNER)
    shipped = list(definitions(organisation).values())
    OwnIndicator.objects.bulk_create(
        OwnIndicator(organisation=organisation, key=f"BANC{number}", draft=False,
                     document=to_document(shipped[number % len(shipped)]) | {"key": f"BANC{number}", "pair": ""})
        for number in range(max(0, count - len(shipped)))
    )  # fmt: skip
    followed = list(definitions(organisation).values())[:count]
    made = Following.objects.bulk_create(
        Following(organisation=organisation, indicator=one.key, role="flagship" if rank < 4 else "followed", owner="DSI", review_body="Comité")
        for rank, one in enumerate(followed)
    )  # fmt: skip
    Aim.objects.bulk_create(
        Aim(following=row, unit=one.unit, baseline_value=10, baseline_on=date(2020, 12, 31), target_value=9 if one.direction == "down" else 20,
            target_due=date(2028, 12, 31))
        for row, one in zip(made, followed, strict=True)
    )  # fmt: skip
    KeptValue.objects.bulk_create(
        KeptValue(organisation=organisation, indicator=one.key, on=date(year, 12 - 12 // a_year * part, 28), value=10 + year % 7, low=9, high=18,
                  unit=one.unit, method="inventaire", signed_by="Camille", recorded_at=datetime(year + 1, 1, 15, tzinfo=UTC))
        for one in followed for year in YEARS for part in range(a_year)
    )  # fmt: skip


def _looked() -> dict[str, list[tuple[float, float]]]:
    from django.test import Client

    from terreau.app.accounts.models import User

    client: Any = Client()
    client.force_login(User.objects.get(email=EMAIL))
    base = f"/o/{SLUG}/indicateurs/"
    pages = {
        "tableau": base,
        "suite": f"{base}?page=5",
        "comite": f"{base}comite/",
        "fiche": f"{base}fiche/EMP01/",
        "csv": f"{base}csv/",
    }
    return {name: [_seconds(client, path) for _ in range(LOOKS + 1)][1:] for name, path in pages.items()}


if __name__ == "__main__":
    main()
