"""Hostile input by name: files, evidence files, queries, web servers and raw bytes."""
