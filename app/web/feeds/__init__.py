"""Feeds for readers that follow the library, a story, a quotation or a search; and previews for other sites."""
