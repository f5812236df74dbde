"""Evidence: what proves, when it holds, and how strongly."""
