"""The evidence an organisation gathers, and what each piece supports."""
