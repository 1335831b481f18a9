"""A text on its own: normal forms, tokens, words, paragraphs, fingerprints, language."""
