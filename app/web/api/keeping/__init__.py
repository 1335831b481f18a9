"""What is taken away, proved and thrown away: exports, evidence files, the trash."""
