"""Face: the pages; Django remembers who and when, and shows."""
