"""Programs that make what is committed: tables of words, documents, pictures."""
