"""Who says what stands between quotation marks."""
