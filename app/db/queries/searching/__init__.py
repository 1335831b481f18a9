"""Reads and writes of labels and publishers, by which articles are found, and reads of search results."""
