"""What of the web is loaded when it is first used (docs/adr/0040)."""
