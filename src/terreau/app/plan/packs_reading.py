"""The first reading of a dropped lever or rule, run in the confined child process: plain values in and out."""

from __future__ import annotations

from pathlib import Path

from terreau.levers import load, load_rules
from terreau.tables.yaml_reading import read_yaml


def understood(path: str, owner: str) -> dict[str, str]:
    """What the file alone in its folder holds: kind ("rules" when it has a condition, else "levers"), private key, title.

    TerreauError of levers or of YAML, naming everything that is wrong.
    """
    place = Path(path)
    if "condition" in read_yaml(place):
        rule = load_rules(place.parent, owner=owner)[0]
        return {"kind": "rules", "key": rule.key, "title": rule.title.fr}
    lever = load(place.parent, owner=owner)[0]
    return {"kind": "levers", "key": lever.key, "title": lever.title.fr}
