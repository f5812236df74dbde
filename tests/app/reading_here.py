"""The confined reading, done in the process of the test."""

import hashlib
import importlib
import json
import shutil
from pathlib import Path

READING = "terreau.app.inventory.reading.understand"
LEFT = ("snapshot", "reasons.csv")  # what a reading leaves beside the files it was given


def called_here(function, /, *, limits, stop=None, **arguments):
    """The function called in this process, its arguments and its answer through JSON as for the child."""
    module, _, name = function.rpartition(".")
    work = getattr(importlib.import_module(module), name)
    return json.loads(json.dumps(work(**json.loads(json.dumps(arguments)))))


def called_once(shared):
    """``called_here``, but what a reading says and leaves is kept in ``shared``, for the same files are read by many tests."""

    def called(function, /, *, limits, stop=None, **arguments):
        if function != READING:
            return called_here(function, limits=limits, stop=stop, **arguments)
        left, kept = Path(arguments["folder"], arguments["place"]), shared / _decided_by(**arguments)
        if kept.exists():
            _copied(kept, left)
            return json.loads((kept / "told.json").read_text(encoding="utf-8"))
        told = called_here(function, limits=limits, **arguments)
        _copied(left, kept)
        (kept / "told.json").write_text(json.dumps(told), encoding="utf-8")
        return told

    return called


def _decided_by(*, folder, place, files, previous, **rest):
    """One name for everything that decides a reading."""
    told = [[name, hashlib.sha256(Path(folder, stored).read_bytes()).hexdigest(), stored] for stored, name in files]
    before = previous and hashlib.sha256(Path(previous).read_bytes()).hexdigest()
    return hashlib.sha256(json.dumps([told, before, rest], sort_keys=True).encode()).hexdigest()


def _copied(source, target):
    target.mkdir(exist_ok=True)
    for name in LEFT:
        if (source / name).is_dir():
            shutil.rmtree(target / name, ignore_errors=True)
            shutil.copytree(source / name, target / name)
        elif (source / name).exists():
            shutil.copy(source / name, target / name)
