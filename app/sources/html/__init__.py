"""Find the article in a web page, and tell it from what belongs to the page."""
