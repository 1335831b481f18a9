"""Who may add, edit and delete, and who it was that did."""
