"""Find the article in a web page, and separate it from what belongs to the page."""
