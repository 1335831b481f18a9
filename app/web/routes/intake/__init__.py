"""Bringing articles in, and what is kept of how they came."""
