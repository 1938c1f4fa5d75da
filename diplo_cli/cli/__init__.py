"""The command line: flags -> request -> core -> render, one file a command, and no logic of its own."""
