"""The referentials an organisation knows: shipped, imported, private."""
