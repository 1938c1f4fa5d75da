"""A library: its folder, its sources, which files are new, changed or gone, and the ids of its documents."""
