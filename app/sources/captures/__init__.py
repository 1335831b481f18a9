"""Read captures of web pages: WARC, WACZ, MHTML, and pages saved by browsers, SingleFile and the Wayback Machine."""
