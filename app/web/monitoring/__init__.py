"""What the program says of the requests it answers: one line each in the log, and counts for Prometheus."""
