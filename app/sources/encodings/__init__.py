"""Tell the encoding of a text that does not declare one, and mend what was decoded twice."""
