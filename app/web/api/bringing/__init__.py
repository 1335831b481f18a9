"""Articles that programs bring in: only read, or read and saved."""
