"""The indexes that find copies, words and quotations."""
