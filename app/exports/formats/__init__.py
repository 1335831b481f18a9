"""One module a format: a function from what is exported to the bytes of a file."""
