"""Addresses of the trajectory, of its scenarios and of its differences."""

from datetime import date

from terreau.app.plan.models import Scenario
from tests.app.matrix import CONTRIBUTE, EDIT, READ, Row

INSIDE = READ - {"auditor"}
ELSEWHERE = {"auditor": 404}  # the plan is living work: not theirs while they examine nothing
HOME = "/o/valmont/plan/"


def a_scenario(world):
    return {
        "pk": Scenario.objects.create(organisation=world.organisation, name="Durer", at=date(2026, 9, 30), run="r").pk
    }


ROWS = (
    Row("plan:trajectory", INSIDE, "Où nous mène le plan ?", but=ELSEWHERE),
    Row("plan:trajectory_csv", INSIDE, file="text/csv", but=ELSEWHERE),
    Row("plan:trajectory_target", EDIT, goes_to=f"{HOME}trajectoire/?critere=climate_change"),  # nothing to weigh yet
    Row("plan:trajectory_hypotheses", EDIT, goes_to=f"{HOME}trajectoire/"),
    Row("plan:scenarios", INSIDE, "Et si nous faisions autrement ?", but=ELSEWHERE),
    Row("plan:scenarios_csv", INSIDE, file="text/csv", but=ELSEWHERE),
    Row("plan:scenario_try", INSIDE, "Essayer un scénario", but=ELSEWHERE),
    Row("plan:scenario_keep", CONTRIBUTE, method="POST", data={"nom": "Durer"}, goes_to=f"{HOME}scenarios/"),
    Row("plan:scenario_retire", EDIT, method="POST", args=a_scenario, goes_to=f"{HOME}scenarios/"),
    Row("plan:difference", INSIDE, "Qu’est-ce qui a changé, et pourquoi ?", but=ELSEWHERE),
    Row("plan:difference_csv", INSIDE, file="text/csv", but=ELSEWHERE),
)
