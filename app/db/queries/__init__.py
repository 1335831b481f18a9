"""Reads, by subject. Each takes a session and leaves the transaction to the caller."""
