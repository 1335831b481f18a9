"""Variorum: a source-comparison reader for news articles."""

__version__ = "1.0.0"
