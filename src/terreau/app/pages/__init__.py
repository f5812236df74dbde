"""Pages about the whole: home, first run, accessibility, about."""
