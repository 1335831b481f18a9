"""Parts of the web layer that are loaded on first use (docs/adr/0040)."""
