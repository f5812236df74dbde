"""A definition from outside, read in the confined child: plain values out; nothing of Django here."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def document(path: str, name: str) -> dict[str, Any]:
    """The document of one indicator, every field checked; TerreauError referentials.yaml_*, indicators.refused."""
    from terreau.indicators.loading import from_document, to_document
    from terreau.referentials.yaml_reading import read_yaml

    return to_document(from_document(read_yaml(Path(path)), name))
