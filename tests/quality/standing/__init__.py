"""The trial of standing paragraphs: they relate no two articles."""
