"""What the other rooms, and the command line, ask of this one: the package of a dossier, and where its bytes are."""

from __future__ import annotations

from terreau.app.publishing.packing import Source, fills_grid, package_of, paths, source_for, sources

__all__ = ["Source", "fills_grid", "package_of", "paths", "source_for", "sources"]
