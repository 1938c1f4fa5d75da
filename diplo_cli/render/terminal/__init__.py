"""Results for a person at a terminal: the only importer of rich."""
