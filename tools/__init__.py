"""Programs that generate committed files: word tables, documents, screenshots."""
