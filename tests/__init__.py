"""What holds of Variorum, by kind of test; a package, so that no other `tests` on the path is taken for it."""
