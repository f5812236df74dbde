"""Run apart: ``python -m benchmarks.assessing_times REFERENTIALS LINKS`` prints the seconds of each look at each page."""

import json
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.organisations import EMAIL, SLUG, stand

LOOKS, PIECES = 15, 500
VERDICTS = ("yes", "partial", "none")


def main() -> None:
    """Make the organisation, look at each page, print wall and processor time of each look [s]."""
    with tempfile.TemporaryDirectory(prefix="terreau-bench-home-") as home:
        os.environ["TERREAU_HOME"] = home
        stand()
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        print(json.dumps(_looked(_made(int(sys.argv[1]), int(sys.argv[2])))))


def _made(referentials: int, links: int) -> Any:
    from terreau.app.accounts.models import Membership, Organisation, Role, User
    from terreau.app.diagnosis import starting
    from terreau.app.referentials import door

    owner = User.objects.create_user(EMAIL, "une phrase assez longue", is_host=True)
    organisation = Organisation.objects.create(slug=SLUG, name="Banc de mesure", headcount=400)
    Membership.objects.create(organisation=organisation, user=owner, role=Role.OWNER)
    shipped = door.edition_for(organisation, "nr-terreau")
    _private(organisation, owner, referentials - len(door.heads_for(organisation)))
    asked = {
        "title": "Banc",
        "period_start": date(2025, 10, 1),
        "period_end": date(2026, 9, 30),
        "target_on": date(2027, 2, 5),
    }
    made = starting.begin(organisation, owner, shipped, asked)
    _answer(made, owner, shipped)
    _tie(organisation, made, shipped, links)
    return made


def _private(organisation: Any, owner: Any, count: int) -> None:
    """Private editions of 52 criteria each, as an organisation brings them."""
    from terreau.app.referentials import door
    from terreau.referentials import library
    from terreau.referentials.document import to_yaml

    text = to_yaml(library.edition("nr-terreau"))
    for number in range(max(count, 0)):
        path = Path(os.environ["TERREAU_HOME"]) / f"grille-{number}.yaml"
        path.write_text(text.replace("key: nr-terreau\n", f"key: grille-{number}\n", 1), encoding="utf-8")
        door.keep(organisation, path, owner)


def _answer(made: Any, owner: Any, edition: Any) -> None:
    from terreau.app.diagnosis.models import Answer

    rows = []
    for number, criterion in enumerate(edition.criteria):
        facets = {each.key: {"verdict": VERDICTS[(number + place) % 3], "text": "Ce que nous faisons, en deux phrases.", "value": ""}
                  for place, each in enumerate(criterion.facets)}  # fmt: skip
        rows.append(Answer(assessment=made, criterion=criterion.key, facets=facets, text="En clair.", revision=1))
    Answer.objects.bulk_create(rows)


def _tie(organisation: Any, made: Any, edition: Any, links: int) -> None:
    from terreau.app.evidence.models import Evidence, EvidenceLink

    pieces = [
        Evidence(organisation=organisation, title=f"Pièce {number}", effective_on=date(2026, 3, 1))
        for number in range(min(PIECES, links))
    ]
    Evidence.objects.bulk_create(pieces)
    criteria = edition.criteria
    EvidenceLink.objects.bulk_create(
        EvidenceLink(organisation=organisation, evidence=pieces[number % len(pieces)], facet=("documents", "means", "results")[number % 3],
                     subject=f"answer:{made.pk}/{criteria[number % len(criteria)].key}", locator=f"p. {number}", strength="proves")
        for number in range(links)
    )  # fmt: skip


def _looked(made: Any) -> dict[str, list[tuple[float, float]]]:
    from django.test import Client

    from terreau.app.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(email=EMAIL))
    base = f"/o/{SLUG}/diagnostic/{made.pk}/"
    pages = {
        "critere": f"{base}critere/3.1.1/",
        "evaluation": base,
        "echeance": f"{base}echeance/",
        "preuves": f"/o/{SLUG}/preuves/",
    }
    return {name: [_seconds(client, path) for _ in range(LOOKS + 1)][1:] for name, path in pages.items()}


def _seconds(client: Any, path: str) -> tuple[float, float]:
    start, worked = time.perf_counter(), time.process_time()
    answer = client.get(path)
    if answer.status_code != 200:
        sys.exit(f"{path}: {answer.status_code}")
    return time.perf_counter() - start, time.process_time() - worked


if __name__ == "__main__":
    main()
