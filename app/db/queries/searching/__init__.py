"""Reads and writes of what articles are found by beside their texts, and of what a search finds."""
