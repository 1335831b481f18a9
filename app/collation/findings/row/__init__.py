"""A row as the rules read it: its texts, its changes, the words that changed."""
