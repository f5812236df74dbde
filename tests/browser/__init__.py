"""Pages looked at by a real Chromium, on a seeded instance really served."""
