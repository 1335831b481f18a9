"""The wording itself: quotations, other words, other marks."""
