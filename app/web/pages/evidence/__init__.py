"""Evidence files: making one, and what is known of those that were made."""
