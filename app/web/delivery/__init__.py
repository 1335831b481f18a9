"""How answers leave the program quickly: pages kept in memory, and counts of what was asked."""
