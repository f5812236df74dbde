"""Addresses of long work: seen by those who may do it."""

from uuid import UUID

from terreau.app.tasks import kinds
from terreau.app.tasks.models import Job, State
from tests.app.matrix import EDIT, READ, Row

ONE = UUID(int=1)
JOB = f"/o/valmont/travaux/{ONE}/"
KIND = kinds.Kind(key="tests.matrix", right="edit", label="Lecture d'essai", run=lambda job, tell: None)


def a_job(state):
    def made(world):
        kinds.KINDS[KIND.key] = KIND
        Job.objects.create(
            pk=ONE, organisation=world.organisation, by=world.editor, kind=KIND.key, digest="d", state=state
        )
        return {"pk": ONE}

    return made


ROWS = (
    Row("tasks:jobs", READ, "Travaux"),
    Row("tasks:job", EDIT, "Lecture d'essai", args=a_job(State.RUNNING)),
    Row("tasks:cancel", EDIT, goes_to=JOB, method="POST", args=a_job(State.WAITING)),
    Row("tasks:again", EDIT, goes_to=JOB, method="POST", args=a_job(State.DONE)),
)
