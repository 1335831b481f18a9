"""Which quotations are versions of one another."""
