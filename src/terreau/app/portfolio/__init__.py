"""The digital services and projects of an organisation."""
