"""Who says the words between quotation marks."""
