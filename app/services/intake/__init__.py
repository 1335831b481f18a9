"""Bring an article in: read what an editor gives, show it, let it be corrected, and only then save it."""
