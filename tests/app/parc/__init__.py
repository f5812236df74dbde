"""The fleet, its imports and its sources, through the pages."""
