"""Notes by editors: writing them, and the lists of them."""
