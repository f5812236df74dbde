"""Plan: commitments, their trajectory, what was decided between benefits and risks, and the days to come."""
