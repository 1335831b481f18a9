"""The comparison page and the pages around it."""
