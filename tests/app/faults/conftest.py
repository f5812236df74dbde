"""Reading apart costs a second of start-up each time: most tests read here, by the same door and the same JSON.

Those marked ``true_child`` start the confined child process as a person's upload does.
"""

import importlib
import json

import pytest

from terreau.tables import confined


@pytest.fixture(autouse=True)
def read_here(request, monkeypatch):
    """The confined function called in this process, its arguments and its answer through JSON as for the child."""
    if not request.node.get_closest_marker("true_child"):
        monkeypatch.setattr(confined, "confined", _called_here)


def _called_here(function, /, *, limits, stop=None, **arguments):
    module, _, name = function.rpartition(".")
    work = getattr(importlib.import_module(module), name)
    return json.loads(json.dumps(work(**json.loads(json.dumps(arguments)))))
