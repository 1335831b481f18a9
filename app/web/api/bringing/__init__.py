"""Articles that programs bring in: read for a look alone, or read and saved."""
