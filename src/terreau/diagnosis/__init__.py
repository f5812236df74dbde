"""Diagnosis: answers to a referential, honest scores, gaps and readiness."""
