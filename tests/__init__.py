"""Tests of Variorum, by kind; a package, so that no other `tests` on the path is imported instead."""
