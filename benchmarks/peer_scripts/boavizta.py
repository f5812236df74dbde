"""Run in the environment of boaviztapi: processor seconds for one laptop, its service called in the same process."""

import sys
import time
import warnings

warnings.filterwarnings("ignore")

from boaviztapi.main import app  # noqa: E402
from fastapi.testclient import TestClient  # noqa: E402

ADDRESS = "/v1/terminal/laptop?verbose=false&criteria=gwp&criteria=adp&criteria=pe"
client = TestClient(app)


def assess() -> None:
    """One laptop, three criteria, what is embodied and what is used."""
    answer = client.post(ADDRESS, json={})
    if answer.status_code != 200 or answer.json()["impacts"]["gwp"]["embedded"]["value"] <= 0:
        sys.exit(f"{answer.status_code}: {answer.text[:300]}")


assess()  # imports and caches are not counted
start = time.process_time()
for _ in range(50):
    assess()
print((time.process_time() - start) / 50)
