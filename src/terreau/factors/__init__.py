"""Knowledge: impact factors with their papers (facteurs d'impact)."""
