"""What stands in the queue of django-tasks-db: the number of a job, nothing else."""

from django_tasks import task


@task()
def perform(job: str) -> None:
    """Run a job; its lease is taken by ``leases.take``, so any other worker than ours is refused."""
    raise RuntimeError("jobs are run by `terreau worker`, which takes their lease")
