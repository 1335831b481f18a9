"""Quotations: extracted from articles, clustered into versions, listed."""
