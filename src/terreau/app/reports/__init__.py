"""Reports drafted from what Terreau knows, finished by people: the yearly one of a local authority, the management review."""
