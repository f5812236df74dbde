"""Tests of what goes wrong around Terreau: killed, full, damaged, late or early."""
