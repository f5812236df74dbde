"""Engine: what a fleet weighs, on every criterion, with intervals (empreinte)."""
