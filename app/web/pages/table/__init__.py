"""The comparison table: rows, groups of rows, overview, marked text."""
