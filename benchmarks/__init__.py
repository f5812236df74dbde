"""Benchmarks: ratios measured in one run, on one machine, against something anyone can rerun."""
