"""How related texts are found among many: by which signals, in which order, and which signals are too common to use."""
