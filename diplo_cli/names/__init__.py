"""One name across scripts: keys to find candidates by, a scorer to judge them, spellings of a name in a library."""
