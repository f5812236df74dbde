"""The board of an organisation: what it follows, the values it keeps, how far each is from its target."""
