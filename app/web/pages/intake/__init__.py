"""The pages on which an article is brought in."""
