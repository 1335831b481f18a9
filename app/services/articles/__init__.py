"""Articles: add, read, edit, delete, find by name."""
