"""What articles are sorted by, and what is taken away, proved and thrown away: labels, exports, evidence, the trash."""
