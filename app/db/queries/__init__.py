"""Statements, by subject. Each function takes a session and leaves the transaction to the caller."""
