"""Names in a row: where they begin, and whether the other side has them."""
