"""The command line, a module a command. Each loads only what it needs, so that one in a pipeline starts quickly."""
