"""Numbers and dates of a row, read as values."""
