"""What editors do at the desk beside articles: notes, and what is no story."""
