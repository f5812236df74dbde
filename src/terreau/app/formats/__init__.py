"""How dates and numbers are written, where the platform's habit is not ours."""
