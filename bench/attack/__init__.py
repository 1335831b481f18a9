"""Everything that a hostile reader may send, tried against the running program: ``make attack``."""
