"""The self-assessments of an organisation: answers, scores, readiness."""
