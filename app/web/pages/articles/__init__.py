"""Pages about one article."""
