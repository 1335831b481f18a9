"""One module a kind of finding, in three rooms."""
