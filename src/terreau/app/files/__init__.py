"""Files kept for an organisation, named by their content."""
