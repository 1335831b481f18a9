"""Short pairs of texts and articles, each with what the program must say of it and must not."""
