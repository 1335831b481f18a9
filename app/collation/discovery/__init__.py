"""By what the relatives of a text are found among many, in which order, and what is too common to find any by."""
