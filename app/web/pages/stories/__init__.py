"""The library, a story and its matrix."""
