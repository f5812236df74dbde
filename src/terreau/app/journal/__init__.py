"""Who changed what and when: append-only, chained."""
