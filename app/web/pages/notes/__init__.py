"""Notes by editors: below a row, in a form, in a list."""
