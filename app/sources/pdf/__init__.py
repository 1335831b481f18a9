"""Read PDF: rebuild the paragraphs from where its text is set."""
