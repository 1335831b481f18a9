"""Who may add, edit and delete, and who did."""
