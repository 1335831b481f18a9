"""Findings on pages: in rows, as a list, by kind, as files."""
