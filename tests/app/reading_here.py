"""The confined reading, done in the process of the test."""

import importlib
import json


def called_here(function, /, *, limits, stop=None, **arguments):
    """The function called in this process, its arguments and its answer through JSON as for the child."""
    module, _, name = function.rpartition(".")
    work = getattr(importlib.import_module(module), name)
    return json.loads(json.dumps(work(**json.loads(json.dumps(arguments)))))
