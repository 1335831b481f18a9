"""Routes, each about 15 lines: read the input, call one service, answer."""
