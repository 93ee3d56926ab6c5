"""One module a command: parse, call the core, show."""
