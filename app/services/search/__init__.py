"""Full-text search: how texts are cut into terms, the language of queries, and what they find (docs/search.md)."""
