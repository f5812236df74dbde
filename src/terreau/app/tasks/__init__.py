"""Long work: asked for by a person, done by workers, shown while it lasts (travaux)."""
