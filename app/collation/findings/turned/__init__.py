"""Differences in the sentences of a reworded row, whose clauses may have changed their order."""
