"""The pages of the full-text search."""
