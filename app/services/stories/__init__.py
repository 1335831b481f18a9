"""Stories: the library, one story, its matrix."""
