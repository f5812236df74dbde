"""People, organisations, roles: who may enter, and what for."""
