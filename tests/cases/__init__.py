"""Short pairs of texts and articles, each with what the program must and must not say of it."""
