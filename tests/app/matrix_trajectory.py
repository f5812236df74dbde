"""Addresses of the trajectory, of its scenarios and of its differences."""

from tests.app.matrix import READ, Row

INSIDE = READ - {"auditor"}
ELSEWHERE = {"auditor": 404}  # the plan is living work: not theirs while they examine nothing

ROWS = (
    Row("plan:trajectory", INSIDE, "Où nous mène le plan ?", but=ELSEWHERE),
    Row("plan:trajectory_csv", INSIDE, file="text/csv", but=ELSEWHERE),
)
